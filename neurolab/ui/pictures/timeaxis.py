"""The time axis that all plots share, and the limits and ticks of value axes."""

import math
from typing import TypeAlias

from ...round_numbers import multiples, next_round, round_step

LEFT, RIGHT = 68, 14
"""Pixels left and right of the plotting area, the same in every plot."""
_HEADROOM = 1.02
"""A curve on the very edge would be cut."""
_NEAR, _FLAT = 3.0, 50.0
"""0 is outside of the axis if it is this many times the values' own span away."""
_SHRINKS = 0.45
"""Share of the axis below which the values let it shrink."""

Limits: TypeAlias = tuple[float, float]
"""Lower and upper end of an axis."""


def ticks(end: float, most: int = 6) -> list[float]:
    """Return round tick values from 0 to `end`, at most `most` steps.

    Examples
    --------
    >>> ticks(10.0)
    [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]
    """
    if not (math.isfinite(end) and end > 0):
        return [0.0]
    return multiples(round_step(end / most), 0.0, end)


def ticks_between(low: float, high: float, most: int = 6) -> list[float]:
    """Return round tick values from `low` to `high`.

    Examples
    --------
    >>> ticks_between(-2.0, 6.0)
    [-2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    """
    span = high - low if low > 0 or high < 0 else max(high, -low)
    return multiples(round_step(span / most), low, high)


def limits(low: float, high: float, previous: Limits | None = None) -> Limits:
    """Return limits of an axis around values that do not move at every small change.

    The limits are round. They include 0 unless the values lie so far away from it that they would
    be squeezed, as a membrane potential of -60 mV. Where the values exceed the previous limits,
    that side moves and the other one stays; the axis shrinks only if the values use less than 45 %
    of it.

    Parameters
    ----------
    low, high : float
        Lowest and highest value.
    previous : (float, float), optional
        Limits before.

    Examples
    --------
    >>> limits(0.0, 9.0)
    (0.0, 10.0)
    >>> limits(0.0, 6.0, previous=(0.0, 10.0))
    (0.0, 10.0)
    >>> limits(-60.0, -50.0)
    (-62.0, -48.0)
    """
    was_apart = previous is not None and not previous[0] <= 0 <= previous[1]
    if _is_far(low, high, was_apart):
        room = (_HEADROOM - 1) * (high - low)
        low, high = low - room, high + room
        previous = previous if was_apart else None
    else:
        low, high = _HEADROOM * min(low, 0.0), _HEADROOM * max(high, 0.0)
    if not previous or high - low < _SHRINKS * (previous[1] - previous[0]):
        return _around(low, high)
    first, last = previous
    if first <= low and high <= last:
        return previous
    bottom, top = _around(min(low, first), max(high, last))
    return (bottom if low < first else first), (top if high > last else last)


def _is_far(low: float, high: float, was_apart: bool) -> bool:
    """Return whether 0 is far away from the values; an axis without 0 keeps it out a bit longer."""
    if low <= 0 <= high or high <= low:
        return False
    distance = min(abs(low), abs(high)) / (high - low)
    return (_NEAR / 1.5 if was_apart else _NEAR) < distance < _FLAT


def _around(low: float, high: float) -> Limits:
    """Return the nearest multiples of a round step outside of the values."""
    span = (high - low) or 1.0
    step = 10.0 ** math.floor(math.log10(span / 4))
    while span / step > 8:
        step = next_round(step)
    bottom = math.floor(low / step + 1e-9)
    top = math.ceil(high / step - 1e-9)
    return float(f"{bottom * step:.12g}"), float(f"{max(top, bottom + 1) * step:.12g}")
