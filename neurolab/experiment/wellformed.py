"""Values from outside, as JSON gives them, that can be written as JSON again.

JSON has ways to say what no text holds: half of a character that has two halves ("\\ud83d" without what follows it in an
emoji). Whoever writes such a text later fails, far from where it came in.
"""

import json
import math

DEEPEST = 100
"""Values within one another; what the lab writes itself has fewer than ten."""


def wellformed(value: object, deepest: int = DEEPEST) -> object:
    """The same value, with the replacement character U+FFFD for each half of a character.

    Parameters
    ----------
    value : object
        Texts, numbers, true, false and None, and lists and dictionaries of these. Anything else stays as it is.
    deepest : int
        How many values may be within one another.

    Returns
    -------
    object

    Raises
    ------
    ValueError
        It holds a number that is not finite, or too many values within one another.
    """
    if isinstance(value, str):
        return _wellformed_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number is not finite")
    if isinstance(value, list | tuple | dict) and not deepest:
        raise ValueError("too many values are within one another")
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
        As `wellformed` gives it.

    Raises
    ------
    ValueError
        It is not JSON, or not well-formed.
    """
    try:
        return wellformed(json.loads(text))
    except RecursionError:
        raise ValueError("too many values are within one another") from None
