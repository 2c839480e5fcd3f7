"""The picture of a trace on paper: axes, the visible part of the trace, and a drawn line."""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..array_types import FloatArray
from ..experiment.checked import state_unit
from ..experiment.experiment import Experiment
from ..explain.drawn_paths import path
from ..round_numbers import multiples
from ..units import unit
from .curves import Curve, neurons_of
from .runs import run

_WIDTH = 520  # px
_HEIGHT = 150


@dataclass(frozen=True)
class _Axes:
    """A time axis from 0 to `duration` and a value axis from `low` to `high`."""

    duration: float
    low: float
    high: float

    def x(self, times: Sequence[float] | FloatArray) -> list[float]:
        """Return horizontal places in px."""
        return (40 + np.asarray(times) / self.duration * (_WIDTH - 50)).tolist()

    def y(self, values: Sequence[float] | FloatArray) -> list[float]:
        """Return vertical places in px; values beyond the axis are placed at its ends."""
        share = (self.high - np.clip(values, self.low, self.high)) / (self.high - self.low)
        return (20 + share * (_HEIGHT - 40)).tolist()

    def line(
        self,
        times: Sequence[float] | FloatArray,
        values: Sequence[float] | FloatArray,
        css_class: str,
    ) -> str:
        """Write a line as SVG."""
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(self.x(times), self.y(values)))
        return f'<polyline class="{css_class}" points="{points}"/>'

    def grid(self) -> str:
        """Write the grid, the axes and the numbers beside them as SVG."""
        columns = _marks(0, self.duration)
        rows = _marks(self.low, self.high)
        parts = [self.line([time, time], [self.low, self.high], "grid") for time in columns]
        parts += [self.line([0, self.duration], [value, value], "grid") for value in rows]
        parts.append(self.line([0, 0, self.duration], [self.high, self.low, self.low], "axis"))
        parts += [
            f'<text class="up" x="36" y="{y + 3:.1f}">{value:.4g}</text>'
            for value, y in zip(rows, self.y(rows))
        ]
        parts += [
            f'<text class="along" x="{x:.1f}" y="{_HEIGHT - 6}">{time:.4g}</text>'
            for time, x in zip(columns, self.x(columns))
        ]
        return "".join(parts)


def trace_picture(
    start: Experiment, curve: Curve, after: float, points: Sequence[Sequence[float]] = ()
) -> str:
    """Draw a trace as far as it is visible, and a line that was drawn.

    Parameters
    ----------
    start : Experiment
    curve : Curve
    after : float
        Time (ms) after which the trace is hidden.
    points : sequence of (float, float)
        Corners of the drawn line: times in ms and values in the variable's SI unit.

    Returns
    -------
    str
        SVG.
    """
    result = run(start)
    name = state_unit(start, neurons_of(start, curve.group), curve.state)
    factor = unit(name)[0]
    group = neurons_of(start, curve.group)
    times, values = path(result, group, curve.state, curve.neuron)
    trace = values / factor
    shown = times <= after + 1e-9
    low = 0.0 - _round_above(-trace.min())
    axes = _Axes(start.duration, low, _round_above(trace.max()) or 1.0)
    drawn = np.array(points, dtype=float).reshape(-1, 2)
    answer = axes.line(drawn[:, 0], drawn[:, 1] / factor, "drawn") if len(drawn) else ""
    label = html.escape(f"{curve.state} ({name}), t (ms)")
    return (
        f'<svg class="paper-picture" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
        f'role="img" aria-label="axes">{axes.grid()}'
        f"{axes.line(times[shown], trace[shown], 'trace')}{answer}"
        f'<text x="40" y="10">{label}</text></svg>'
    )


def _marks(low: float, high: float) -> list[float]:
    """Choose five to eleven round numbers from `low` to `high`."""
    decade = 10.0 ** math.floor(math.log10((high - low) / 5))
    largest = (high - low) / 4 * (1 + 1e-9)
    step = next(factor * decade for factor in (5, 2, 1) if factor * decade <= largest)
    return multiples(step, low, high)


def _round_above(value: float) -> float:
    """Choose a round axis limit that does not reveal the trace's peak; 0 for a value below 0."""
    if value <= 0:
        return 0.0
    decade = 10.0 ** math.floor(math.log10(value))
    return next(factor * decade for factor in (2, 5, 10, 20) if factor * decade > 1.05 * value)
