"""Characters that mean the same, in the one plain form that the parsers read."""

import re
import unicodedata

_MINUS_SIGNS = "\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d"
_TIMES_SIGNS = "\u00d7\u00b7\u22c5\u2219\u2217\u2715"
_DIVISION_SIGNS = "\u00f7\u2215\u2044"
_APOSTROPHES = "\u2019\u2018\u02bc\u066c"
_SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b"
_TABLE = str.maketrans(
    {
        **dict.fromkeys(_MINUS_SIGNS, "-"),
        **dict.fromkeys(_TIMES_SIGNS, "*"),
        **dict.fromkeys(_DIVISION_SIGNS, "/"),
        **dict.fromkeys(_APOSTROPHES, "'"),
        "\u066b": ".",  # the Arabic decimal mark
        "\u3001": ", ",
        "\uff64": ", ",
        "\u060c": ", ",
        "\u061b": ";",
        "\u2236": ":",
        "\u2126": "\u03a9",
        "\u00b5": "\u03bc",
        "\u2264": "<=",
        "\u2265": ">=",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u0085": "\n",
    }
)
_TO_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789+-")
_POWER = re.compile(f"[{_SUPERSCRIPTS}]+")
_INVISIBLE_MARKS = re.compile("[\u034f\u115f\u1160\u3164\ufe00-\ufe0f]")
_MICRO = re.compile(r"\u03bc(?=[A-Za-z\u03a9])")
_OHM = "\u03a9"


def plain(text: str) -> str:
    """Write a text in plain characters.

    Minus signs, spaces, signs of multiplication, letters and digits exist in many forms. Both micro
    signs become ``u``, the ohm sign ``ohm``, and superscripts a power: ``'10³'`` becomes
    ``'10**3'``. Characters that cannot be seen, such as soft hyphens and marks of the writing
    direction, are removed. Other characters stay as they are.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        The same text where it is ASCII already.

    Examples
    --------
    >>> plain("−3×10² µV")
    '-3*10**2 uV'
    """
    if text.isascii():
        return text
    text = _POWER.sub(_written_power, _INVISIBLE_MARKS.sub("", text))
    text = "".join(map(_plain_character, text.translate(_TABLE)))
    return _MICRO.sub("u", text).replace(_OHM, "ohm")


def plain_lines(text: str) -> str:
    """Write the lines of a model in plain characters; comments after a ``#`` stay as they are."""
    if text.isascii():
        return text
    lines = [line.partition("#") for line in text.split("\n")]
    return "\n".join(plain(code) + mark + comment for code, mark, comment in lines)


def visible(text: str, length: int = 40) -> str:
    """Shorten a text for a message; what cannot be shown becomes a replacement character.

    Examples
    --------
    >>> visible("a\\tlong   text", length=6)
    'a lon…'
    """
    shown = "".join(
        character if character.isprintable() else "\ufffd"
        for character in " ".join(text[:1000].split())
    )
    return shown if len(shown) <= length else shown[: length - 1] + "…"


def _written_power(match: re.Match[str]) -> str:
    power = match[0].translate(_TO_DIGITS)
    return f"**({power})" if power[0] in "+-" else f"**{power}"


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    if "\uff01" <= character <= "\uff5e":  # the full width of ASCII
        return chr(ord(character) - 0xFEE0)
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if (
        category == "Cf"
    ):  # it has no width, such as a soft hyphen or a mark of the writing direction
        return ""
    if category == "Zs":
        return " "
    letters = unicodedata.normalize("NFKC", character)
    if letters.isalpha():  # a ligature, a unit in one character, or an italic letter of a formula
        return letters.translate(_TABLE)
    return character
