"""A free text, which the teacher reads."""

from dataclasses import dataclass
from typing import ClassVar, Self

from ...experiment.experiment import Experiment
from ..tables import Table, built
from .entries import is_blank, text_of
from .question import Answer, Question


@dataclass(frozen=True)
class Text(Question[str]):
    """A question such as "Explain why"; its answers are kept for the teacher and not judged.

    Attributes
    ----------
    example : str
        A good answer, for the teacher and the answer sheet.
    """

    example: str

    is_judged: ClassVar[bool] = False

    @classmethod
    def from_table(cls, table: Table, start: Experiment | None) -> Self:
        """Read the table; its ``solution`` is a good answer."""
        table = dict(table)
        return built(cls, {"example": table.pop("solution"), **table})

    def is_empty(self, answer: Answer) -> bool:
        """Return whether nothing was typed."""
        return is_blank(answer, "text")

    def read(self, answer: Answer, start: Experiment | None) -> str:
        """Return the text."""
        return text_of(answer)

    def judge(self, given: str, start: Experiment | None) -> tuple[bool, str]:
        """Return that the answer does not pass by itself."""
        return False, "Your answer is kept for your teacher, who reads it and gives the points."

    def solution(self, start: Experiment | None) -> Answer:
        """Return the good answer."""
        return {"text": self.example}
