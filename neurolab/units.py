"""Physical units: the one place where units become SI floats.

A quantity behaves as in the tutorial: a dimensionless result is a plain number or array
(``M.times / ms`` can be plotted as it is), and ``float(q)`` and ``np.asarray(q)`` give the SI
value.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pint
from pint.registry import GenericUnitRegistry
from pint.util import UnitsContainer

from .errors import UndefinedNameError
from .names import UNITS as NAMES
from .plain_numbers import divisor_of, in_si, whole_index
from .quantity import (
    DIMENSIONLESS,
    PLAIN_NUMBER,
    Dimension,
    Quantity,
    dimension_of,
    si_value,
)
from .unit_definitions import DEFINITIONS

__all__ = [
    "DIMENSIONLESS",
    "NAMES",
    "SECOND",
    "Dimension",
    "Quantity",
    "dimension_name",
    "dimension_of",
    "display_factor",
    "display_unit",
    "in_si",
    "one_array",
    "registry",
    "si_quantity",
    "si_value",
    "unit",
    "unit_divisors",
    "unit_quantity",
    "whole_index",
]


class _Registry(GenericUnitRegistry[Quantity, pint.Unit]):
    """The units of the field, with conversions that are rounded once."""

    Quantity = Quantity
    Unit = pint.Unit

    def _convert(  # type: ignore[override]  # the classes of pint differ in the options, too
        self, value: Any, src: Any, dst: Any, inplace: bool = False, **options: Any
    ) -> Any:
        if inplace:
            return super()._convert(value, src, dst, inplace, **options)
        factor: Any = super()._convert(1.0, src, dst, False, **options)
        return in_si(value, factor)

    def root_factor(self, units: UnitsContainer) -> float:
        """Return what one such unit is in SI units."""
        return _root_factor(units)

    def dimension_name(self, dimension: Dimension) -> str:
        """Name a dimension, as the function of this name does."""
        return dimension_name(dimension)

    def si_quantity(self, value: Any, dimension: Dimension) -> Any:
        """Wrap a plain SI number or array in its unit."""
        return si_quantity(value, dimension)


registry = _Registry(filename=None)
for _line in DEFINITIONS.strip().splitlines():
    registry.define(_line)
registry.formatter.default_format = "~"

SECOND: Dimension = registry.Unit("second").dimensionality


@lru_cache(maxsize=512)
def _root_factor(units: UnitsContainer) -> float:
    factor: Any = registry.get_root_units(units)[0]
    return float(factor)


@lru_cache(maxsize=1)
def unit_divisors() -> dict[str, tuple[float, float]]:
    """Map each unit that is a fraction of the SI unit to its factor and its power of ten."""
    factors = {name: unit(name)[0] for name in NAMES}
    return {
        name: (factor, divisor_of(factor)) for name, factor in factors.items() if divisor_of(factor)
    }


def one_array(quantities: Sequence[Any]) -> Quantity | None:
    """Join many quantities, each one number of the same dimension, into one that holds an array.

    Pint takes some ten microseconds for each quantity; here each costs a fraction of one.

    Parameters
    ----------
    quantities : sequence

    Returns
    -------
    Quantity or None
        None if one of them is no quantity, is an array, or has another dimension.
    """
    if not quantities or not all(issubclass(kind, Quantity) for kind in set(map(type, quantities))):
        return None
    numbers = [quantity._magnitude for quantity in quantities]
    if not set(map(type, numbers)) <= {int, float, np.float64, np.int64}:
        return None
    # Comparing the dicts in which pint keeps the units takes a tenth of the time of comparing the
    # units.
    first = quantities[0]._units
    if all(quantity._units._d == first._d for quantity in quantities):
        return registry.Quantity(np.array(numbers, dtype=float), first)
    keys = [tuple(quantity._units.unit_items()) for quantity in quantities]
    distinct = dict(zip(keys, (quantity._units for quantity in quantities)))
    dimensions = {registry.Quantity(1.0, units).dimensionality for units in distinct.values()}
    if len(dimensions) > 1:
        return None
    factors = {key: in_si(1.0, _root_factor(units)) for key, units in distinct.items()}
    values = [in_si(number, factors[key]) for number, key in zip(numbers, keys)]
    return si_quantity(np.array(values), dimensions.pop())


@lru_cache(maxsize=512)
def unit(name: str) -> tuple[float, Dimension]:
    """Look a unit up by its name alone (no arithmetic).

    Parameters
    ----------
    name : str
        ``'mV'``, ``'msecond'``, ``'cm2'``; ``''`` and ``'1'`` are dimensionless.

    Returns
    -------
    factor : float
        What one such unit is in SI units.
    dimension : pint.util.UnitsContainer

    Raises
    ------
    UnknownNameError
        No unit has that name.

    Examples
    --------
    >>> factor, dimension = unit("cm2")
    >>> factor, dimension_name(dimension**0.5)
    (0.0001, 'metre')
    """
    if name in ("", "1"):
        return 1.0, DIMENSIONLESS
    power = 1
    if name[-1:] in "23" and len(name) > 1:
        name, power = name[:-1], int(name[-1])
    if not name.isidentifier() or not registry.parse_unit_name(name):
        raise UndefinedNameError(
            f"'{name}' is not a unit.", mend="Write one such as mV, ms, nS, pA, Mohm or Hz."
        )
    quantity = registry.Quantity(1.0, name) ** power
    if not isinstance(quantity, Quantity):
        return quantity, DIMENSIONLESS
    return quantity.si, quantity.dimensionality


def unit_quantity(name: str) -> Quantity:
    """Return the quantity ``1 name``, as the tutorial's ``ms`` or ``mvolt``.

    Examples
    --------
    >>> 20 * unit_quantity("ms")
    20.0 ms
    """
    return registry.Quantity(1.0, _unit_of_name(name))


@lru_cache(maxsize=512)
def _unit_of_name(name: str) -> Any:
    if name[-1] in "23":
        return registry.Unit(name[:-1]) ** int(name[-1])
    return registry.Unit(name)


_NAMED = {
    unit(name)[1]: name
    for name in (
        "hertz",
        "metre",
        "coulomb",
        "watt",
        "joule",
        "farad",
        "siemens",
        "ohm",
        "amp",
        "volt",
        "second",
    )
}


def si_quantity(value: Any, dimension: Dimension) -> Any:
    """Wrap a plain SI number or array in its unit; dimensionless values stay as they are.

    The array is not copied.

    Examples
    --------
    >>> si_quantity(0.02, SECOND)
    0.02 s
    """
    return value if dimension == DIMENSIONLESS else registry.Quantity(value, _si_unit(dimension))


@lru_cache(maxsize=256)
def _si_unit(dimension: Dimension) -> pint.Unit:
    if dimension in _NAMED:
        return registry.Unit(_NAMED[dimension])
    bases = {
        "[time]": "second",
        "[length]": "metre",
        "[mass]": "kilogram",
        "[current]": "amp",
        "[temperature]": "kelvin",
        "[substance]": "mole",
    }
    result = registry.Unit("")
    for base, power in dimension.items():
        result = result * registry.Unit(bases[base]) ** power
    return result


@lru_cache(maxsize=256)
def dimension_name(dimension: Dimension) -> str:
    """Name a dimension with the words of the field: ``'volt'``, ``'volt/second'``.

    Examples
    --------
    >>> dimension_name(unit("nS")[1])
    'siemens'
    """
    if dimension == DIMENSIONLESS:
        return PLAIN_NUMBER
    for suffix, factor in (
        ("", DIMENSIONLESS),
        ("/second", SECOND),
        ("*second", SECOND**-1),
        ("/metre**2", unit("metre")[1] ** 2),
    ):
        if dimension * factor in _NAMED:
            return _NAMED[dimension * factor] + suffix
    return str(_si_unit(dimension))


_DISPLAY = {
    "volt": ("mV", "V", "uV"),
    "second": ("ms", "second", "us"),
    "amp": ("nA", "pA", "uA", "amp"),
    "siemens": ("nS", "uS", "siemens", "pS"),
    "ohm": ("Mohm", "kohm", "ohm", "Gohm"),
    "farad": ("pF", "nF", "uF", "farad"),
    "hertz": ("Hz", "kHz"),
    "metre": ("um", "mm", "metre"),
}


def display_unit(dimension: Dimension) -> str:
    """Return the unit in which the field writes a dimension, such as ``'mV'`` for volts.

    A dimension without such a unit has SI base units.

    Examples
    --------
    >>> display_unit(SECOND)
    'ms'
    """
    name = _NAMED.get(dimension)
    if name:
        return _DISPLAY.get(name, (name,))[0]
    return "" if dimension == DIMENSIONLESS else str(_si_unit(dimension))


@lru_cache(maxsize=256)
def display_factor(dimension: Dimension) -> float:
    """Return what one display unit of a dimension is in SI units."""
    return unit(display_unit(dimension))[0] if dimension in _NAMED else 1.0
