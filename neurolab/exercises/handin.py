"""What a student hands in: the answers over a worksheet, as a value and as a file."""

import json
from dataclasses import asdict, dataclass, field, replace
from typing import NamedTuple

from ..errors import LimitError, ParseError
from ..experiment.wellformed import read_json
from .judging import Feedback, judge

SCHEMA = 1
"""Version of the files."""
MOST_CHARACTERS = 5_000_000
_MOST_EXERCISES = 200
_LARGEST = 10**9


@dataclass(frozen=True)
class HandIn:
    """Answers, so far.

    Attributes
    ----------
    worksheet : str
        Its name.
    seed : int or None
        Which variant.
    answers : dict
        Name of an exercise → the answer as JSON, as `judge` takes it.
    attempts : dict
        Name of an exercise → how many wrong answers there were.
    """

    worksheet: str
    seed: int | None = None
    answers: dict = field(default_factory=dict)
    attempts: dict = field(default_factory=dict)

    def answered(self, name, answer, feedback):
        """With the answer to one exercise, and counted if it was a wrong one."""
        wrong = self.attempts.get(name, 0) + (feedback.is_attempt and not feedback.passed)
        return replace(
            self, answers={**self.answers, name: answer}, attempts={**self.attempts, name: wrong}
        )

    def to_json(self):
        """As a file."""
        return (
            json.dumps(
                {"schema": SCHEMA, **asdict(self)}, indent=1, ensure_ascii=False, allow_nan=False
            )
            + "\n"
        )

    @classmethod
    def from_json(cls, text):
        """Read what `to_json` wrote.

        Raises
        ------
        NeurolabError
            It is damaged, or something else. Of the answers only that they have names is checked here: judging tells
            which cannot be read.
        """
        if len(text) > MOST_CHARACTERS:
            raise LimitError(
                f"the file has {len(text):,} characters",
                where="answers",
                expected=f"at most {MOST_CHARACTERS:,}",
            )
        try:
            plain = read_json(text)
        except ValueError:
            raise ParseError(
                "this is no file of answers",
                where="answers",
                expected="JSON, as a worksheet saves it",
            ) from None
        if not isinstance(plain, dict) or plain.get("schema") != SCHEMA:
            raise ParseError(
                "this is no file of answers, or one of another version of neurolab",
                where="answers",
                expected=f"schema {SCHEMA}",
            )
        del plain["schema"]
        for name, reads in _ENTRIES.items():
            if name not in plain or not reads(plain[name]):
                raise ParseError(
                    f"the entry '{name}' is missing or damaged",
                    where="answers",
                    mend="Take the file as the worksheet saved it.",
                )
        return cls(**{name: plain[name] for name in _ENTRIES})


def _is_count(value):
    return type(value) is int and 0 <= value <= _LARGEST


def _is_table(value):
    return isinstance(value, dict) and len(value) <= _MOST_EXERCISES


_ENTRIES = {
    "worksheet": lambda value: isinstance(value, str) and len(value) <= 100,
    "seed": lambda value: value is None or _is_count(value),
    "answers": lambda value: (
        _is_table(value) and all(each is None or isinstance(each, dict) for each in value.values())
    ),
    "attempts": lambda value: _is_table(value) and all(map(_is_count, value.values())),
}


class Total(NamedTuple):
    """What a worksheet's answers come to."""

    points: int
    out_of: int
    feedback: dict[str, Feedback]
    """Name of each exercise → its feedback."""

    @property
    def answered(self):
        """How many exercises have an answer."""
        return sum(each.answered for each in self.feedback.values())


def total(worksheet, answers):
    """Judge all answers.

    Parameters
    ----------
    worksheet : Worksheet
    answers : dict
        Name of an exercise → answer; those to exercises that the worksheet lacks are left out.

    Returns
    -------
    Total
    """
    feedback = {
        exercise.name: judge(exercise, answers.get(exercise.name))
        for exercise in worksheet.exercises
    }
    return Total(sum(each.points for each in feedback.values()), worksheet.points, feedback)
