"""Physical units by pint: the one place where units become SI floats.

A quantity here behaves as in the tutorial: whatever comes out dimensionless is a plain number or array
(``M.times / ms`` can be plotted as it is), and ``float(q)`` and ``np.asarray(q)`` give the SI value.
"""

import functools
import math
import operator
from functools import lru_cache

import numpy as np
import pint
from pint.registry import GenericUnitRegistry

from .errors import ArgumentError, RangeError, UndefinedNameError, UnitsError, UnknownAttributeError
from .grid import compare
from .names import UNITS as NAMES
from .quantity_errors import ConversionError, entry_error, explained, guard

# A registry of our own: the field's two dozen units load in milliseconds, pint's full table takes a quarter of a second.
_DEFINITIONS = """
femto- = 1e-15 = f-
pico- = 1e-12 = p-
nano- = 1e-9 = n-
micro- = 1e-6 = u- = µ-
milli- = 1e-3 = m-
centi- = 1e-2 = c-
kilo- = 1e3 = k-
mega- = 1e6 = M-
giga- = 1e9 = G-
second = [time] = s = sec
metre = [length] = m = meter
kilogram = [mass] = kg
gram = 1e-3 * kilogram
amp = [current] = A = ampere
kelvin = [temperature] = K
mole = [substance] = mol
radian = []
newton = kilogram * metre / second ** 2 = N
joule = newton * metre = J
watt = joule / second = W
coulomb = amp * second = C
volt = joule / coulomb = V
farad = coulomb / volt = F
ohm = volt / amp = Ω
siemens = amp / volt = S
hertz = 1 / second = Hz
molar = mole / (1e-3 * metre ** 3) = M
"""


class Quantity(pint.UnitRegistry.Quantity):
    """A number or array with a unit; dimensionless results of ``*`` and ``/`` become plain numbers."""

    @property
    def si(self):
        """The plain value in SI units, correctly rounded: 3 mV is 3/1000 volt, not 3 times a rounded 0.001."""
        return in_si(self.magnitude, _root_factor(self._units))

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.si, dtype=dtype)

    def __float__(self):
        return float(self.si)

    def __str__(self):
        return format(self, "~")

    __repr__ = __str__

    def __mul__(self, other):
        return _plain(super().__mul__(other))

    __rmul__ = __mul__

    def __truediv__(self, other):
        return _plain(super().__truediv__(other))

    def __rtruediv__(self, other):
        return _plain(super().__rtruediv__(other))

    def __pow__(self, other):
        return _plain(super().__pow__(other))

    def __getattr__(self, name):
        try:
            return super().__getattr__(name)
        except AttributeError as error:
            if name.startswith("_"):
                raise
            raise UnknownAttributeError(
                f"a quantity has no '{name}'", expected="a quantity such as 3*mV"
            ) from error

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        if (
            ufunc in _WITH_A_REST and method == "__call__"
        ):  # pint takes the numbers as they are, whatever their units
            return _divided_with_a_rest(ufunc, *inputs)
        return self._of_numpy(super().__array_ufunc__, ufunc, (ufunc, method), inputs, kwargs)

    def __array_function__(self, function, types, inputs, kwargs):
        def call(function, types, *inputs, **kwargs):
            return super(Quantity, self).__array_function__(function, types, inputs, kwargs)

        found = self._of_numpy(call, function, (function, types), inputs, kwargs)
        if found is NotImplemented:  # pint knows no unit for what this gives: SI numbers
            if (
                function in _OF_ONE_DIMENSION
                and len(inputs) > 1
                and np.ndim(si_value(inputs[1]))
                and not _agree(*inputs[:2])
            ):
                raise _clash(*inputs[:2], verb=f"combined by {function.__name__}")
            return function(
                *map(_bare, inputs), **{name: _bare(value) for name, value in kwargs.items()}
            )
        return found

    def _of_numpy(self, call, function, leading, inputs, kwargs):
        """Call a function of numpy; a plain 0 or an infinite bound takes the unit of the others where that is needed."""
        try:
            try:
                found = call(*leading, *inputs, **kwargs)
            except (pint.DimensionalityError, ConversionError):
                found = call(*leading, *_with_unit(inputs, self.units), **kwargs)
        except Exception as error:
            told = explained(error, function.__name__, inputs, _described)
            if told is error:
                raise
            raise told from error
        if found is NotImplemented and isinstance(function, np.ufunc):
            raise explained(TypeError(), function.__name__, inputs, _described)
        return found

    def __getitem__(self, index):
        return self._at(index, super().__getitem__)

    def __setitem__(self, index, value):
        if _has_no_unit(value):
            value = registry.Quantity(value, self.units)
        self._at(index, super().__setitem__, value)

    def _at(self, index, access, *value):
        try:
            if not np.ndim(self.magnitude) and not (isinstance(index, tuple) and not index):
                raise IndexError
            return access(whole_index(index), *value)
        except Exception as error:
            raise entry_error(error, self, index, value, _described) from error

    def __index__(self):
        raise UnitsError(
            f"{_described(self)} is not a whole number", expected="a plain whole number"
        )

    def __bool__(self):
        if np.size(self.magnitude) != 1:
            raise RangeError(
                "several values are neither true nor false together", mend="Use .any() or .all()."
            )
        return bool(self.magnitude)

    def __len__(self):
        if not np.ndim(self.magnitude):
            raise ArgumentError(f"{self} is one value and has no length", expected="an array")
        return len(self.magnitude)

    def __iter__(self):
        if not np.ndim(self.magnitude):
            raise ArgumentError(
                f"{self} is one value and cannot be gone through", expected="an array"
            )
        return super().__iter__()

    def __contains__(self, value):
        return any(entry == value for entry in self)

    def compare(self, other, op):
        if isinstance(other, (list, tuple)):
            other = np.asarray(other)
        try:
            if isinstance(other, Quantity) and self.dimensionality == other.dimensionality:
                first, second = self.si, other.si
                return compare(op, first, second, abs(first) + abs(second))
            found = super().compare(other, op)
        except (
            pint.PintError,
            ValueError,
            TypeError,
        ) as error:  # a ValueError beside a plain number
            raise _clash(self, other, "compared") from error
        if found is NotImplemented:
            raise _clash(self, other, "compared")
        return found

    __lt__ = functools.partialmethod(compare, op=operator.lt)
    __le__ = functools.partialmethod(compare, op=operator.le)
    __gt__ = functools.partialmethod(compare, op=operator.gt)
    __ge__ = functools.partialmethod(compare, op=operator.ge)


_OF_ONE_DIMENSION = (
    np.histogram,
    np.digitize,
    np.union1d,
    np.setdiff1d,
    np.intersect1d,
    np.setxor1d,
)


def _agree(first, second):
    return (
        dimension_of(first) == dimension_of(second) or _has_no_unit(first) or _has_no_unit(second)
    )


_WITH_A_REST = (np.remainder, np.fmod, np.floor_divide)


def _divided_with_a_rest(ufunc, first, second):
    dimensions = dimension_of(first), dimension_of(second)
    if dimensions[0] != dimensions[1] and not _has_no_unit(first):
        raise _clash(first, second, "divided with a rest")
    found = ufunc(si_value(first), si_value(second))
    return found if ufunc is np.floor_divide else si_quantity(found, dimensions[1])


def _with_unit(inputs, units):
    """Plain zeros, infinities and values that are no number as quantities: these have no unit of their own."""
    return [
        _with_unit(each, units)
        if isinstance(each, tuple)
        else registry.Quantity(each, units)
        if _has_no_unit(each)
        else each
        for each in inputs
    ]


def _has_no_unit(value):
    if not isinstance(value, (int, float, np.ndarray, np.number)) or isinstance(value, bool):
        return False
    plain = np.asarray(value)
    return plain.dtype.kind in "iuf" and bool(((plain == 0) | ~np.isfinite(plain)).all())


def whole_index(index: object) -> object:
    """An index or slice in which floats without a fraction, such as ``2.0``, are integers; all else stays as it is."""
    if isinstance(index, tuple):
        return tuple(map(whole_index, index))
    if isinstance(index, slice):
        return slice(whole_index(index.start), whole_index(index.stop), whole_index(index.step))
    if isinstance(index, (float, np.floating)) and float(index).is_integer():
        return int(index)
    if isinstance(index, (list, np.ndarray)):
        array = np.asarray(index)
        if (
            array.dtype.kind == "f"
            and (array == np.floor(array)).all()
            and np.isfinite(array).all()
        ):
            return array.astype(int)
    return index


def _bare(value):
    if isinstance(value, (list, tuple)):
        return type(value)(map(_bare, value))
    return np.asarray(value.si) if isinstance(value, Quantity) else value


class _Registry(GenericUnitRegistry[Quantity, pint.Unit]):
    Quantity = Quantity
    Unit = pint.Unit

    def _convert(self, value, src, dst, inplace=False, **options):
        if inplace:
            return super()._convert(value, src, dst, inplace, **options)
        return in_si(value, super()._convert(1.0, src, dst, False, **options))


registry = _Registry(filename=None)
for _line in _DEFINITIONS.strip().splitlines():
    registry.define(_line)
registry.formatter.default_format = "~"

DIMENSIONLESS = registry.Unit("").dimensionality
SECOND = registry.Unit("second").dimensionality


def _plain(quantity):
    if quantity is NotImplemented or not quantity.unitless and quantity.dimensionality:
        return quantity
    return quantity.to("").magnitude


def _clash(first, second=None, verb=""):
    if second is None:
        return UnitsError(f"{_described(first)} cannot be {verb}", expected="a plain number")
    return UnitsError(
        f"{_described(first)} and {_described(second)} cannot be {verb}",
        mend="Both must have the same dimension.",
    )


def _described(value):
    """A value with its dimension; long arrays by their shape."""
    if isinstance(value, Quantity) and np.size(value.magnitude) > 6:
        return f"values of shape {np.shape(value.magnitude)} in {value.units:~} ({dimension_name(value.dimensionality)})"
    if isinstance(value, Quantity):
        return f"{value} ({dimension_name(value.dimensionality)})"
    if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
        return f"{value} ({dimension_name(DIMENSIONLESS)})"
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        return f"{value if value.size <= 6 else f'values of shape {value.shape}'} ({dimension_name(DIMENSIONLESS)})"
    return f"{value!r:.60}"


guard(Quantity, _described)


def in_si(value, factor):
    """A value in a unit, in SI units: divided where the unit is a fraction such as 1/1000, so that it is rounded once.

    Parameters
    ----------
    value : float or ndarray
    factor : float
        What one such unit is in SI units, as `unit` gives it.
    """
    divisor = _divisor(factor)
    return value / divisor if divisor else value * factor


@lru_cache(maxsize=512)
def _divisor(factor):
    """The power of ten that a unit such as mV divides by, or 0 where it is no such fraction."""
    power = -round(math.log10(factor)) if factor > 0 else 0
    return (
        10.0**power if power > 0 and math.isclose(factor * 10.0**power, 1.0, rel_tol=1e-12) else 0.0
    )


@lru_cache(maxsize=512)
def _root_factor(units):
    return float(registry.get_root_units(units)[0])


@lru_cache(maxsize=1)
def unit_divisors():
    """Names of units that are a fraction of the SI unit, each with its factor and the power of ten that it divides by."""
    factors = {name: unit(name)[0] for name in NAMES}
    return {
        name: (factor, _divisor(factor)) for name, factor in factors.items() if _divisor(factor)
    }


def dimension_of(value):
    """Dimension of a quantity or plain number, as pint's hashable exponents."""
    return value.dimensionality if isinstance(value, Quantity) else DIMENSIONLESS


def si_value(value):
    """The plain SI number or array of a quantity or plain number."""
    return value.si if isinstance(value, Quantity) else value


def one_array(quantities):
    """Many quantities, each one number of the same dimension, as one quantity that holds an array.

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
    # Comparing the dicts in which pint keeps the units takes a tenth of the time of comparing the units.
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
def unit(name):
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
    """
    if name in ("", "1"):
        return 1.0, DIMENSIONLESS
    power = 1
    if name[-1:] in "23" and len(name) > 1:
        name, power = name[:-1], int(name[-1])
    if not name.isidentifier() or not registry.parse_unit_name(name):
        raise UndefinedNameError(
            f"'{name}' is not a unit", expected="one such as mV, ms, nS, pA, Mohm or Hz"
        )
    quantity = registry.Quantity(1.0, name) ** power
    return (
        (quantity.si, quantity.dimensionality)
        if isinstance(quantity, Quantity)
        else (quantity, DIMENSIONLESS)
    )


def unit_quantity(name):
    """The quantity ``1 name``, as the tutorial's ``ms`` or ``mvolt``."""
    return registry.Quantity(1.0, _unit_of_name(name))


@lru_cache(maxsize=512)
def _unit_of_name(name):
    return registry.Unit(name[:-1]) ** int(name[-1]) if name[-1] in "23" else registry.Unit(name)


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


def si_quantity(value, dimension):
    """Wrap a plain SI number or array (not copied) in its unit; dimensionless values come back as they are."""
    return value if dimension == DIMENSIONLESS else registry.Quantity(value, _si_unit(dimension))


@lru_cache(maxsize=256)
def _si_unit(dimension):
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
def dimension_name(dimension):
    """A dimension in the words of the field: ``'volt'``, ``'volt/second'``, ``'1'``."""
    if dimension == DIMENSIONLESS:
        return "1, a plain number"
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


def display_unit(dimension):
    """The unit in which the field writes a dimension, such as ``'mV'`` for volts; SI base units otherwise."""
    name = _NAMED.get(dimension)
    if name:
        return _DISPLAY.get(name, (name,))[0]
    return "" if dimension == DIMENSIONLESS else str(_si_unit(dimension))


@lru_cache(maxsize=256)
def display_factor(dimension):
    """What one display unit of a dimension is in SI units."""
    return unit(display_unit(dimension))[0] if dimension in _NAMED else 1.0
