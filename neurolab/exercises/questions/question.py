"""The base class of all kinds of questions."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Generic, Self, TypeAlias, TypeVar

from ...errors import ParseError
from ...experiment.experiment import Experiment
from ..tables import Table

Answer: TypeAlias = Mapping[str, Any]
"""An answer as JSON: with the entry ``text``, ``choice``, ``points`` or ``experiment``."""
Given = TypeVar("Given")


class Question(ABC, Generic[Given]):
    """A kind of question: it reads an answer, judges it, and knows a solution.

    Every kind is a frozen dataclass, so that a question is a value. It is listed in `QUESTIONS`
    under the ``kind`` that worksheets give. The type parameter is the type of an answer that has
    been read.

    The laws of a kind, which the tests check for every exercise:

    - `judge` accepts what `read` makes of `solution`.
    - `read` raises a `NeurolabError` for any answer that it cannot read, and no other exception.
    - The sentence of `judge` says what was seen in the answer and never what would be right.

    Attributes
    ----------
    is_judged : bool
        False if the teacher reads the answers, which then neither pass nor count as wrong.
    """

    is_judged: ClassVar[bool] = True

    @classmethod
    @abstractmethod
    def from_table(cls, table: Table, start: Experiment | None) -> Self:
        """Read the question from its table in a worksheet's file.

        Parameters
        ----------
        table : dict
        start : Experiment or None
            The network with which the exercise starts; None if it needs none.

        Raises
        ------
        NeurolabError
            The table is wrong.
        """

    @abstractmethod
    def is_empty(self, answer: Answer) -> bool:
        """Return whether nothing was answered."""

    @abstractmethod
    def read(self, answer: Answer, start: Experiment | None) -> Given:
        """Read an answer, which need not be trusted.

        Raises
        ------
        NeurolabError
            It cannot be read; the message tells the student why.
        """

    @abstractmethod
    def judge(self, given: Given, start: Experiment | None) -> tuple[bool, str]:
        """Return whether the answer passes, and one or more sentences on what was seen in it."""

    @abstractmethod
    def solution(self, start: Experiment | None) -> Answer:
        """Return an answer that passes."""


def network_of(start: Experiment | None) -> Experiment:
    """Return the start of an exercise that needs one."""
    if start is None:
        raise ParseError("This exercise has no network to start with.", where="start")
    return start
