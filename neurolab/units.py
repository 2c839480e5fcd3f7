"""Physical units by pint: the one place where units become SI floats.

A quantity here behaves as in the tutorial: whatever comes out dimensionless is a plain number or array
(``M.times / ms`` can be plotted as it is), and ``float(q)`` and ``np.asarray(q)`` give the SI value.
"""

from functools import lru_cache

import numpy as np
import pint
from pint.registry import GenericUnitRegistry

from .errors import RangeError, UnitsError, UnknownNameError

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

_SPELLED_OUT = ("second", "metre", "meter", "amp", "volt", "farad", "ohm", "siemens", "hertz", "coulomb",
                "joule", "watt", "newton", "mole", "molar", "kelvin")
_SHORT = ("ms us ns mV uV nV mA uA nA pA mS uS nS pS pF nF uF Hz kHz MHz mm cm um nm kohm Mohm Gohm "
          "uM mM nM").split()
NAMES = (*(prefix + name for name in _SPELLED_OUT for prefix in ("", "f", "p", "n", "u", "m", "k", "M", "G")),
         "cmetre", "cmeter", *(name for name in _SHORT if not name.endswith("ohm")), "kilogram", "gram",
         *(name + power for name in ("metre", "mmetre", "cmetre", "umetre", "meter", "mmeter", "cmeter", "umeter", "mm", "cm",
                                     "um") for power in "23"))
"""Unit names that ``from neurolab import *`` gives; single letters are left to the reader's variables."""


class Quantity(pint.UnitRegistry.Quantity):
    """A number or array with a unit; dimensionless results of ``*`` and ``/`` become plain numbers."""

    @property
    def si(self):
        """The plain value in SI units."""
        return self.to_root_units().magnitude

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

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        try:
            return super().__array_ufunc__(ufunc, method, *inputs, **kwargs)
        except pint.DimensionalityError as error:
            raise _clash(*inputs[:2], verb=f"combined by {ufunc.__name__}") from error

    def __array_function__(self, function, types, inputs, kwargs):
        found = super().__array_function__(function, types, inputs, kwargs)
        if found is NotImplemented:  # pint knows no unit for what this gives: SI numbers
            return function(*map(_bare, inputs), **{name: _bare(value) for name, value in kwargs.items()})
        return found

    def __getitem__(self, index):
        return self._at(index, super().__getitem__)

    def __setitem__(self, index, value):
        self._at(index, super().__setitem__, value)

    def _at(self, index, access, *value):
        try:
            if not np.ndim(self.magnitude) and not (isinstance(index, tuple) and not index):
                raise IndexError
            return access(index, *value)
        except pint.DimensionalityError as error:
            raise UnitsError(f"{_described(*value)} cannot be an entry of values in "
                             f"{dimension_name(self.dimensionality)}") from error
        except IndexError as error:
            shape = np.shape(self.magnitude)
            raise RangeError(f"there is no entry {index} in {'these values' if shape else self}",
                             expected=f"an index below {shape[0]}" if shape else "one value without an index") from error

    def compare(self, other, op):
        try:
            return super().compare(other, op)
        except (pint.DimensionalityError, ValueError) as error:  # the latter beside a plain number
            raise _clash(self, other, "compared") from error


def _in_words(method, verb):
    def wrapped(self, *others):
        try:
            return method(self, *others)
        except pint.DimensionalityError as error:
            raise _clash(self, *others[:1], verb=verb) from error
    return wrapped


for _name, _verb in {"_add_sub": "added or subtracted", "_iadd_sub": "added or subtracted", "__rpow__": "base and exponent",
                     "__int__": "made a whole number", "__mod__": "divided with a rest", "__floordiv__": "divided"}.items():
    setattr(Quantity, _name, _in_words(getattr(Quantity, _name), _verb))


def _bare(value):
    if isinstance(value, (list, tuple)):
        return type(value)(map(_bare, value))
    return np.asarray(value.si) if isinstance(value, Quantity) else value


class _Registry(GenericUnitRegistry[Quantity, pint.Unit]):
    Quantity = Quantity
    Unit = pint.Unit


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
    return UnitsError(f"{_described(first)} and {_described(second)} cannot be {verb}",
                      mend="Both must have the same dimension.")


def _described(value):
    return f"{value} ({dimension_name(dimension_of(value))})"


def dimension_of(value):
    """Dimension of a quantity or plain number, as pint's hashable exponents."""
    return value.dimensionality if isinstance(value, Quantity) else DIMENSIONLESS


def si_value(value):
    """The plain SI number or array of a quantity or plain number."""
    return value.si if isinstance(value, Quantity) else value


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
        raise UnknownNameError(f"'{name}' is not a unit", expected="one such as mV, ms, nS, pA, Mohm or Hz")
    quantity = registry.Quantity(1.0, name) ** power
    return (quantity.si, quantity.dimensionality) if isinstance(quantity, Quantity) else (quantity, DIMENSIONLESS)


def unit_quantity(name):
    """The quantity ``1 name``, as the tutorial's ``ms`` or ``mvolt``."""
    return registry.Quantity(1.0, _unit_of_name(name))


@lru_cache(maxsize=512)
def _unit_of_name(name):
    return registry.Unit(name[:-1]) ** int(name[-1]) if name[-1] in "23" else registry.Unit(name)


_NAMED = {unit(name)[1]: name for name in
          ("hertz", "metre", "coulomb", "watt", "joule", "farad", "siemens", "ohm", "amp", "volt", "second")}


def si_quantity(value, dimension):
    """Wrap a plain SI number or array (not copied) in its unit; dimensionless values come back as they are."""
    return value if dimension == DIMENSIONLESS else registry.Quantity(value, _si_unit(dimension))


@lru_cache(maxsize=256)
def _si_unit(dimension):
    if dimension in _NAMED:
        return registry.Unit(_NAMED[dimension])
    bases = {"[time]": "second", "[length]": "metre", "[mass]": "kilogram", "[current]": "amp",
             "[temperature]": "kelvin", "[substance]": "mole"}
    result = registry.Unit("")
    for base, power in dimension.items():
        result = result * registry.Unit(bases[base]) ** power
    return result


@lru_cache(maxsize=256)
def dimension_name(dimension):
    """A dimension in the words of the field: ``'volt'``, ``'volt/second'``, ``'1'``."""
    if dimension == DIMENSIONLESS:
        return "1, a plain number"
    for suffix, factor in (("", DIMENSIONLESS), ("/second", SECOND), ("*second", SECOND ** -1),
                           ("/metre**2", unit("metre")[1] ** 2)):
        if dimension * factor in _NAMED:
            return _NAMED[dimension * factor] + suffix
    return str(_si_unit(dimension))


_DISPLAY = {"volt": ("mV", "V", "uV"), "second": ("ms", "second", "us"), "amp": ("nA", "pA", "uA", "amp"),
            "siemens": ("nS", "uS", "siemens", "pS"), "ohm": ("Mohm", "kohm", "ohm", "Gohm"),
            "farad": ("pF", "nF", "uF", "farad"), "hertz": ("Hz", "kHz"), "metre": ("um", "mm", "metre")}


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
