"""A curve that is drawn before the trace is shown."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Self, TypeAlias

import numpy as np

from ...array_types import FloatArray
from ...errors import LimitError, ParseError, RangeError
from ...experiment.experiment import Experiment
from ...experiment.numerals import LARGEST
from ...experiment.result import Result
from ...experiment.typed_values import format_number
from ..curves import Curve, curve_of
from ..drawn_shapes import compare
from ..runs import run
from ..tables import Table, built
from .entries import entry, is_blank
from .question import Answer, Question, network_of

MOST_POINTS = 2000
Points: TypeAlias = tuple[tuple[float, float], ...]
"""Times in ms, and values in the variable's SI unit."""


@dataclass(frozen=True)
class Prediction(Question[Points]):
    """A question for the course of a trace.

    Attributes
    ----------
    trace : Curve
        Group, variable and neuron.
    after : float
        Time (ms) after which the trace is hidden.
    tolerance : float
        The part of a flat line's error that a curve may still have: at 0.4, a curve passes that
        removes 60 % of it.
    """

    trace: Curve
    after: float
    tolerance: float

    @classmethod
    def from_table(cls, table: Table, start: Experiment | None) -> Self:
        """Read the table; ``trace`` is a name such as ``'Va'`` or ``'target.Va[0]'``."""
        start = network_of(start)
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

    def is_empty(self, answer: Answer) -> bool:
        """Return whether nothing was drawn."""
        return is_blank(answer, "points")

    def read(self, answer: Answer, start: Experiment | None) -> Points:
        """Return the corners of the line: times in ms and values in the variable's SI unit."""
        duration = network_of(start).duration
        points = entry(answer, "points")
        if not isinstance(points, (list, tuple)) or len(points) > MOST_POINTS:
            raise LimitError(
                "This is not a curve, or it has too many points.",
                where="answer",
                mend=f"Draw at most {MOST_POINTS} points.",
            )
        for point in points:
            if not (
                isinstance(point, (list, tuple)) and len(point) == 2 and all(map(_is_number, point))
            ):
                raise ParseError(
                    f"A point is {point!r:.40}.", where="answer", mend="Give a time and a value."
                )
        times = [float(time) for time, _ in points]
        if any(later <= earlier for earlier, later in pairwise(times)):
            raise RangeError(
                "The curve runs back in time.", where="answer", mend="Draw one value at each time."
            )
        if times[0] < self.after - 1e-6 or times[-1] > duration + 1e-6:
            raise RangeError(
                f"The curve goes from {times[0]:g} to {times[-1]:g} ms.",
                where="answer",
                mend=f"Draw it from {format_number(self.after)} to {format_number(duration)} ms.",
            )
        return tuple((time, float(value)) for time, (_, value) in zip(times, points))

    def judge(self, given: Points, start: Experiment | None) -> tuple[bool, str]:
        """Compare the curve with the trace, and say how close it is."""
        result = run(network_of(start))
        drawn = np.array(self._from_where_it_is_hidden(given, result))
        times = result.times * 1e3
        hidden = times >= self.after - 1e-9
        verdict = compare(times[hidden], self._trace(result)[hidden], drawn, self.tolerance)
        return verdict.passed, verdict.words

    def _from_where_it_is_hidden(self, given: Points, result: Result) -> Points:
        """Return the curve from the last visible value on, if it begins later."""
        if given[0][0] <= self.after + 1e-6:
            return given
        return (self.after, float(self._trace(result.until(self.after))[-1])), *given

    def _trace(self, result: Result) -> FloatArray:
        return result.trace(self.trace.group, self.trace.state)[self.trace.neuron]

    def solution(self, start: Experiment | None) -> Answer:
        """Return points of the trace itself."""
        result = run(network_of(start))
        later = result.times * 1e3 >= self.after - 1e-9
        times = result.times[later] * 1e3
        values = self._trace(result)[later]
        every = math.ceil(len(times) / MOST_POINTS)
        return {
            "points": [
                [float(f"{time:.9g}"), float(value)]
                for time, value in zip(times[::every], values[::every])
            ]
        }


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= LARGEST
