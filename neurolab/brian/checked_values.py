"""Numbers and quantities that a program gives, checked and in SI units."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from ..array_types import FloatArray
from ..errors import ArgumentError, RangeError, ShapeError, UnitsError
from ..units import (
    DIMENSIONLESS,
    Dimension,
    Quantity,
    dimension_name,
    dimension_of,
    one_array,
    si_quantity,
    si_value,
)


def checked_values(
    value: object, dimension: Dimension, shape: tuple[int, ...], where: str
) -> FloatArray:
    """Return values as an SI array of this shape, checked for dimension, shape and finiteness.

    Raises
    ------
    UnitsError, ShapeError, RangeError
    """
    value = joined(value, where)
    plain = np.asarray(si_value(value))
    if plain.dtype.kind not in "iuf":
        raise UnitsError(
            f"{value!r:.80} is not a number.",
            where=where,
            mend=f"Give a value in {dimension_name(dimension)}.",
        )
    if dimension_of(value) != dimension and not (
        dimension_of(value) == DIMENSIONLESS and not plain.any()
    ):
        raise UnitsError(
            f"The value has dimension {dimension_name(dimension_of(value))}. It must have "
            f"dimension {dimension_name(dimension)}.",
            where=where,
            mend=f"Multiply by a unit of {dimension_name(dimension)}, such as 3*mV for volts.",
        )
    if not np.isfinite(plain).all():
        raise RangeError(
            "A value is infinite or not a number.", where=where, mend="Give finite values."
        )
    try:
        return np.broadcast_to(plain, shape).astype(float)
    except ValueError:
        turned = plain.ndim == 2 and plain.shape[::-1] == tuple(shape)
        raise ShapeError(
            f"The values have shape {plain.shape}. The shape must be "
            f"{tuple(shape)}{' = (source, target)' if len(shape) == 2 else ''}.",
            where=where,
            mend="If rows are targets, pass the transpose (.T)." if turned else "",
        ) from None


def joined(values: object, where: str) -> Any:
    """Return a list of quantities as one quantity, and anything else unchanged.

    Raises
    ------
    UnitsError
        They are of different dimensions, or no numbers.
    """
    if not isinstance(values, (list, tuple)):
        return values
    fast = _joined_fast(values)
    if fast is not None:
        return fast
    try:
        plain = np.asarray(values)
    except (TypeError, ValueError):  # rows of different lengths
        plain = np.empty(0, dtype=object)
    if plain.dtype.kind not in "biuf":
        raise UnitsError(
            f"{values!r:.80} is not a list of numbers.",
            where=where,
            mend="Give numbers or quantities.",
        )
    leaves = list(_leaves(values))
    if not any(isinstance(leaf, Quantity) for leaf in leaves):
        return plain
    # A bare 0 has no unit of its own.
    dimensions = {dimension_of(leaf) for leaf in leaves if np.any(si_value(leaf))}
    if len(dimensions) > 1:
        raise UnitsError(
            f"The values are in {' and in '.join(sorted(map(dimension_name, dimensions)))}.",
            where=where,
            mend="All must have the same dimension.",
        )
    return si_quantity(plain.astype(float), dimensions.pop() if dimensions else DIMENSIONLESS)


def _joined_fast(values: Sequence[Any]) -> Quantity | None:
    """Join a list, or a list of lists, of quantities with one dimension; None for anything else."""
    if not values or not isinstance(values[0], (list, tuple)):
        return one_array(values)
    rows = []
    for row in values:
        joined_row = one_array(row) if isinstance(row, (list, tuple)) else None
        if joined_row is None:
            return None
        rows.append(joined_row)
    if len({(len(row), row.dimensionality) for row in rows}) > 1:
        return None
    return si_quantity(np.array([row.si for row in rows]), rows[0].dimensionality)


def _leaves(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, (list, tuple)):
            yield from _leaves(value)
        else:
            yield value


def whole_number(value: object, name: str, where: str, least: int = 0) -> int:
    """Return a count or an index that a program gives; floats such as ``1e4`` count as whole.

    Parameters
    ----------
    value : object
    name : str
        The name of the value in the message.
    where : str
        The object that receives it, for the message.
    least : int

    Returns
    -------
    int

    Raises
    ------
    ArgumentError
        It is not a number.
    RangeError
        It has a fraction, or is less than `least`.

    Examples
    --------
    >>> whole_number(1e4, "N", "NeuronGroup")
    10000
    """
    mend = f"It must be a whole number of {least} or more."
    plain = (
        value.item()
        if isinstance(value, (np.ndarray, np.generic)) and np.ndim(value) == 0
        else value
    )
    if isinstance(plain, bool) or not isinstance(plain, (int, float)):
        raise ArgumentError(f"{name} is {value!r:.80}.", where=where, mend=mend)
    if not np.isfinite(plain) or plain != int(plain) or plain < least:
        raise RangeError(f"{name} is {plain}.", where=where, mend=mend)
    return int(plain)


def arguments_of(function: Callable[..., Any]) -> tuple[int, int]:
    """Count the arguments that a function needs, and those that it takes; 0 if it does not say.

    Examples
    --------
    >>> arguments_of(lambda i, j=0: i)
    (1, 2)
    """
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return 0, 0
    plain = [
        each
        for each in parameters
        if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)
    ]
    return sum(each.default is each.empty for each in plain), len(plain)
