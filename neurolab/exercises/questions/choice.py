"""A choice, with the reason for it."""

from dataclasses import dataclass

from ...errors import ParseError
from ..tables import built
from .entries import entry, is_blank


@dataclass(frozen=True)
class Choice:
    """What is asked is one of several statements, and why it holds; both must be right.

    Attributes
    ----------
    options : tuple of str
        Markdown.
    right : int
        Place of the right one, from 0.
    reasons : tuple of str
        Markdown; empty where none is asked for.
    right_reason : int
    """

    options: tuple[str, ...]
    right: int
    reasons: tuple[str, ...] = ()
    right_reason: int = 0

    @classmethod
    def from_table(cls, table, start):
        """Read it."""
        found = built(cls, table)
        if (
            not 0 <= found.right < len(found.options)
            or found.reasons
            and not 0 <= found.right_reason < len(found.reasons)
        ):
            raise ParseError("the right one is not among those to choose from", where="Choice")
        return found

    def is_empty(self, answer):
        """Whether nothing is chosen."""
        return is_blank(answer, "choice") and is_blank(answer, "reason")

    def read(self, answer, start):
        """Places of the option and of the reason."""
        return (
            _place(answer, "choice", self.options),
            _place(answer, "reason", self.reasons) if self.reasons else self.right_reason,
        )

    def judge(self, given, start):
        """Whether both are right, and what was chosen."""
        option, reason = given
        passed = given == (self.right, self.right_reason)
        because = f", because {self.reasons[reason]}" if self.reasons else ""
        remark = (
            " What you chose holds, but not for this reason."
            if option == self.right and not passed
            else ""
        )
        return passed, f"You chose: {self.options[option]}{because}.{remark}"

    def solution(self, start):
        """Both."""
        return {"choice": self.right, **({"reason": self.right_reason} if self.reasons else {})}


def _place(answer, name, items):
    place = entry(answer, name)
    if place is None:
        raise ParseError(f"the {name} is missing", expected="one of each")
    if type(place) is not int or not 0 <= place < len(items):
        raise ParseError(
            f"the {name} is {place!r:.20}", where="answer", expected=f"0 to {len(items) - 1}"
        )
    return place
