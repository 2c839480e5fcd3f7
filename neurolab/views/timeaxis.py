"""What traces and raster share so that the same moment stands at the same pixel."""

import math

LEFT, RIGHT = 68, 14
"""Pixels left and right of the plotting area, in every picture."""


def ticks(end, most=6):
    """Round tick values from 0 to `end`, at most `most` steps of 1, 2 or 5 times a power of ten."""
    if not (math.isfinite(end) and end > 0):
        return [0.0]
    step = 10.0 ** math.floor(math.log10(end / most))
    while end / step > most:
        step *= 2 if f"{step:e}"[0] in "15" else 2.5
    return [float(f"{k * step:.12g}") for k in range(math.floor(end / step + 1e-9) + 1)]


def ticks_between(low, high, most=6):
    """Round tick values from `low` to `high`, which lie on either side of 0 or on it."""
    positive, negative = ticks(max(high, -low), most), ticks(max(high, -low), most)
    return sorted({*(-tick for tick in negative if -tick >= low - 1e-12), *(tick for tick in positive if tick <= high)})


def limits(low, high, previous=None):
    """Limits of an axis around the values from `low` to `high` that do not jump at every small change.

    The previous limits stay while the values lie within them and use more than 45 % of their span; new ones are round
    and always include 0.
    """
    low, high = min(low, 0.0), max(high, 0.0)
    if previous:
        first, last = previous
        if first <= low * 1.02 and high * 1.02 <= last and (high - low) > 0.45 * (last - first):
            return previous
    span = (high - low) or 1.0
    step = 10.0 ** math.floor(math.log10(span / 4))
    while span / step > 8:
        step *= 2 if f"{step:e}"[0] in "15" else 2.5
    top = math.ceil(high * 1.04 / step - 1e-9) if high > 0 else 0
    bottom = math.floor(low * 1.04 / step + 1e-9) if low < 0 else 0
    return float(f"{bottom * step:.12g}"), float(f"{max(top, bottom + 1) * step:.12g}")
