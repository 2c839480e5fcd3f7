"""What traces and raster share so that the same moment stands at the same pixel."""

import math

LEFT, RIGHT = 68, 14
"""Pixels left and right of the plotting area, in every picture."""
_HEADROOM = 1.02  # a curve on the very edge would be cut
_NEAR, _FLAT = (
    3.0,
    50.0,
)  # how many times their own span the values may be away from 0, to be shown without it


def ticks(end, most=6):
    """Round tick values from 0 to `end`, at most `most` steps of 1, 2 or 5 times a power of ten."""
    if not (math.isfinite(end) and end > 0):
        return [0.0]
    step = _step(end / most)
    return [float(f"{k * step:.12g}") for k in range(math.floor(end / step + 1e-9) + 1)]


def ticks_between(low, high, most=6):
    """Round tick values from `low` to `high`."""
    step = _step((high - low if low > 0 or high < 0 else max(high, -low)) / most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{k * step:.12g}") for k in range(first, last + 1)]


def _step(least):
    """The round number (1, 2 or 5 times a power of ten) that is not less."""
    step = 10.0 ** math.floor(math.log10(least))
    while step < least * (1 - 1e-9):
        step *= 2 if f"{step:e}"[0] in "15" else 2.5
    return step


def limits(low, high, previous=None):
    """Limits of an axis around the values from `low` to `high` that do not jump at every small change.

    They are round, and include 0 unless that is so far away that the values would be squeezed, as a membrane potential of
    -60 mV. Where the values leave the previous limits, that side gives way and the other stays; only values that use less
    than 45 % of the span let it shrink.
    """
    apart = bool(previous) and not previous[0] <= 0 <= previous[1]
    if _is_far(low, high, apart):
        room = (_HEADROOM - 1) * (high - low)
        low, high = low - room, high + room
        previous = previous if apart else None
    else:
        low, high = _HEADROOM * min(low, 0.0), _HEADROOM * max(high, 0.0)
    if not previous or high - low < 0.45 * (previous[1] - previous[0]):
        return _around(low, high)
    first, last = previous
    if first <= low and high <= last:
        return previous
    bottom, top = _around(min(low, first), max(high, last))
    return (bottom if low < first else first), (top if high > last else last)


def _is_far(low, high, apart):
    """Whether 0 lies far outside of the values; once it was left out (`apart`), it comes back a little later."""
    if low <= 0 <= high or high <= low:
        return False
    distance = min(abs(low), abs(high)) / (high - low)
    return (_NEAR / 1.5 if apart else _NEAR) < distance < _FLAT


def _around(low, high):
    """The nearest multiples of a round step outside of the values."""
    span = (high - low) or 1.0
    step = 10.0 ** math.floor(math.log10(span / 4))
    while span / step > 8:
        step *= 2 if f"{step:e}"[0] in "15" else 2.5
    bottom, top = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return float(f"{bottom * step:.12g}"), float(f"{max(top, bottom + 1) * step:.12g}")
