"""A student's answers to a worksheet, as a value and as a file."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple, Self

from ..errors import LimitError, ParseError
from ..experiment.wellformed import read_json
from .judging import Feedback, judge
from .questions import Answer
from .worksheet import Worksheet

SCHEMA = 1
"""Version of the files."""
MOST_CHARACTERS = 5_000_000
_MOST_EXERCISES = 200
_LARGEST = 10**9


@dataclass(frozen=True)
class HandIn:
    """The answers so far.

    Attributes
    ----------
    worksheet : str
        Name of the worksheet.
    seed : int or None
        Number of the variant.
    answers : dict
        Name of an exercise → the answer as JSON, in the form that `judge` takes.
    attempts : dict
        Name of an exercise → number of wrong answers.
    hints : dict
        Name of an exercise → number of hints that were shown.
    shown : tuple of str
        Names of the exercises whose solution was shown before they were solved; they earn no
        points.
    """

    worksheet: str
    seed: int | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    attempts: dict[str, int] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)
    shown: tuple[str, ...] = ()

    def answered(self, name: str, answer: Answer | None, feedback: Feedback) -> Self:
        """Return the answers with one more, counted if it was a wrong one."""
        wrong = self.attempts.get(name, 0) + (feedback.is_attempt and not feedback.passed)
        return replace(
            self, answers={**self.answers, name: answer}, attempts={**self.attempts, name: wrong}
        )

    def with_hints(self, name: str, count: int) -> Self:
        """Return the answers with a number of hints that were shown."""
        return replace(self, hints={**self.hints, name: count})

    def with_solution_shown(self, name: str) -> Self:
        """Return the answers with an exercise whose solution was shown."""
        return replace(self, shown=tuple(dict.fromkeys((*self.shown, name))))

    def to_json(self) -> str:
        """Write the text of a file."""
        plain = {"schema": SCHEMA, **asdict(self)}
        return json.dumps(plain, indent=1, ensure_ascii=False, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the text that `to_json` wrote; the answers themselves are checked by `judge`.

        Raises
        ------
        NeurolabError
            The text is damaged, or something else.
        """
        if len(text) > MOST_CHARACTERS:
            raise LimitError(
                f"The file has {len(text):,} characters. At most {MOST_CHARACTERS:,} are allowed.",
                where="answers",
            )
        try:
            plain = read_json(text)
        except ValueError:
            raise ParseError(
                "This is not an answer file.",
                where="answers",
                mend="Choose a JSON file that a worksheet has saved.",
            ) from None
        if not isinstance(plain, dict) or plain.get("schema") != SCHEMA:
            raise ParseError(
                "This is not an answer file of this version of neurolab.",
                where="answers",
                mend="Choose a file that a worksheet of this version has saved.",
            )
        # Files of earlier versions hold no hints.
        plain = {"hints": {}, "shown": [], **plain}
        plain["shown"] = tuple(plain["shown"]) if isinstance(plain["shown"], list) else None
        for name, reads in _ENTRIES.items():
            if name not in plain or not reads(plain[name]):
                raise ParseError(
                    f"The entry '{name}' is missing or damaged.",
                    where="answers",
                    mend="Choose the file as the worksheet saved it.",
                )
        return cls(**{name: plain[name] for name in _ENTRIES})


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and len(value) <= _MOST_EXERCISES


_ENTRIES = {
    "worksheet": lambda value: isinstance(value, str) and len(value) <= 100,
    "seed": lambda value: value is None or _is_count(value),
    "answers": lambda value: (
        _is_table(value) and all(each is None or isinstance(each, dict) for each in value.values())
    ),
    "attempts": lambda value: _is_table(value) and all(map(_is_count, value.values())),
    "hints": lambda value: _is_table(value) and all(map(_is_count, value.values())),
    "shown": lambda value: (
        isinstance(value, tuple)
        and len(value) <= _MOST_EXERCISES
        and all(isinstance(each, str) for each in value)
    ),
}


class Total(NamedTuple):
    """The points and the feedback for a worksheet's answers."""

    points: int
    out_of: int
    feedback: dict[str, Feedback]
    """Name of each exercise → its feedback."""

    @property
    def answered(self) -> int:
        """Number of exercises that have an answer."""
        return sum(each.answered for each in self.feedback.values())


def total(
    worksheet: Worksheet, answers: Mapping[str, Answer | None], shown: Collection[str] = ()
) -> Total:
    """Judge all answers.

    Parameters
    ----------
    worksheet : Worksheet
    answers : dict
        Name of an exercise → answer; other names are ignored.
    shown : collection of str
        Exercises whose solution was shown, which earn no points.

    Returns
    -------
    Total
    """
    feedback = {
        exercise.name: judge(exercise, answers.get(exercise.name))
        for exercise in worksheet.exercises
    }
    for name in feedback.keys() & set(shown):
        feedback[name] = replace(feedback[name], points=0)
    return Total(sum(each.points for each in feedback.values()), worksheet.points, feedback)
