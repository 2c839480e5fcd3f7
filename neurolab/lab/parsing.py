"""What a person types into a control: numbers with units, whole numbers, ranges, new parameters; and numbers as text."""

import re
from decimal import Decimal

from ..characters import plain, visible
from ..errors import ParseError, UnitsError
from ..units import dimension_name, unit
from .numerals import LONGEST, parse_numeral

_SPELLED_OUT = {"V": "volt", "A": "amp", "s": "second", "S": "siemens", "F": "farad"}
_DEFINITION = re.compile(r"([A-Za-z_]\w*) ?=(.*)\Z", re.ASCII | re.DOTALL)


def parse_number(text: str, unit_name: str = "", what: str = "number") -> float:
    """Read a number, with or without a unit, by the grammar of `neurolab.lab.numerals`.

    Parameters
    ----------
    text : str
        ``'5'``, ``'5 ms'``, ``'0,005 s'``, ``'−3'``, ``'8210 μV'``.
    unit_name : str
        The unit in which the number is meant if it has none, and in which the result is given.
    what : str
        How messages name it.

    Returns
    -------
    float

    Raises
    ------
    ParseError, LimitError, RangeError, UnitsError, UnknownNameError
    """
    numeral = parse_numeral(text, what, f"3 or 2.5 {unit_name}".rstrip())
    value = float(numeral.text)
    if numeral.unit in ("", unit_name):
        return value
    factor, dimension = unit(_SPELLED_OUT.get(numeral.unit, numeral.unit))
    own_factor, own_dimension = unit(unit_name)
    if dimension != own_dimension:
        wanted = f"in {unit_name}" if unit_name else "without a unit"
        raise UnitsError(f"'{numeral.unit}' is a unit of {dimension_name(dimension)}.", mend=f"Write a {what} {wanted}.")
    return float(f"{value * (factor / own_factor):.12g}")


def parse_whole(text: str, what: str = "whole number") -> int:
    """Read a whole number without a unit: ``'3'``, ``'1e3'``, ``'4 000'`` or ``'10.0'``, but not ``'1.5'``.

    Parameters
    ----------
    text : str
    what : str
        How messages name it, such as ``'number of neurons'``.

    Returns
    -------
    int

    Raises
    ------
    ParseError, LimitError, RangeError, UnitsError
    """
    numeral = parse_numeral(text, what, "3 or 100")
    if numeral.unit:
        raise UnitsError(f"'{visible(text.strip(), 30)}' has a unit.", mend="Write a whole number without a unit.")
    value = Decimal(numeral.text)
    if value != value.to_integral_value():
        raise ParseError(f"{visible(plain(text).strip(), 30)} is not a whole number.",
                         mend="Write a whole number such as 3 or 100.")
    return int(value)


def parse_ends(text: str, unit_name: str = "") -> tuple[float, float]:
    """Read the two ends of a range of values, such as ``-60 to -50``, in any order; one number is both.

    Returns
    -------
    low, high : float
        In the unit.
    """
    parts = re.split(r"\s*(?:\bto\b|…|\.\.\.?)\s*", text[:2 * LONGEST + 20].strip())
    if len(parts) > 2:
        raise ParseError(f"'{visible(text)}' has more than two ends.", mend="Write two values, such as -60 to -50.")
    ends = sorted(parse_number(part, unit_name) for part in parts)
    return ends[0], ends[-1]


def format_ends(low: float, high: float) -> str:
    """A range of values as text; `parse_ends` reads it back."""
    return f"{format_number(low)} to {format_number(high)}"


def parse_parameter(text: str) -> tuple[str, float, str]:
    """Read the definition of a new parameter, such as ``tau_c = 5 ms``.

    Returns
    -------
    name : str
    value : float
    unit_name : str
    """
    match = _DEFINITION.match(plain(text[:2 * LONGEST]).strip())
    if not match:
        raise ParseError(f"'{visible(text)}' is not a definition.",
                         mend="Write a name, = and a value, such as tau_c = 5 ms.")
    numeral = parse_numeral(match[2], "value", "5 ms")
    unit_name = _SPELLED_OUT.get(numeral.unit, numeral.unit)
    unit(unit_name)
    return match[1], float(numeral.text), unit_name


def format_number(value: float) -> str:
    """A number as a person would write it: up to twelve digits, without trailing zeros; `parse_number` reads it back."""
    return f"{value:.12g}"


def format_short(value: float) -> str:
    """A number to be read, not to be read back: three digits, a true minus sign, and 0 for what is only rounding."""
    return format_number(float(f"{value:.3g}")).replace("-", "−") if abs(value) > 1e-9 else "0"
