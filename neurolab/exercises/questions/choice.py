"""A choice, with the reason for it."""

from dataclasses import dataclass, replace
from typing import Self

from ...errors import ParseError
from ...experiment.experiment import Experiment
from ..tables import Table, built
from .entries import entry, is_blank
from .question import Answer, Question


@dataclass(frozen=True)
class Choice(Question[tuple[int, int]]):
    """A question for one of several statements and its reason; both must be right.

    Attributes
    ----------
    options : tuple of str
        Markdown.
    right : int
        Index of the right one.
    reasons : tuple of str
        Markdown; empty if no reason is asked for.
    right_reason : int
    also_right : tuple of tuple of int
        Further pairs of an option and a reason that pass; if no reason is asked for, only options,
        each as a tuple of one.
    remarks, reason_remarks : tuple of str
        What is wrong with each option and with each reason, without the right one; empty texts for
        the right ones. Empty if nothing is said.
    """

    options: tuple[str, ...]
    right: int
    reasons: tuple[str, ...] = ()
    right_reason: int = 0
    remarks: tuple[str, ...] = ()
    reason_remarks: tuple[str, ...] = ()
    also_right: tuple[tuple[int, ...], ...] = ()

    @classmethod
    def from_table(cls, table: Table, start: Experiment | None) -> Self:
        """Read the table."""
        table = dict(table)
        further = _pairs(table.pop("also_right", []), 2 if table.get("reasons") else 1)
        question = replace(built(cls, table), also_right=further)
        has_option = 0 <= question.right < len(question.options)
        has_reason = not question.reasons or 0 <= question.right_reason < len(question.reasons)
        in_choice = all(
            0 <= option < len(question.options)
            and (not question.reasons or 0 <= reason < len(question.reasons))
            for option, reason in question.right_pairs
        )
        if not (has_option and has_reason and in_choice):
            raise ParseError("The right one is not among those to choose from.", where="Choice")
        for remarks, texts in (
            (question.remarks, question.options),
            (question.reason_remarks, question.reasons),
        ):
            if remarks and len(remarks) != len(texts):
                raise ParseError("There must be one remark for each text.", where="Choice")
        return question

    @property
    def right_pairs(self) -> tuple[tuple[int, int], ...]:
        """All pairs of an option and a reason that pass.

        Examples
        --------
        >>> Choice(("yes", "no", "both"), right=0, also_right=((2,),)).right_pairs
        ((0, 0), (2, 0))
        """
        further = (
            (pair[0], pair[1] if self.reasons else self.right_reason) for pair in self.also_right
        )
        return (self.right, self.right_reason), *further

    def is_empty(self, answer: Answer) -> bool:
        """Return whether nothing was chosen."""
        return is_blank(answer, "choice") and is_blank(answer, "reason")

    def read(self, answer: Answer, start: Experiment | None) -> tuple[int, int]:
        """Return the indices of the option and of the reason."""
        return (
            _place(answer, "choice", self.options),
            _place(answer, "reason", self.reasons) if self.reasons else self.right_reason,
        )

    def judge(self, given: tuple[int, int], start: Experiment | None) -> tuple[bool, str]:
        """Compare both with the right ones, and repeat what was chosen."""
        option, reason = given
        passed = given in self.right_pairs
        because = f", because {self.reasons[reason]}" if self.reasons else ""
        seen = f"You chose: {self.options[option]}{because}."
        if passed:
            return True, seen
        said = []
        if option in {right for right, _ in self.right_pairs}:
            said.append("Your answer is correct, but the reason is not.")
        elif self.remarks:
            said.append(self.remarks[option])
        if self.reason_remarks and reason not in {right for _, right in self.right_pairs}:
            said.append(self.reason_remarks[reason])
        return False, " ".join(filter(None, [seen, *said]))

    def solution(self, start: Experiment | None) -> Answer:
        """Return the right option and reason."""
        return {"choice": self.right, **({"reason": self.right_reason} if self.reasons else {})}


def _pairs(given: object, least: int) -> tuple[tuple[int, ...], ...]:
    """Read the entry ``also_right`` of a table."""
    if isinstance(given, list) and all(
        isinstance(pair, list)
        and least <= len(pair) <= 2
        and all(type(each) is int for each in pair)
        for pair in given
    ):
        return tuple(map(tuple, given))
    raise ParseError(
        "also_right is not a list of pairs.",
        where="Choice",
        mend="Write pairs of an option and a reason, such as [[0, 2], [1, 1]].",
    )


def _place(answer: Answer, name: str, items: tuple[str, ...]) -> int:
    place = entry(answer, name)
    if place is None:
        raise ParseError("Choose both an answer and a reason.")
    if type(place) is not int or not 0 <= place < len(items):
        raise ParseError(
            f"The {name} is {place!r:.20}.",
            where="answer",
            mend=f"It must be a number from 0 to {len(items) - 1}.",
        )
    return place
