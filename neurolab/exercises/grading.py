"""Checking answers in a notebook: what a student writes there, read as an answer."""

from string import ascii_lowercase

from ..errors import NeurolabError, ParseError
from ..exports.link import from_link
from ..lab.experiment import Experiment
from ..lab.validate import state_unit
from ..units import Quantity, unit
from .judging import judge
from .loading import load
from .questions import Choice, Prediction, Shows


def start(worksheet, exercise, seed=None):
    """The experiment with which an exercise starts: ``Lab(start('connection', 'fire-twice'))`` opens it."""
    return _exercise(worksheet, exercise, seed).start


def check(worksheet, exercise, answer, seed=None):
    """Judge an answer, and say what is wrong with it.

    Parameters
    ----------
    worksheet, exercise : str
    answer : object
        A text, a number or a quantity; for a choice, the letters, such as ``'b'`` or ``('b', 'a')``; for a prediction, points
        (time in ms, value in the variable's unit); for a network, an Experiment, or the text that the lab's *Copy link* gives.
    seed : int, optional
        The student's variant.

    Raises
    ------
    AssertionError
        It is not right; the message says what was seen.
    NeurolabError
        The check itself failed.
    """
    asked = _exercise(worksheet, exercise, seed)
    try:
        plain = _plain(asked, answer)
    except NeurolabError as error:
        raise AssertionError(f"The answer cannot be read: {error}") from None
    feedback = judge(asked, plain)
    if feedback.error:
        raise NeurolabError(feedback.error, where=f"{worksheet}/{exercise}")
    if not feedback.passed:
        raise AssertionError(f"{feedback.seen} {feedback.hint}".strip())


def _exercise(worksheet, name, seed):
    sheet = load(worksheet, seed)
    found = sheet.exercise(name)
    if found is None:
        raise ParseError(f"there is no exercise '{name}'", where=worksheet,
                         expected=", ".join(exercise.name for exercise in sheet.exercises))
    return found


def _plain(exercise, answer):
    """An answer as it would come from a page."""
    question = exercise.question
    if answer is None or answer is ...:
        return None
    if isinstance(question, Shows):
        experiment = from_link(answer.strip().rpartition("#lab=")[2]) if isinstance(answer, str) else answer
        if not isinstance(experiment, Experiment):
            raise ParseError(f"this is a {type(answer).__name__}", expected="an experiment, or the text of a link")
        return {"experiment": experiment.to_dict()}
    if isinstance(question, Choice):
        given = [answer] if isinstance(answer, str) else list(answer)
        return dict(zip(("choice", "reason"), map(_place, given)))
    if isinstance(question, Prediction):
        curve, first = question.trace, exercise.start
        factor = unit(state_unit(first, first.group(curve.group), curve.state))[0]
        return {"points": [[float(time), float(value) * factor] for time, value in answer]}
    return {"text": f"{answer:~}" if isinstance(answer, Quantity) else str(answer)}


def _place(letter):
    place = ascii_lowercase.find(letter.strip().lower()) if isinstance(letter, str) and letter.strip() else -1
    if place < 0:
        raise ParseError(f"{letter!r:.20} is no letter", expected="such as 'b'")
    return place
