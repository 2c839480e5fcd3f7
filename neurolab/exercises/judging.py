"""An answer is judged: what was seen, whether it passes, and a hint where it does not."""

from dataclasses import dataclass

import numpy as np

from ..errors import NeurolabError
from .curves import capital


@dataclass(frozen=True)
class Feedback:
    """What a student is told.

    Attributes
    ----------
    passed : bool
    points : int
        That the answer earns: all or none.
    seen : str
        What was seen in the answer, never what would have been right; markdown.
    hint : str
        Markdown; empty where none is due.
    error : str
        Why the check itself failed, which is not the student's doing. Such an answer never passes.
    answered : bool
        False: there is no answer yet, not even a wrong one.
    readable : bool
        False: the answer is not one of its kind, such as a number that is no number; `seen` says why.
    """

    passed: bool
    points: int
    seen: str
    hint: str = ""
    error: str = ""
    answered: bool = True
    readable: bool = True

    @property
    def is_attempt(self):
        """Whether it counts as a try: right, or wrong."""
        return self.answered and self.readable and not self.error


def judge(exercise, answer, attempts=0):
    """Judge an answer.

    Parameters
    ----------
    exercise : Exercise
    answer : object
        What came from a page or from a file, as JSON: ``{"text": …}``, ``{"experiment": …}``, ``{"choice": …, "reason": …}``
        or ``{"points": …}``, by the kind of the question; None or an empty one for no answer. It need not be trusted.
    attempts : int
        Wrong answers before this one: the hints go on with them.

    Returns
    -------
    Feedback
        Always; whatever goes wrong is said in it.
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
        if not isinstance(passed, (bool, np.bool_)):
            raise TypeError(f"the verdict is {passed!r:.40}, neither true nor false")
    except (
        Exception
    ) as error:  # of whatever kind: an answer must never pass, nor a page break, by it
        return failed(error)
    hint = (
        ""
        if passed or not exercise.hints
        else exercise.hints[min(max(attempts, 0), len(exercise.hints) - 1)]
    )
    return Feedback(bool(passed), exercise.points if passed else 0, capital(seen), hint)


def failed(error: Exception) -> Feedback:
    """What is said if a check itself raises an error: the answer neither passes nor counts as wrong."""
    cause = (
        f"{error}" if isinstance(error, NeurolabError) else f"{type(error).__name__}: {error}"[:200]
    )
    return Feedback(
        False,
        0,
        "",
        error=f"This answer could not be checked ({cause}). It does not count as wrong.",
    )
