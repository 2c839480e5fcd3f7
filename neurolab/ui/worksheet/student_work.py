"""A student's work on a worksheet: answers, feedback, and what the lab was changed to."""

import json
from dataclasses import replace

from ...errors import ParseError
from ...exercises.handin import HandIn, total
from ...exercises.judging import Feedback, judge
from ...exercises.questions import Answer, Number
from ...exercises.worksheet import Exercise, Worksheet
from ...experiment.experiment import Experiment
from ...experiment.wellformed import read_json


class Work:
    """The work on a worksheet, without widgets.

    Parameters
    ----------
    worksheet : Worksheet

    Attributes
    ----------
    worksheet : Worksheet
    handin : HandIn
        The answers so far.
    feedback : dict
        Name of an exercise → feedback to the last answer.
    drafts : dict
        Name of an exercise → the experiment in the lab.

    Examples
    --------
    >>> from neurolab.exercises.loading import load
    >>> work = Work(load("connection"))
    >>> exercise = work.worksheet.exercises[0]
    >>> feedback = work.judge(exercise, exercise.solution)
    >>> feedback.passed, feedback.points == exercise.points
    (True, True)
    """

    def __init__(self, worksheet: Worksheet) -> None:
        self.worksheet = worksheet
        self.handin = HandIn(worksheet.name, worksheet.seed)
        self.feedback: dict[str, Feedback] = {}
        self.drafts: dict[str, Experiment] = {}

    def judge(self, exercise: Exercise, answer: Answer | None) -> Feedback:
        """Judge an answer and record it; a wrong one gives one more hint.

        Returns
        -------
        Feedback
        """
        feedback = judge(exercise, answer, self.handin.attempts.get(exercise.name, 0))
        if not feedback.answered:
            return feedback
        self.handin = self.handin.answered(exercise.name, answer, feedback)
        if self.is_shown(exercise):
            feedback = replace(feedback, points=0)
        self.feedback[exercise.name] = feedback
        if feedback.is_attempt and not feedback.passed:
            self.add_hint(exercise)
        return feedback

    def is_solved(self, exercise: Exercise) -> bool:
        """Return whether the last answer was right."""
        feedback = self.feedback.get(exercise.name)
        return feedback is not None and feedback.passed

    def is_shown(self, exercise: Exercise) -> bool:
        """Return whether the solution was shown."""
        return exercise.name in self.handin.shown

    def has_lab(self, exercise: Exercise) -> bool:
        """Return whether the lab is shown with an exercise.

        The lab would show the answer to a question for a number; it opens after the answer.
        """
        if exercise.start is None:
            return False
        if not isinstance(exercise.question, Number):
            return True
        return self.is_shown(exercise) or self.is_solved(exercise)

    def hints(self, exercise: Exercise) -> int:
        """Return the number of hints that were shown."""
        return self.handin.hints.get(exercise.name, 0)

    def add_hint(self, exercise: Exercise) -> None:
        """Show one more hint, if there is one."""
        count = min(self.hints(exercise) + 1, len(exercise.hints))
        self.handin = self.handin.with_hints(exercise.name, count)

    def take_over(self, handin: HandIn) -> None:
        """Continue with answers that were given before.

        Raises
        ------
        ParseError
            They are the answers to another worksheet, or to another variant.
        """
        sheet = self.worksheet
        if (handin.worksheet, handin.seed) != (sheet.name, sheet.seed):
            raise _other_worksheet(handin, sheet)
        self.handin = handin
        feedback = total(sheet, handin.answers, handin.shown).feedback
        self.feedback = {name: said for name, said in feedback.items() if said.answered}
        self.drafts = {
            name: Experiment.from_dict(answer["experiment"])
            for name, answer in handin.answers.items()
            if name in self.feedback and self.feedback[name].readable and "experiment" in answer
        }

    def to_json(self, place: int) -> str:
        """Write a text for the browser's memory, with the index of the exercise on the page."""
        drafts = {name: draft.to_dict() for name, draft in self.drafts.items()}
        return json.dumps({"place": place, "handin": self.handin.to_json(), "drafts": drafts})

    def recall(self, text: str) -> int:
        """Read the text that `to_json` wrote, and return the index in it.

        Raises
        ------
        NeurolabError, ValueError, TypeError, KeyError, AttributeError, RecursionError
            The text is damaged, or something else.
        """
        kept = read_json(text)
        if not isinstance(kept, dict):
            raise TypeError("the text is not an object")
        self.take_over(HandIn.from_json(kept["handin"]))
        self.drafts |= {name: Experiment.from_dict(draft) for name, draft in kept["drafts"].items()}
        place = kept["place"]
        is_index = type(place) is int and 0 <= place < len(self.worksheet.exercises)
        return place if is_index else 0


def _other_worksheet(handin: HandIn, sheet: Worksheet) -> ParseError:
    """Return the error about the answers to another worksheet or variant."""
    theirs = "" if handin.seed is None else f", variant {handin.seed}"
    ours = "" if sheet.seed is None else f", variant {sheet.seed}"
    return ParseError(
        f"these are answers to the worksheet '{handin.worksheet}'{theirs}",
        where="answers",
        mend=f"This page is '{sheet.name}'{ours}.",
    )
