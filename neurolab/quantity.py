"""A number or an array with a unit, by pint, which behaves as in the tutorial."""

import functools
import operator
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

import numpy as np
import pint
from pint.util import UnitsContainer

from .errors import ArgumentError, RangeError, UnitsError, UnknownAttributeError
from .grid import compare
from .plain_numbers import has_no_unit, in_si, whole_index
from .quantity_errors import ConversionError, entry_error, explained, guard

Dimension = UnitsContainer
"""Exponents of the base dimensions, such as ``[length]`` and ``[time]``; it can be a key."""
DIMENSIONLESS: Dimension = UnitsContainer()
PLAIN_NUMBER = "1, a plain number"
"""The name of the dimension of plain numbers."""
_WITH_REMAINDER = (np.remainder, np.fmod, np.floor_divide)
_OF_ONE_DIMENSION = (
    np.histogram,
    np.digitize,
    np.union1d,
    np.setdiff1d,
    np.intersect1d,
    np.setxor1d,
)


class Quantity(pint.UnitRegistry.Quantity[Any]):
    """A number or array with a unit; dimensionless results of ``*`` and ``/`` are plain numbers.

    Examples
    --------
    >>> from neurolab.units import unit_quantity
    >>> mV = unit_quantity("mV")
    >>> 3 * mV
    3.0 mV
    >>> 3 * mV / mV
    3.0
    >>> float(3 * mV)
    0.003
    """

    _REGISTRY: ClassVar[Any]  # `units.registry`, which also names dimensions

    @property
    def si(self) -> Any:
        """The plain value in SI units, correctly rounded.

        It is 3/1000 volt for 3 mV, not 3 times a rounded 0.001.
        """
        return in_si(self.magnitude, self._REGISTRY.root_factor(self._units))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:
        return np.asarray(self.si, dtype=dtype)

    def __float__(self) -> float:
        return float(self.si)

    def __str__(self) -> str:
        return format(self, "~")

    __repr__ = __str__

    def __mul__(self, other: Any) -> Any:
        return _plain(super().__mul__(other))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        return _plain(super().__truediv__(other))

    def __rtruediv__(self, other: Any) -> Any:
        return _plain(super().__rtruediv__(other))

    def __pow__(self, other: Any) -> Any:
        return _plain(super().__pow__(other))

    def __getattr__(self, name: str) -> Any:
        try:
            return super().__getattr__(name)
        except AttributeError as error:
            if name.startswith("_"):
                raise
            raise UnknownAttributeError(
                f"A quantity has no '{name}'.",
                mend="A quantity such as 3*mV has the attributes of pint's quantities.",
            ) from error

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        # With these, pint takes the numbers as they are, whatever their units.
        if ufunc in _WITH_REMAINDER and method == "__call__":
            return _divided_with_remainder(ufunc, *inputs)
        return self._of_numpy(super().__array_ufunc__, ufunc, (ufunc, method), inputs, kwargs)

    def __array_function__(
        self, function: Callable[..., Any], types: Any, inputs: Any, kwargs: Any
    ) -> Any:
        def call(function: Callable[..., Any], types: Any, *inputs: Any, **kwargs: Any) -> Any:
            return super(Quantity, self).__array_function__(function, types, inputs, kwargs)

        result = self._of_numpy(call, function, (function, types), inputs, kwargs)
        if result is NotImplemented:  # pint knows no unit for what this gives: SI numbers
            if (
                function in _OF_ONE_DIMENSION
                and len(inputs) > 1
                and np.ndim(si_value(inputs[1]))
                and not _agree(*inputs[:2])
            ):
                raise _clash(inputs[0], inputs[1], f"combined by {function.__name__}")
            return function(
                *map(_bare, inputs), **{name: _bare(value) for name, value in kwargs.items()}
            )
        return result

    def _of_numpy(
        self,
        call: Callable[..., Any],
        function: Callable[..., Any],
        leading: tuple[Any, ...],
        inputs: Any,
        kwargs: dict[str, Any],
    ) -> Any:
        """Call a function of numpy; if needed, plain 0 and infinity get the unit of the others."""
        try:
            try:
                result = call(*leading, *inputs, **kwargs)
            except (pint.DimensionalityError, ConversionError):
                result = call(*leading, *self._with_own_unit(inputs), **kwargs)
        except Exception as error:
            clearer = explained(error, function.__name__, inputs, described)
            if clearer is error:
                raise
            raise clearer from error
        if result is NotImplemented and isinstance(function, np.ufunc):
            raise explained(TypeError(), function.__name__, inputs, described)
        return result

    def _with_own_unit(self, inputs: Sequence[Any]) -> list[Any]:
        """Give plain zeros, infinities and nan the unit of this quantity; they have none."""
        values = []
        for value in inputs:
            if isinstance(value, tuple):
                value = self._with_own_unit(value)
            elif has_no_unit(value):
                value = type(self)(value, self.units)
            values.append(value)
        return values

    def __getitem__(self, index: Any) -> Any:
        return self._at(index, super().__getitem__)

    def __setitem__(self, index: Any, value: Any) -> None:
        if has_no_unit(value):
            value = type(self)(value, self.units)
        self._at(index, super().__setitem__, value)

    def _at(self, index: Any, access: Callable[..., Any], *value: Any) -> Any:
        try:
            if not np.ndim(self.magnitude) and not (isinstance(index, tuple) and not index):
                raise IndexError
            return access(whole_index(index), *value)
        except Exception as error:
            raise entry_error(error, self, index, value, described) from error

    def __index__(self) -> int:
        raise UnitsError(
            f"{described(self)} is not a whole number.", mend="Give a plain whole number."
        )

    def __bool__(self) -> bool:
        if np.size(self.magnitude) != 1:
            raise RangeError(
                "Several values are neither true nor false together.", mend="Use .any() or .all()."
            )
        return bool(self.magnitude)

    def __len__(self) -> int:
        if not np.ndim(self.magnitude):
            raise ArgumentError(
                f"{self} is one value and has no length.", mend="Only an array has a length."
            )
        return len(self.magnitude)

    def __iter__(self) -> Iterator[Any]:
        if not np.ndim(self.magnitude):
            raise ArgumentError(
                f"{self} is one value, so a loop cannot go through it.", mend="Use an array."
            )
        return super().__iter__()

    def __contains__(self, value: Any) -> bool:
        return any(entry == value for entry in self)

    def compare(self, other: Any, op: Callable[[Any, Any], Any]) -> Any:
        if isinstance(other, (list, tuple)):
            other = np.asarray(other)
        try:
            if isinstance(other, Quantity) and self.dimensionality == other.dimensionality:
                first = self.si
                second = other.si
                return compare(op, first, second, abs(first) + abs(second))
            result = super().compare(other, op)
        except (pint.PintError, ValueError, TypeError) as error:
            # pint raises ValueError for a comparison with a plain number.
            raise _clash(self, other, "compared") from error
        if result is NotImplemented:
            raise _clash(self, other, "compared")
        return result

    __lt__ = functools.partialmethod(compare, op=operator.lt)
    __le__ = functools.partialmethod(compare, op=operator.le)
    __gt__ = functools.partialmethod(compare, op=operator.gt)
    __ge__ = functools.partialmethod(compare, op=operator.ge)


def _agree(first: Any, second: Any) -> bool:
    return dimension_of(first) == dimension_of(second) or has_no_unit(first) or has_no_unit(second)


def _divided_with_remainder(ufunc: np.ufunc, first: Any, second: Any) -> Any:
    dimensions = dimension_of(first), dimension_of(second)
    if dimensions[0] != dimensions[1] and not has_no_unit(first):
        raise _clash(first, second, "divided with a remainder")
    result = ufunc(si_value(first), si_value(second))
    if ufunc is np.floor_divide or not isinstance(second, Quantity):
        return result
    return second._REGISTRY.si_quantity(result, second.dimensionality)


def _bare(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(map(_bare, value))
    return np.asarray(value.si) if isinstance(value, Quantity) else value


def _plain(quantity: Any) -> Any:
    if quantity is NotImplemented or not quantity.unitless and quantity.dimensionality:
        return quantity
    return quantity.to("").magnitude


def _clash(first: Any, second: Any = None, verb: str = "") -> UnitsError:
    if second is None:
        return UnitsError(
            f"{described(first)} cannot be {verb}.",
            mend="Divide it by a unit first, so that it is a plain number.",
        )
    return UnitsError(
        f"{described(first)} and {described(second)} cannot be {verb}.",
        mend="Both must have the same dimension.",
    )


def described(value: Any) -> str:
    """Write a value with its dimension, for a message; a long array by its shape."""
    if isinstance(value, Quantity):
        dimension = value._REGISTRY.dimension_name(value.dimensionality)
        if np.size(value.magnitude) > 6:
            shape = np.shape(value.magnitude)
            return f"values of shape {shape} in {value.units:~} ({dimension})"
        return f"{value} ({dimension})"
    if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
        return f"{value} ({PLAIN_NUMBER})"
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        shown = value if value.size <= 6 else f"values of shape {value.shape}"
        return f"{shown} ({PLAIN_NUMBER})"
    return f"{value!r:.60}"


def dimension_of(value: object) -> Dimension:
    """Return the dimension of a quantity or plain number."""
    return value.dimensionality if isinstance(value, Quantity) else DIMENSIONLESS


def si_value(value: Any) -> Any:
    """Return the plain SI number or array of a quantity or plain number."""
    return value.si if isinstance(value, Quantity) else value


guard(Quantity, described)
