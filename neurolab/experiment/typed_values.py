"""Typed values: numbers with units, whole numbers, ranges and new parameters.

The functions `format_…` write numbers as the functions `parse_…` read them.
"""

import math
import re
from decimal import Decimal

from ..characters import plain, visible
from ..errors import NeurolabError, ParseError, UnitsError
from ..units import unit
from .numerals import LONGEST, parse_numeral, unwrapped
from .unit_names import typed_unit, wrong_dimension

_TO = re.compile(r"\s*(?:\bto\b|…|\.\.\.?|:)\s*", re.IGNORECASE)
_ZERO = re.compile(r"[+-]?(?:0+[.,]?0*|[.,]0+)")
_DEFINITION = re.compile(r"([A-Za-z_]\w*) ?=(.*)\Z", re.ASCII | re.DOTALL)


def parse_number(text: str, unit_name: str = "", what: str = "number") -> float:
    """Read a number, with or without a unit, by the grammar of `neurolab.experiment.numerals`.

    Parameters
    ----------
    text : str
        ``'5'``, ``'5 ms'``, ``'0,005 s'``, ``'−3'``, ``'8210 μV'``.
    unit_name : str
        The unit of the result, and of numbers without a unit.
    what : str
        The word for it in messages.

    Returns
    -------
    float

    Raises
    ------
    ParseError, LimitError, RangeError, UnitsError, UnknownNameError

    Examples
    --------
    >>> parse_number("0,005 s", "ms")
    5.0
    """
    numeral = parse_numeral(text, what, f"3 or 2.5 {unit_name}".rstrip())
    value = float(numeral.text)
    if numeral.unit in ("", unit_name):
        return value
    factor, dimension = unit(typed_unit(numeral.unit))
    own_factor, own_dimension = unit(unit_name)
    if dimension != own_dimension:
        wanted = f"in {unit_name}" if unit_name else "without a unit"
        raise UnitsError(
            wrong_dimension(numeral.unit, dimension, own_dimension),
            mend=f"Write a {what} {wanted}.",
        )
    return float(f"{value * (factor / own_factor):.12g}")


def parse_whole(text: str, what: str = "whole number") -> int:
    """Read a whole number without a unit: ``'3'``, ``'1e3'``, ``'4 000'`` or ``'10.0'``.

    Parameters
    ----------
    text : str
    what : str
        The word for it in messages, such as ``'number of neurons'``.

    Returns
    -------
    int

    Raises
    ------
    ParseError, LimitError, RangeError, UnitsError
    """
    numeral = parse_numeral(text, what, "3 or 100")
    if numeral.unit:
        raise UnitsError(
            f"'{visible(text.strip(), 30)}' has a unit.",
            mend="Write a whole number without a unit.",
        )
    value = Decimal(numeral.text)
    if value != value.to_integral_value():
        raise ParseError(
            f"{visible(plain(text).strip(), 30)} is not a whole number.",
            mend="Write a whole number such as 3 or 100.",
        )
    return int(value)


def parse_ends(text: str, unit_name: str = "") -> tuple[float, float]:
    """Read the two ends of a range of values, in any order; one number counts as both ends.

    Parameters
    ----------
    text : str
    unit_name : str
        The unit of the result, and of numbers without one.

    Returns
    -------
    low, high : float
        In the unit.

    Raises
    ------
    ParseError, LimitError, RangeError, UnitsError, UnknownNameError

    Examples
    --------
    >>> parse_ends("-50 to -60", "mV")
    (-60.0, -50.0)
    """
    cleaned = unwrapped(plain(text[: 2 * LONGEST + 20]))
    parts = _TO.split(cleaned)
    if len(parts) > 2:
        raise ParseError(
            f"'{visible(text)}' has more than two ends.",
            mend="Write two values, such as -60 to -50.",
        )
    try:
        check_units(cleaned, parts, unit_name, " to ")
        ends = sorted(parse_number(part, unit_name) for part in parts)
    except ParseError as error:
        if "can mean" in error.problem:
            raise
        raise ParseError(error.problem, mend="Write two values, such as -60 to -50.") from None
    return ends[0], ends[-1]


def check_units(text: str, items: list[str], unit_name: str, between: str) -> None:
    """Refuse values of which only some have a unit, because the others may be in the same unit.

    Parameters
    ----------
    text : str
        The whole, for the message.
    items : list of str
        The values, or ranges of values such as ``10:50:10``.
    unit_name : str
        The unit in which values without one are read.
    between : str
        The text between the values in the message.

    Raises
    ------
    ParseError
        The values can be read in two ways, such as ``1, 2, 3 s``.
    """
    parts = [part for item in items for part in item.split(":")]
    other = next(
        (name for name in map(_unit_at_end, reversed(parts)) if name and _differs(name, unit_name)),
        "",
    )
    if not other or not any(map(_lacks_unit, parts)):
        return
    one, two = (
        visible(between.join(with_unit(item, name) for item in items), 60)
        for name in (unit_name, other)
    )
    raise ParseError(
        f"'{visible(text)}' can mean {one} or {two}.", mend="Write a unit after each number."
    )


def with_unit(item: str, unit_name: str) -> str:
    """Write a unit after each number of a range, or one number, if it has no unit and is not 0."""
    parts = item.split(":")
    return ":".join(
        f"{part.strip()} {unit_name}" if _lacks_unit(part) else part.strip() for part in parts
    )


def _lacks_unit(part: str) -> bool:
    return not _unit_at_end(part) and not _ZERO.fullmatch(part.strip())


def _unit_at_end(part: str) -> str:
    try:
        return parse_numeral(part).unit
    except NeurolabError:
        return ""  # the error is raised where the part is read


def _differs(name: str, unit_name: str) -> bool:
    """Return whether two units have the same dimension but another size."""
    try:
        factor, dimension = unit(typed_unit(name))
        own_factor, own_dimension = unit(unit_name)
    except NeurolabError:
        return False
    return dimension == own_dimension and not math.isclose(factor, own_factor)


def format_ends(low: float, high: float) -> str:
    """Write a range of values as text; `parse_ends` reads it back.

    Examples
    --------
    >>> format_ends(-60.0, -50.0)
    '-60 to -50'
    """
    return f"{format_number(low)} to {format_number(high)}"


def parse_parameter(text: str) -> tuple[str, float, str]:
    """Read the definition of a new parameter, such as ``tau_c = 5 ms``.

    Returns
    -------
    name : str
    value : float
    unit_name : str

    Examples
    --------
    >>> parse_parameter("tau_c = 5 ms")
    ('tau_c', 5.0, 'ms')
    """
    match = _DEFINITION.match(unwrapped(plain(text[: 2 * LONGEST])))
    if not match:
        raise ParseError(
            f"'{visible(text)}' is not a definition.",
            mend="Write a name, = and a value, such as tau_c = 5 ms.",
        )
    numeral = parse_numeral(match[2], "value", "5 ms")
    return match[1], float(numeral.text), typed_unit(numeral.unit)


def format_number(value: float) -> str:
    """Write a number with up to twelve digits, without trailing zeros; `parse_number` reads it.

    Examples
    --------
    >>> format_number(2.50)
    '2.5'
    """
    return f"{value:.12g}"


def format_short(value: float) -> str:
    """Write a number with three digits and a true minus sign; rounding errors become 0.

    Examples
    --------
    >>> format_short(-1.23456), format_short(1e-12)
    ('−1.23', '0')
    """
    return format_number(float(f"{value:.3g}")).replace("-", "−") if abs(value) > 1e-9 else "0"
