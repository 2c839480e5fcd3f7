"""The ends of the axes of a plot."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..errors import ArgumentError, RangeError
from .drawing import Axis, drawing

Range = tuple[float, float]
"""Lower and upper end of an axis."""


def xlim(low: Any = None, high: Any = None, **ends: Any) -> Range | None:
    """Set the ends of the horizontal axis, ``xlim(0, 10)``; without arguments, return them."""
    return _limits("x", low, high, ends, ("xmin", "left"), ("xmax", "right"))


def ylim(low: Any = None, high: Any = None, **ends: Any) -> Range | None:
    """Set the ends of the vertical axis, ``ylim(0, 10)``; without arguments, return them."""
    return _limits("y", low, high, ends, ("ymin", "bottom"), ("ymax", "top"))


def _limits(
    which: Axis,
    low: Any,
    high: Any,
    ends: dict[str, Any],
    low_names: Sequence[str],
    high_names: Sequence[str],
) -> Range | None:
    if high is None and np.ndim(low) == 1 and len(low) == 2:
        low, high = low
    for name, value in ends.items():
        if name in low_names:
            low = value
        elif name in high_names:
            high = value
        else:
            raise ArgumentError(
                f"'{name}' is not known.",
                where=f"{which}lim",
                mend=f"Use {low_names[0]} or {high_names[0]}.",
            )
    numbers = [None if end is None else float(end) for end in (low, high)]
    if (
        any(end is not None and not np.isfinite(end) for end in numbers)
        or low is not None
        and numbers[0] == numbers[1]
    ):
        raise RangeError(
            f"{low} and {high} are not the ends of an axis.",
            where=f"{which}lim",
            mend="Give two different numbers.",
        )
    limits = drawing().limits(which, *numbers)
    # A notebook shows the value of a cell's last line, so that a call that sets the ends has none.
    return limits if numbers == [None, None] else None


def axis(ends: Any = None, **options: Any) -> None:
    """Set the ends of both axes: ``axis([xmin, xmax, ymin, ymax])``.

    Words such as ``'tight'`` change nothing.
    """
    if ends is not None and not isinstance(ends, str):
        if np.shape(ends) != (4,):
            raise RangeError(
                f"{ends} are not the ends of two axes.",
                where="axis",
                mend="Give [xmin, xmax, ymin, ymax].",
            )
        xlim(ends[0], ends[1])
        ylim(ends[2], ends[3])


def current_limits(which: Axis) -> Range:
    """Return the ends of an axis."""
    return drawing().limits(which)
