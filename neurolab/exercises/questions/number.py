"""A number with a unit."""

import math
import re
from dataclasses import dataclass
from typing import Self

from ...characters import plain, visible
from ...errors import ParseError
from ...experiment.calculation import calculate, is_calculation
from ...experiment.experiment import Experiment
from ...experiment.typed_values import format_number, parse_number
from ...units import unit
from ..measures import measured
from ..tables import Table, built
from .entries import is_blank, text_of
from .question import Answer, Question, network_of

_RANGE = re.compile(
    r"\s*(?P<low>[+-]?[\d.,]+\s*[^\W\d]*)\s*-\s*(?P<high>[+-]?[\d.,]+\s*[^\W\d]*)\s*"
)


@dataclass(frozen=True)
class Mistake:
    """A wrong number that a known wrong idea leads to."""

    value: float
    says: str
    """The wrong idea behind it, without the right number."""


@dataclass(frozen=True)
class Number(Question[float]):
    """A question for a number.

    Attributes
    ----------
    unit : str
        Unit of the answer, also if the student types none; empty for a plain number.
    value, tolerance : float
        The right number, and the largest difference that passes; in the unit.
    mistakes : tuple of Mistake
    """

    unit: str
    value: float
    tolerance: float
    mistakes: tuple[Mistake, ...] = ()

    @classmethod
    def from_table(cls, table: Table, start: Experiment | None) -> Self:
        """Read the table; with an entry ``measure``, the right number is measured at the start."""
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
            and all(isinstance(m.says, str) for m in mistakes)
        ):
            raise ParseError(
                "The right number, its tolerance and the mistakes must be finite, and 'says' a text.",
                where="Number",
            )
        return built(cls, table, value=value, tolerance=float(tolerance), mistakes=mistakes)

    def is_empty(self, answer: Answer) -> bool:
        """Return whether nothing was typed."""
        return is_blank(answer, "text")

    def read(self, answer: Answer, start: Experiment | None) -> float:
        """Read the number, or compute the calculation, in the unit asked for."""
        text = text_of(answer)
        try:
            return parse_number(text, self.unit)
        except ParseError as error:
            if "can mean" in error.problem or not is_calculation(text):
                raise
            _refuse_range(text)
            try:
                return calculate(text, self.unit)
            except ParseError:
                raise error from None

    def judge(self, given: float, start: Experiment | None) -> tuple[bool, str]:
        """Compare the answer with the right number, and name the mistake if it is a known one."""
        seen = f"You answered {_quantity(given, self.unit)}."
        if self._is(self.value, given):
            return True, seen
        for mistake in self.mistakes:
            if self._is(mistake.value, given):
                return False, f"{seen} {mistake.says}"
        return False, seen

    def _is(self, value: float, given: float) -> bool:
        return abs(given - value) <= self.tolerance + 1e-9 * abs(value)

    def solution(self, start: Experiment | None) -> Answer:
        """Write the right number as a student would type it."""
        rounded = float(f"{self.value:.3g}")
        return {
            "text": _quantity(rounded if self._is(self.value, rounded) else self.value, self.unit)
        }


def _refuse_range(text: str) -> None:
    """Refuse two numbers with a hyphen, such as ``1-5``, which can be a range or a subtraction."""
    ends = _RANGE.fullmatch(plain(text))
    if ends:
        low, high = ends["low"].strip(), ends["high"].strip()
        raise ParseError(
            f"'{visible(text.strip(), 30)}' can mean the range from {low} to {high}, "
            f"or {low} minus {high}.",
            mend="Write one number.",
        )


def _quantity(value: float, name: str) -> str:
    return f"{format_number(value)} {name}".strip()


def _value(table: Table, name: str, start: Experiment | None) -> float:
    """Take the number out of a table that gives it as ``value`` or by a ``measure``."""
    if "measure" in table:
        return measured(table.pop("measure"), network_of(start)) / unit(name)[0]
    return float(table.pop("value"))
