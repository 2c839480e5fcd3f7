"""The grammar of one typed number, for every place where a number is typed.

The decimal mark is a point. A comma is read as the decimal mark if it can mean nothing else:
``1,5`` is 1.5, but ``1,500`` can be 1.5 or 1500 and is refused. Digits may be grouped by three if
only one reading is possible (``1 000``, ``1'000``, ``1_000``, ``1,000.5``, ``1.000,5``,
``1,000,000``). Powers of ten are written ``2e3``, ``2·10³`` or ``2*10^3``. Brackets or quotation
marks around the whole, and a full stop, comma or semicolon after it, are ignored.
"""

import re
from typing import NamedTuple

from ..characters import plain, visible
from ..errors import LimitError, ParseError, RangeError

LARGEST = 1e30
LONGEST = 200
"""Characters of one number with its unit."""

_NUMERAL = re.compile(
    r"(?P<sign>[+-]?) ?"
    r"(?P<body>[\d.,][\d.,'_ ]*?)"
    r"(?P<power> ?[eE][+-]?\d+| ?[*xX] ?10 ?(?:\^|\*\*) ?\(?[+-]?\d+\)?"
    r"|(?<=10)(?:\^|\*\*)\(?[+-]?\d+\)?)?"
    r" ?(?P<unit>(?:\* ?)?[A-Za-z]\w*(?:(?:\^|\*\*)[23])?)?\Z",
    re.ASCII,
)
_POINT = re.compile(r"\d+\.?\d*|\.\d+", re.ASCII)
_COMMA = re.compile(r"\d+,\d*|,\d+", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)
_GROUPS = (
    re.compile(r"[1-9]\d{0,2}([ '_])\d{3}(?:\1\d{3})*(?:[.,]\d*)?", re.ASCII),
    re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d*|[1-9]\d{0,2}(?:,\d{3}){2,}", re.ASCII),
    re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d*|[1-9]\d{0,2}(?:\.\d{3}){2,}", re.ASCII),
)
_BEFORE_UNIT = re.compile(r"\s+(?=[A-Za-z])", re.ASCII)
_AROUND = (
    "()",
    "[]",
    "{}",
    "''",
    '""',
    "\u201c\u201d",
    "\u201e\u201c",
    "\u00ab\u00bb",
    "\u00bb\u00ab",
    "``",
)
_MOST_AROUND = 3
_FULL_STOP = re.compile(r"(?<=[A-Za-z\d])\.\Z", re.ASCII)
_PERCENT = re.compile(r"[+-]? ?[\d.,]+ ?[%\u2030\u066a]", re.ASCII)
_NO_EXPONENT = re.compile(r"[+-]? ?[\d.,]+[eE][+-]?\Z", re.ASCII)
_LONGEST_EXPONENT = 6


class Numeral(NamedTuple):
    """A number as it was typed.

    Attributes
    ----------
    text : str
        In the form that Python reads, such as ``'-1.5e3'``.
    unit : str
        The name of its unit; empty for none.
    """

    text: str
    unit: str


def parse_numeral(text: str, what: str = "number", example: str = "3 or 2.5") -> Numeral:
    """Read a number, with or without a unit, without converting it.

    Parameters
    ----------
    text : str
    what : str
        The word for it in messages, such as ``'time'``.
    example : str
        The example in messages.

    Returns
    -------
    Numeral

    Raises
    ------
    ParseError
        The text is not a number, or can be read as two different numbers.
    LimitError, RangeError
        It is too long, too large or too small.

    Examples
    --------
    >>> parse_numeral("−1,5 mV")
    Numeral(text='-1.5', unit='mV')
    >>> parse_numeral("1,500")
    Traceback (most recent call last):
    neurolab.errors.ParseError: '1,500' can mean 1.5 or 1500. Write 1.5 or 1500.
    """
    if len(text) > LONGEST:
        raise LimitError(
            f"This has {len(text):,} characters.", mend=f"Write a {what} such as {example}."
        )
    cleaned = _BEFORE_UNIT.sub(
        " ", unwrapped(plain(text).strip().removesuffix(";").removesuffix(","))
    )
    _check_form(cleaned, what, example)
    match = _NUMERAL.match(cleaned)
    readings = _readings(match["body"].strip()) if match else []
    if not match or not readings:
        raise ParseError(
            f"'{visible(cleaned, 30)}' is not a {what}.", mend=f"Write one such as {example}."
        )
    power = _exponent(match["power"])
    values = [match["sign"].strip("+") + body + power for body in readings]
    if len(values) > 1:
        raise _two_readings(cleaned, values)
    _check_size(values[0], cleaned)
    return Numeral(values[0], _unit_name(match["unit"]))


def _check_form(cleaned: str, what: str, example: str) -> None:
    """Refuse a text that is empty, a percentage, or a number without its exponent."""
    shown = visible(cleaned, 30)
    if not cleaned:
        raise ParseError(f"There is no {what} here.", mend=f"Write one such as {example}.")
    if _NO_EXPONENT.match(cleaned):
        raise ParseError(
            f"The exponent of '{shown}' is missing.",
            mend=f"Write it as in {shown.rstrip('+-')}3.",
        )
    if _PERCENT.fullmatch(cleaned):
        raise ParseError(
            f"'{shown}' is a percentage.",
            mend=f"Write a {what} without a percent sign: 0.05 for 5 %.",
        )


def unwrapped(text: str) -> str:
    """Remove brackets or quotation marks that enclose a typed text, and a full stop after it.

    Parameters
    ----------
    text : str
        In plain characters.

    Returns
    -------
    str
        Without spaces around it.
    """
    text = _FULL_STOP.sub("", text.strip())
    for _ in range(_MOST_AROUND):
        around = text[:1] + text[-1:]
        if len(text) < 2 or around not in _AROUND or {*around} & {*text[1:-1]}:
            break
        text = _FULL_STOP.sub("", text[1:-1].strip())
    return text


def _readings(body: str) -> list[str]:
    """Return all numbers that digits with marks can mean, with a decimal point, without groups."""
    if _POINT.fullmatch(body):
        return [body]
    if _COMMA.fullmatch(body):
        decimal = body.replace(",", ".")
        return [decimal, body.replace(",", "")] if _THOUSANDS.fullmatch(body) else [decimal]
    spaced, with_commas, with_points = (group.fullmatch(body) for group in _GROUPS)
    if spaced:
        return [re.sub("[ '_]", "", body).replace(",", ".")]
    if with_commas:
        return [body.replace(",", "")]
    if with_points:
        return [body.replace(".", "").replace(",", ".")]
    return []


def _exponent(power: str | None) -> str:
    if not power:
        return ""
    exponent = re.search(r"([+-]?)(\d+)\)?\Z", power, re.ASCII)
    assert exponent
    sign, digits = exponent.groups()
    digits = digits.lstrip("0") or "0"
    if not re.match(r" ?[eE]|.*[*xX] ?10", power):  # the body is a bare 10: 10^3 is 10e2
        return f"e{int(sign + digits[: _LONGEST_EXPONENT + 1]) - 1}"
    return f"e{sign}{digits[: _LONGEST_EXPONENT + 1]}"


def _unit_name(unit: str | None) -> str:
    return re.sub(r"[*^ ]", "", unit) if unit else ""


def _check_size(value: str, shown: str) -> None:
    number = float(value)
    if not abs(number) <= LARGEST:
        raise RangeError(f"{visible(shown, 30)} is too large.", mend="Write a smaller number.")
    mantissa = value.lower().partition("e")[0]
    if abs(number) < 1 / LARGEST and re.search("[1-9]", mantissa):
        raise RangeError(f"{visible(shown, 30)} is too small.", mend="Write 0, or a larger number.")


def shortest(value: str) -> str:
    """Remove the zeros at the end of a number's decimals: ``'10.000'`` becomes ``'10'``."""
    mantissa, mark, exponent = value.partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}{mark}{exponent}"


def _two_readings(cleaned: str, values: list[str]) -> ParseError:
    one, other = map(shortest, values)
    return ParseError(
        f"'{visible(cleaned, 30)}' can mean {one} or {other}.", mend=f"Write {one} or {other}."
    )
