"""Judging of answers: whether an answer passes, what was seen in it, and a hint."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import NeurolabError
from .curves import capital
from .worksheet import Exercise


@dataclass(frozen=True)
class Feedback:
    """The feedback to a student.

    Attributes
    ----------
    passed : bool
    points : int
        Points of the answer: all or none.
    seen : str
        What was seen in the answer, never what would be right; markdown.
    hint : str
        Markdown; empty if there is none.
    error : str
        Why the check itself failed, which is not the student's fault. Such an answer never passes.
    answered : bool
        False if there is no answer yet, not even a wrong one.
    readable : bool
        False if the answer cannot be read, such as a number that is not a number; `seen` says why.
    judged : bool
        False if the teacher reads the answer; it neither passes nor counts as wrong.
    """

    passed: bool
    points: int
    seen: str
    hint: str = ""
    error: str = ""
    answered: bool = True
    readable: bool = True
    judged: bool = True

    @property
    def is_attempt(self) -> bool:
        """Whether it counts as an attempt, right or wrong."""
        return self.answered and self.readable and self.judged and not self.error


def judge(exercise: Exercise, answer: Any, attempts: int = 0) -> Feedback:
    """Judge an answer.

    Parameters
    ----------
    exercise : Exercise
    answer : object
        The answer of a page or a file, as JSON: ``{"text": …}``, ``{"experiment": …}``,
        ``{"choice": …, "reason": …}`` or ``{"points": …}``, by the kind of the question; None or an
        empty one for no answer. It need not be trusted.
    attempts : int
        Number of wrong answers before this one, which selects the hint.

    Returns
    -------
    Feedback
        No exception is raised; errors are reported in the feedback.

    Examples
    --------
    >>> from .loading import load
    >>> exercise = load("connection").exercises[0]
    >>> judge(exercise, exercise.solution).passed, judge(exercise, None).seen
    (True, 'Not answered yet.')
    """
    question = exercise.question
    try:
        if not answer or isinstance(answer, dict) and question.is_empty(answer):
            return Feedback(False, 0, "Not answered yet.", answered=False)
        try:
            given = question.read(answer, exercise.start)
        except NeurolabError as error:
            return Feedback(False, 0, f"{error}", readable=False)
        if given == exercise.start:
            return Feedback(False, 0, "Nothing has been changed yet.", answered=False)
        passed, seen = question.judge(given, exercise.start)
        if not question.is_judged:
            return Feedback(False, 0, seen, judged=False)
        if not isinstance(passed, (bool, np.bool_)):
            raise TypeError(f"the verdict is {passed!r:.40}, neither true nor false")
    except Exception as error:  # an error in a check must not pass an answer, nor break the page
        return failed(error)
    hint = ""
    if exercise.hints and not passed:
        hint = exercise.hints[min(max(attempts, 0), len(exercise.hints) - 1)]
    return Feedback(bool(passed), exercise.points if passed else 0, capital(seen), hint)


def failed(error: Exception) -> Feedback:
    """Return the feedback if a check fails: the answer neither passes nor counts as wrong."""
    cause = f"{error}"
    if not isinstance(error, NeurolabError):
        cause = f"{type(error).__name__}: {error}"[:200]
    return Feedback(
        False,
        0,
        "",
        error=f"This answer could not be checked ({cause}). It does not count as wrong.",
    )
