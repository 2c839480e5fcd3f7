"""Answers as they stand in the files of this folder, in the form in which students give them."""

import tomllib
from pathlib import Path

from neurolab.exercises.loading import load, names
from neurolab.exercises.questions import Choice, Code, Number, Prediction, Shows
from neurolab.exercises.starts import edited

GIVEN = {
    name: tomllib.loads(
        (Path(__file__).parent / "answers" / f"{name}.toml").read_text(encoding="utf-8")
    )
    for name in names()
}
EXERCISES = {
    (name, exercise.name): exercise for name in names() for exercise in load(name).exercises
}


def answer_of(exercise, given):
    """The answer: a text, a table of edits, (ms, mV), or (option, reason)."""
    question = exercise.question
    if isinstance(question, (Number, Code)):
        return {"text": given}
    if isinstance(question, Shows):
        return {"experiment": edited(exercise.start, given).to_dict()}
    if isinstance(question, Prediction):
        return {"points": [[time, value * 1e-3] for time, value in given]}
    assert isinstance(question, Choice)
    return {"choice": given[0], "reason": given[1]}


def given_as(kind):
    """All answers of a kind (right, wrong or unreadable): (worksheet, exercise, answer, what is said of it)."""
    for (worksheet, name), exercise in EXERCISES.items():
        for each in GIVEN[worksheet][name].get(kind, []):
            given, seen = (
                (each, "") if kind == "right" else (next(iter(each.values())), each["seen"])
            )
            yield worksheet, name, answer_of(exercise, given), seen
