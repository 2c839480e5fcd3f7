"""A curve that is drawn before it is seen."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ...errors import LimitError, ParseError, RangeError
from ...experiment.numerals import LARGEST
from ...experiment.typed_values import format_number
from ...explain.prediction import score
from ..curves import Curve, curve_of
from ..runs import run
from ..tables import built
from .entries import entry, is_blank

MOST_POINTS = 2000


@dataclass(frozen=True)
class Prediction:
    """What is asked is how a trace goes on.

    Attributes
    ----------
    trace : Curve
        Group, variable and neuron.
    after : float
        When it becomes hidden, in ms.
    tolerance : float
        How much may be missing of the way from a flat line to the trace: at 0.4 a curve passes that goes 60 % of it.
    """

    trace: Curve
    after: float
    tolerance: float

    @classmethod
    def from_table(cls, table, start):
        """Read it; ``trace`` is a name such as ``'Va'`` or ``'target.Va[0]'``."""
        table = dict(table)
        found = built(cls, table, trace=curve_of(start, table.pop("trace")))
        if not 0 <= found.tolerance < 1:
            raise ParseError(
                f"The tolerance is {found.tolerance:g}.",
                where="Prediction",
                mend="Choose one from 0 up to, but not including, 1: at 1 a flat line passes.",
            )
        if not 0 <= found.after < start.duration:
            raise ParseError(
                f"The trace is hidden from {found.after:g} ms on, where there is nothing to draw.",
                where="Prediction",
                mend=f"Choose a time before {start.duration:g} ms.",
            )
        return found

    def is_empty(self, answer):
        """Whether nothing is drawn."""
        return is_blank(answer, "points")

    def read(self, answer, start):
        """Corners of the line: times in ms, in order, and values in the variable's SI unit."""
        points = entry(answer, "points")
        if not isinstance(points, (list, tuple)) or len(points) > MOST_POINTS:
            raise LimitError(
                "this is no curve, or a very long one",
                where="answer",
                expected=f"up to {MOST_POINTS} points",
            )
        for point in points:
            if not (
                isinstance(point, (list, tuple)) and len(point) == 2 and all(map(_is_number, point))
            ):
                raise ParseError(
                    f"a point is {point!r:.40}", where="answer", expected="a time and a value"
                )
        times = [float(time) for time, _ in points]
        if any(later <= earlier for earlier, later in pairwise(times)):
            raise RangeError(
                "the curve runs back in time", where="answer", expected="one value at a time"
            )
        if times[0] < self.after - 1e-6 or times[-1] > start.duration + 1e-6:
            raise RangeError(
                f"the curve goes from {times[0]:g} to {times[-1]:g} ms",
                where="answer",
                expected=f"{format_number(self.after)} to {format_number(start.duration)} ms",
            )
        return tuple((time, float(value)) for time, (_, value) in zip(times, points))

    def judge(self, given, start):
        """Whether it is close enough, and how close it is."""
        result = run(start)
        drawn = np.array(self._from_where_it_is_hidden(given, result))
        found = score(result, *self.trace, *drawn.T)
        share = (
            f" It goes {100 * found.share:.0f} % of the way from a flat line to the trace."
            if found.share > 0
            else ""
        )
        passed = found.share >= 1 - self.tolerance
        return (
            passed,
            f"{found.words}{share}{'' if passed else ' ' + self._farthest(result, drawn)}",
        )

    def _from_where_it_is_hidden(self, given, result):
        """The curve with the last visible value in front, if it begins later than that."""
        if given[0][0] <= self.after + 1e-6:
            return given
        return (self.after, float(self._trace(result.until(self.after))[-1])), *given

    def _trace(self, result):
        return result.trace(self.trace.group, self.trace.state)[self.trace.neuron]

    def _farthest(self, result, drawn):
        times = result.times * 1e3
        gap = np.where(
            times > self.after + 1e-9, np.interp(times, *drawn.T) - self._trace(result), 0.0
        )
        place = int(np.abs(gap).argmax())
        return f"It is farthest off {'above' if gap[place] > 0 else 'below'} the trace, at {times[place]:.3g} ms."

    def solution(self, start):
        """The trace itself."""
        result = run(start)
        later = result.times * 1e3 >= self.after - 1e-9
        times, values = result.times[later] * 1e3, self._trace(result)[later]
        every = math.ceil(len(times) / MOST_POINTS)
        return {
            "points": [
                [float(f"{time:.9g}"), float(value)]
                for time, value in zip(times[::every], values[::every])
            ]
        }


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= LARGEST
