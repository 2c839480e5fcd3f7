"""A number with a unit."""

import math
from dataclasses import dataclass

from ...errors import ParseError
from ...experiment.calculation import calculate, is_calculation
from ...experiment.experiment import Experiment
from ...experiment.typed_values import format_number, parse_number
from ...units import unit
from ..measures import measured
from ..tables import built
from .entries import is_blank, text_of


@dataclass(frozen=True)
class Mistake:
    """A number that students give when they have overlooked something."""

    value: float
    says: str
    """What they overlooked, without the right number."""


@dataclass(frozen=True)
class Number:
    """What is asked is a number.

    Attributes
    ----------
    unit : str
        In which it is asked for and in which a bare number is meant; empty for a plain number.
    value, tolerance : float
        The right number, and how far from it still passes; in that unit.
    mistakes : tuple of Mistake
    """

    unit: str
    value: float
    tolerance: float
    mistakes: tuple[Mistake, ...] = ()

    @classmethod
    def from_table(cls, table, start):
        """Read it; the right number is measured at the start where the file says so by ``measure``."""
        table = dict(table)
        name = table.get("unit", "")
        value = _value(table, name, start)
        percent = table.pop("percent", None)
        tolerance = table.pop("tolerance", 0.0) if percent is None else abs(value) * percent / 100
        mistakes = tuple(
            Mistake(_value(wrong := dict(each), name, start), wrong["says"])
            for each in table.pop("mistakes", [])
        )
        if not (
            math.isfinite(tolerance)
            and tolerance >= 0
            and all(map(math.isfinite, [value, *(m.value for m in mistakes)]))
        ):
            raise ParseError(
                "the right number, its tolerance and the mistakes must be finite", where="Number"
            )
        return built(cls, table, value=value, tolerance=float(tolerance), mistakes=mistakes)

    def is_empty(self, answer):
        """Whether nothing is typed."""
        return is_blank(answer, "text")

    def read(self, answer: object, start: Experiment | None) -> float:
        """Read the number, or compute the calculation, in the unit asked for."""
        text = text_of(answer)
        try:
            return parse_number(text, self.unit)
        except ParseError as error:
            if "can mean" in error.problem or not is_calculation(text):
                raise
            try:
                return calculate(text, self.unit)
            except ParseError:
                raise error from None

    def judge(self, given, start):
        """Whether it is the right number, and how it was read."""
        seen = f"You answered {_quantity(given, self.unit)}."
        passed = self._is(self.value, given)
        says = (
            []
            if passed
            else [mistake.says for mistake in self.mistakes if self._is(mistake.value, given)]
        )
        return passed, " ".join([seen, *says[:1]])

    def _is(self, value, given):
        return abs(given - value) <= self.tolerance + 1e-9 * abs(value)

    def solution(self, start):
        """The right number, as a student would type it."""
        rounded = float(f"{self.value:.3g}")
        return {
            "text": _quantity(rounded if self._is(self.value, rounded) else self.value, self.unit)
        }


def _quantity(value, name):
    return f"{format_number(value)} {name}".strip()


def _value(table, name, start):
    """The number that a table gives as ``value``, or measures; takes it out of the table."""
    if "measure" in table:
        return measured(table.pop("measure"), start) / unit(name)[0]
    return float(table.pop("value"))
