"""Plain numbers next to quantities: conversion to SI, whole indices, and values without a unit."""

import math
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np

from .array_types import FloatArray

_Value = TypeVar("_Value", float, FloatArray)


def in_si(value: _Value, factor: float) -> _Value:
    """Convert a value in a unit to SI units, rounded once.

    The value is divided if the unit is a fraction such as 1/1000.

    Parameters
    ----------
    value : float or ndarray
    factor : float
        What one such unit is in SI units, as `unit` gives it.

    Returns
    -------
    float or ndarray

    Examples
    --------
    >>> in_si(3, 1e-3)
    0.003
    """
    divisor = divisor_of(factor)
    return value / divisor if divisor else value * factor


@lru_cache(maxsize=512)
def divisor_of(factor: float) -> float:
    """Return the power of ten that a unit such as mV divides by, or 0 if it is no such fraction."""
    power = -round(math.log10(factor)) if factor > 0 else 0
    return (
        10.0**power if power > 0 and math.isclose(factor * 10.0**power, 1.0, rel_tol=1e-12) else 0.0
    )


def has_no_unit(value: Any) -> bool:
    """Return whether a plain value needs no unit: 0, infinity and nan, or an array of these."""
    if not isinstance(value, (int, float, np.ndarray, np.number)) or isinstance(value, bool):
        return False
    plain = np.asarray(value)
    return plain.dtype.kind in "iuf" and bool(((plain == 0) | ~np.isfinite(plain)).all())


def whole_index(index: object) -> object:
    """Return an index in which floats without a fraction, such as ``2.0``, are integers.

    Slices and arrays are converted too; everything else stays as it is.

    Examples
    --------
    >>> whole_index((2.0, slice(1.0, None)))
    (2, slice(1, None, None))
    """
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
