"""Worksheets on paper: to print with room for answers, with a student's answers, or with the model solutions."""

import html
import math
from functools import singledispatch
from pathlib import Path

import numpy as np

from ..lab.comparison import differences
from ..lab.experiment import Experiment
from ..lab.validate import state_unit
from ..units import unit
from .judging import judge
from .prose import line_html, prose_html
from .questions import Choice, Code, Number, Prediction, Shows
from .runs import run

_STYLE = Path(__file__).with_name("paper.css")
_WIDTH, _HEIGHT = 520, 150  # of a picture, in px


def worksheet_html(worksheet, solutions=False):
    """A worksheet as a page of its own.

    Parameters
    ----------
    worksheet : Worksheet
    solutions : bool
        Write the model solutions with their explanations in place of the room for answers.

    Returns
    -------
    str
        A whole HTML document that needs nothing else.
    """
    kind = "Answers" if solutions else "Name: ______________________________"
    write = _solution if solutions else _room
    parts = [_exercise(place, exercise, write(exercise)) for place, exercise in enumerate(worksheet.exercises, 1)]
    return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(worksheet.title)}</title>'
            f"<style>{_STYLE.read_text()}</style></head><body>{_head(worksheet, kind)}{''.join(parts)}</body></html>\n")


def answers_html(worksheet, answers):
    """A worksheet with a student's answers and what they earn, as a part of a page.

    Parameters
    ----------
    worksheet : Worksheet
    answers : mapping
        Name of an exercise → the answer, as JSON.
    """
    parts = []
    for place, exercise in enumerate(worksheet.exercises, 1):
        answer = answers.get(exercise.name)
        said = judge(exercise, answer)
        if not said.answered:
            given = "<p>No answer.</p>"
        elif said.readable and not said.error:
            given = _said(exercise.question, answer, exercise.start)
        else:
            given = f"<p>{html.escape(said.error or said.seen)}</p>"
        parts.append(_exercise(place, exercise, f"{given}<p><b>{said.points} of {exercise.points} points.</b></p>"))
    return f'<style media="print">{_STYLE.read_text()}</style>{_head(worksheet, "")}{"".join(parts)}'


def _head(worksheet, kind):
    seed = "" if worksheet.seed is None else f" · variant {worksheet.seed}"
    goals = "".join(f"<li>{line_html(goal)}</li>" for goal in worksheet.goals)
    return (f"<header><h1>{html.escape(worksheet.title)}</h1><p>{html.escape(kind)}</p><p>{worksheet.points} points · about "
            f"{worksheet.minutes} minutes{seed}</p><ul>{goals}</ul></header>")


def _exercise(place, exercise, below):
    points = f"{exercise.points} point{'s' if exercise.points != 1 else ''}"
    return (f'<section class="paper-exercise"><h2>{place}. {line_html(exercise.title)} <small>{points}</small></h2>'
            f"{prose_html(exercise.prompt)}{below}</section>")


def _room(exercise):
    """Where to write on paper."""
    question = exercise.question
    if isinstance(question, Number):
        return f'<p class="paper-line">Answer: ____________________ {html.escape(question.unit)}</p>'
    if isinstance(question, Choice):
        return _boxes(question, None, None)
    if isinstance(question, Prediction):
        return _picture(exercise.start, question.trace, question.after)
    asked = "What did you change in the lab, and what did it show?"
    if isinstance(question, Code):
        asked = f"The {question.what} so far:</p><pre>{html.escape(question.piece(exercise.start))}</pre><p>Yours:"
    return f'<p>{asked}</p><div class="paper-room"></div>'


def _solution(exercise):
    words = _said(exercise.question, exercise.solution, exercise.start)
    return f'<div class="paper-solution">{words}{prose_html(exercise.explanation)}</div>'


@singledispatch
def _said(question, answer, start):
    """An answer for a reader."""
    return f"<pre>{html.escape(answer['text'])}</pre>"


@_said.register
def _(question: Choice, answer, start):
    return _boxes(question, answer.get("choice"), answer.get("reason"))


@_said.register
def _(question: Prediction, answer, start):
    return _picture(start, question.trace, question.after, answer.get("points"))


@_said.register
def _(question: Shows, answer, start):
    changed = differences(start, Experiment.from_dict(answer["experiment"]))
    rows = "".join(f"<tr><td>{html.escape(what)}</td><td>{html.escape(before)} → {html.escape(after)}</td></tr>"
                   for what, before, after in changed)
    return f"<table>{rows}</table>"


def _boxes(question, choice, reason):
    def listed(texts, chosen):
        return "".join(f"<li>{'☒' if place == chosen else '☐'} {line_html(text)}</li>" for place, text in enumerate(texts))

    because = f"<p>because</p><ul>{listed(question.reasons, reason)}</ul>" if question.reasons else ""
    return f'<div class="paper-boxes"><ul>{listed(question.options, choice)}</ul>{because}</div>'


def _picture(start, curve, after, points=()):
    """Axes with the trace as far as it is shown, and what was drawn."""
    result = run(start)
    name = state_unit(start, start.group(curve.group), curve.state)
    trace = result.trace(curve.group, curve.state)[curve.neuron] / unit(name)[0]
    times, low, high = result.times * 1e3, -_round_above(-trace.min()), _round_above(trace.max()) or 1.0
    shown = times <= after + 1e-9

    def line(along, up, css_class):
        x = 40 + (np.asarray(along) / start.duration) * (_WIDTH - 50)
        y = 10 + (high - np.clip(up, low, high)) / (high - low) * (_HEIGHT - 40)
        return f'<polyline class="{css_class}" points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y))}"/>'

    drawn = np.array(points, dtype=float).reshape(-1, 2)
    return (f'<svg class="paper-picture" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" role="img" aria-label="axes">'
            + line([0, 0, start.duration], [high, low, low], "axis") + line([0, start.duration], [0, 0], "zero")
            + line(times[shown], trace[shown], "trace")
            + (line(drawn[:, 0], drawn[:, 1] / unit(name)[0], "drawn") if len(drawn) else "")
            + f'<text x="2" y="16">{high:.3g}</text><text x="2" y="{_HEIGHT - 28}">{low:.3g}</text>'
            f'<text x="{_WIDTH - 60}" y="{_HEIGHT - 8}">{start.duration:g} ms</text>'
            f'<text x="44" y="20">{html.escape(f"{curve.state} ({name})")}</text></svg>')


def _round_above(value):
    """A round number from which the highest point of the trace cannot be read off; 0 for what is not above 0."""
    if value <= 0:
        return 0.0
    decade = 10.0 ** math.floor(math.log10(value))
    return next(factor * decade for factor in (2, 5, 10, 20) if factor * decade > 1.05 * value)
