"""Comparison of numbers up to rounding errors, and the grid of time steps.

Floating-point sums and quotients have rounding errors: 0.1 + 0.2 is greater than 0.3. Therefore all
comparisons of the simulator use one relative tolerance, which is defined here. It applies to
thresholds and conditions in formulas, and to spike times, delays, refractory periods, bins, periods
and durations.

A time between two steps is rounded up to the next step. A whole multiple of the time step is not
changed, whatever its last digits are.
"""

import math
import operator
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from .array_types import BoolArray, IntArray
from .errors import LimitError

Seconds: TypeAlias = float
"""A time in seconds, as the simulator computes."""
Ms: TypeAlias = float
"""A time in milliseconds, as people type and read it."""
Steps: TypeAlias = int
"""A time as a whole number of time steps."""

TOLERANCE = 2.0**-40
"""Relative difference (9e-13) below which two numbers count as equal.

Some thousand roundings can add up to it.
"""
_MOST_STEPS = 1e15  # up to here, every step has a number of its own


def compare(operation: Callable[[Any, Any], Any], first: Any, second: Any, size: Any) -> Any:
    """Compare numbers or arrays; those that are equal up to rounding errors count as equal.

    Parameters
    ----------
    operation : callable
        Such as `operator.gt`.
    first, second : float or ndarray
    size : float or ndarray
        Sum of the sizes of the terms from which both were computed: their rounding errors count.

    Returns
    -------
    bool or ndarray of bool

    Examples
    --------
    >>> compare(operator.gt, 0.1 + 0.2, 0.3, size=0.6)
    False
    """
    apart = abs(first - second)
    margin = TOLERANCE * size
    if operation in (operator.gt, operator.lt):
        return operation(first, second) & (apart >= margin)
    return operation(first, second) | (apart < margin)


def to_steps(time: ArrayLike, dt: float) -> IntArray:
    """Convert times to steps: each becomes the first step that is not before the time.

    Parameters
    ----------
    time : float or ndarray
        In the unit of `dt`.
    dt : float

    Returns
    -------
    ndarray of int64
        Of the shape of `time`.

    Raises
    ------
    LimitError
        The time is too long for its step to have a number of its own.

    Examples
    --------
    >>> to_steps([0.3, 0.31], dt=0.1).tolist()
    [3, 4]
    """
    quotient = np.asarray(time) / dt
    if (np.abs(quotient) > _MOST_STEPS).any():
        raise LimitError(
            f"{np.max(time):g} s is too long a time.",
            mend=f"At most {_MOST_STEPS:g} time steps are allowed.",
        )
    return ceil(quotient).astype(np.int64)


def to_step(time: float, dt: float) -> int:
    """Convert one time to steps, in a tenth of the time that numpy needs for one number.

    Examples
    --------
    >>> to_step(0.3, dt=0.1)
    3
    """
    quotient = time / dt
    if not abs(quotient) <= _MOST_STEPS:
        raise LimitError(
            f"{np.max(time):g} s is too long a time.",
            mend=f"At most {_MOST_STEPS:g} time steps are allowed.",
        )
    nearest = round(quotient)
    is_near = abs(quotient - nearest) <= TOLERANCE * max(abs(quotient), 1.0)
    return nearest if is_near else math.ceil(quotient)


def is_whole(time: ArrayLike, dt: float) -> BoolArray:
    """Return whether times are whole numbers of steps, up to rounding errors."""
    quotient = np.asarray(time) / dt
    return _near(quotient, np.rint(quotient), 0.0)


def ratio(dt: float) -> tuple[float, float]:
    """Return the time step as a fraction.

    With it, step·numerator/denominator is the correctly rounded time of a step.

    At dt = 0.1 ms this gives 0.0003 s for step 3, where 3·dt would be 0.00030000000000000003 s.

    Returns
    -------
    numerator, denominator : float
    """
    return _ratio(float(dt))


@lru_cache(maxsize=64)
def _ratio(dt: float) -> tuple[float, float]:
    fraction = Fraction(dt).limit_denominator(10**9)
    if fraction and abs(float(fraction) - dt) <= 4 * np.spacing(dt):
        return float(fraction.numerator), float(fraction.denominator)
    return dt, 1.0


def time_of(step: Any, dt: float) -> Any:
    """Return the time at which a step begins; `step` is a number or an array.

    Examples
    --------
    >>> time_of(3, dt=1e-4), 3 * 1e-4
    (0.0003, 0.00030000000000000003)
    """
    numerator, denominator = ratio(dt)
    return step * numerator / denominator


def floor(value: Any, size: Any = 0.0) -> Any:
    """Round down; a number that is whole up to rounding errors stays what it is.

    Parameters
    ----------
    value : float or ndarray
    size : float or ndarray, optional
        Size of the largest terms that were added up to the value: their rounding errors count.
    """
    nearest = np.rint(value)
    return np.where(_near(value, nearest, size), nearest, np.floor(value))[()]


def ceil(value: Any, size: Any = 0.0) -> Any:
    """Round up; a number that is whole up to rounding errors stays what it is.

    Examples
    --------
    >>> float(ceil(3.0000000000000004)), float(ceil(3.1))
    (3.0, 4.0)
    """
    nearest = np.rint(value)
    return np.where(_near(value, nearest, size), nearest, np.ceil(value))[()]


def _near(value: Any, nearest: Any, size: Any) -> Any:
    return np.abs(value - nearest) <= TOLERANCE * np.maximum(np.maximum(np.abs(value), size), 1.0)
