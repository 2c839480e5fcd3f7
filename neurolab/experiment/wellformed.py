"""Well-formed values: JSON from outside that can be written as JSON again.

JSON can contain half of a surrogate pair, such as "\\ud83d" without the second half of an emoji. A
text with it cannot be encoded, and would raise an error later, far from its origin.
"""

import json
import math

DEEPEST = 100
"""Levels of nested values; the lab itself writes fewer than ten."""


def wellformed(value: object, deepest: int = DEEPEST) -> object:
    """Replace each half of a surrogate pair with the replacement character U+FFFD.

    Parameters
    ----------
    value : object
        Texts, numbers, true, false and None, and lists and dictionaries of these. Other objects
        stay as they are.
    deepest : int
        The largest number of levels of nested values.

    Returns
    -------
    object

    Raises
    ------
    ValueError
        It contains a number that is not finite, or it is nested too deeply.

    Examples
    --------
    >>> wellformed(["whole", "half " + chr(0xD83D)])
    ['whole', 'half �']
    """
    if isinstance(value, str):
        return _wellformed_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("A number is not finite.")
    if isinstance(value, list | tuple | dict) and not deepest:
        raise ValueError("The values are nested too deeply.")
    if isinstance(value, list | tuple):
        return [wellformed(each, deepest - 1) for each in value]
    if isinstance(value, dict):
        return {wellformed(key): wellformed(each, deepest - 1) for key, each in value.items()}
    return value


def _wellformed_text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def read_json(text: str | bytes) -> object:
    """Read JSON from outside.

    Parameters
    ----------
    text : str or bytes

    Returns
    -------
    object
        As `wellformed` returns it.

    Raises
    ------
    ValueError
        It is not JSON, or not well-formed.

    Examples
    --------
    >>> read_json('{"a": [1, 2.5]}')
    {'a': [1, 2.5]}
    """
    try:
        return wellformed(json.loads(text))
    except RecursionError:
        raise ValueError("The values are nested too deeply.") from None
