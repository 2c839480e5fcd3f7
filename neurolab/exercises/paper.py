"""Worksheets on paper: with room for answers, with a student's answers, or with the solutions."""

import html
from collections.abc import Collection, Mapping, Sequence
from functools import singledispatch
from pathlib import Path

from ..experiment.experiment import Experiment
from ..explain.comparison import differences
from .judging import judge
from .loading import names
from .paper_picture import trace_picture
from .prose import line_html, prose_html
from .questions import Answer, Choice, Code, Number, Prediction, Shows, Text
from .questions.question import network_of
from .starts import nearest_preset
from .worksheet import Exercise, Worksheet

_STYLE = Path(__file__).with_name("paper.css")


def worksheet_html(worksheet: Worksheet, solutions: bool = False) -> str:
    """Write a worksheet as a page of its own.

    Parameters
    ----------
    worksheet : Worksheet
    solutions : bool
        Write the model solutions with their explanations instead of the room for answers.

    Returns
    -------
    str
        A whole HTML document that needs no other file.

    Examples
    --------
    >>> from .loading import load
    >>> worksheet_html(load("connection"))[:15]
    '<!DOCTYPE html>'
    """
    kind = "Answers" if solutions else "Name: ______________________________"
    seed = "" if worksheet.seed is None else f" --seed {worksheet.seed}"
    file = worksheet.name if worksheet.name in names() else f"{worksheet.name}.toml"
    command = f"neurolab worksheet {file}{seed}"
    parts = [
        _exercise(place, exercise, _solution(exercise) if solutions else _room(exercise, command))
        for place, exercise in enumerate(worksheet.exercises, 1)
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{html.escape(worksheet.title)}</title><style>{_STYLE.read_text()}</style></head>"
        f"<body>{_head(worksheet, kind)}{''.join(parts)}</body></html>\n"
    )


def answers_html(
    worksheet: Worksheet, answers: Mapping[str, Answer | None], shown: Collection[str] = ()
) -> str:
    """Write a worksheet with a student's answers and their points, as a part of a page.

    Parameters
    ----------
    worksheet : Worksheet
    answers : mapping
        Name of an exercise → the answer, as JSON.
    shown : collection of str
        Exercises whose solution was shown, which earn no points.

    Returns
    -------
    str
    """
    parts = []
    for place, exercise in enumerate(worksheet.exercises, 1):
        answer = answers.get(exercise.name)
        said = judge(exercise, answer)
        if not answer or not said.answered:
            given = "<p>No answer.</p>"
        elif said.readable and not said.error:
            given = _said(exercise.question, answer, exercise.start)
        else:
            given = f"<p>{html.escape(said.error or said.seen)}</p>"
        points = f"<p><b>{said.points} of {exercise.points} points.</b></p>"
        if said.answered and not said.judged:
            points = f"<p><b>The teacher gives the points, up to {exercise.points}.</b></p>"
        if exercise.name in shown:
            points = f"<p><b>0 of {exercise.points} points: the solution was shown.</b></p>"
        parts.append(_exercise(place, exercise, f"{given}{points}"))
    return (
        f'<style media="print">{_STYLE.read_text()}</style>{_head(worksheet, "")}{"".join(parts)}'
    )


def _head(worksheet: Worksheet, kind: str) -> str:
    seed = "" if worksheet.seed is None else f" · variant {worksheet.seed}"
    goals = "".join(f"<li>{line_html(goal)}</li>" for goal in worksheet.goals)
    return (
        f"<header><h1>{html.escape(worksheet.title)}</h1><p>{html.escape(kind)}</p>"
        f"<p>{worksheet.points} points · about {worksheet.minutes} minutes{seed}</p>"
        f"<ul>{goals}</ul></header>"
    )


def _exercise(place: int, exercise: Exercise, below: str) -> str:
    points = f"{exercise.points} point{'s' if exercise.points != 1 else ''}"
    title = f"<h2>{place}. {line_html(exercise.title)} <small>{points}</small></h2>"
    prompt = prose_html(exercise.prompt)
    return f'<section class="paper-exercise">{title}{prompt}{below}</section>'


def _room(exercise: Exercise, command: str) -> str:
    """Write the room for an answer; `command` opens the worksheet in the lab."""
    question = exercise.question
    if isinstance(question, Number):
        return (
            f'<p class="paper-line">Answer: ____________________ {html.escape(question.unit)}</p>'
        )
    if isinstance(question, Choice):
        return _boxes(question, None, None)
    if isinstance(question, Text):
        return '<div class="paper-room"></div>'
    start = network_of(exercise.start)
    if isinstance(question, Prediction):
        return trace_picture(start, question.trace, question.after)
    asked = "What did you change in the lab, and what did it show?"
    if isinstance(question, Code):
        piece = html.escape(question.piece(start))
        asked = f"The {question.what} so far:</p><pre>{piece}</pre><p>Yours:"
    return f'<p>{_beginning(start, command)}</p><p>{asked}</p><div class="paper-room"></div>'


def _beginning(start: Experiment, command: str) -> str:
    """Describe how to set the lab to the start of an exercise."""
    preset, changed = nearest_preset(start)
    if preset is None:
        opens = f"<code>{html.escape(command)}</code>"
        return f"Begin with the network that {opens} opens for this exercise."
    beginning = f"Begin in the lab with <i>{html.escape(preset.title)}</i>"
    if not changed:
        return f"{beginning}."
    values = html.escape("; ".join(f"{what}: {after}" for what, _, after in changed))
    return f"{beginning}, and set {values}."


def _solution(exercise: Exercise) -> str:
    words = _said(exercise.question, exercise.solution, exercise.start)
    return f'<div class="paper-solution">{words}{prose_html(exercise.explanation)}</div>'


@singledispatch
def _said(question: object, answer: Answer, start: Experiment | None) -> str:
    """Write an answer for a reader."""
    return f"<pre>{html.escape(answer['text'])}</pre>"


@_said.register
def _(question: Choice, answer: Answer, start: Experiment | None) -> str:
    return _boxes(question, answer.get("choice"), answer.get("reason"))


@_said.register
def _(question: Prediction, answer: Answer, start: Experiment) -> str:
    return trace_picture(start, question.trace, question.after, answer["points"])


@_said.register
def _(question: Shows, answer: Answer, start: Experiment) -> str:
    changed = differences(start, Experiment.from_dict(answer["experiment"]))
    rows = "".join(
        f"<tr><td>{html.escape(what)}</td>"
        f"<td>{html.escape(before)} → {html.escape(after)}</td></tr>"
        for what, before, after in changed
    )
    return f"<table>{rows}</table>"


def _boxes(question: Choice, choice: int | None, reason: int | None) -> str:
    def listed(texts: Sequence[str], chosen: int | None) -> str:
        return "".join(
            f"<li>{'☒' if place == chosen else '☐'} {line_html(text)}</li>"
            for place, text in enumerate(texts)
        )

    because = (
        f"<p>because</p><ul>{listed(question.reasons, reason)}</ul>" if question.reasons else ""
    )
    return f'<div class="paper-boxes"><ul>{listed(question.options, choice)}</ul>{because}</div>'
