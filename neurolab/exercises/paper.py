"""Worksheets on paper: to print with room for answers, with a student's answers, or with the model solutions."""

import html
import math
from functools import singledispatch
from pathlib import Path

import numpy as np

from ..experiment.experiment import Experiment
from ..experiment.validate import state_unit
from ..explain.comparison import differences
from ..units import unit
from .judging import judge
from .prose import line_html, prose_html
from .questions import Choice, Code, Number, Prediction, Shows
from .runs import run
from .starts import nearest_preset

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
    command = f"neurolab worksheet {worksheet.name}" + (
        "" if worksheet.seed is None else f" --seed {worksheet.seed}"
    )
    write = _solution if solutions else lambda exercise: _room(exercise, command)
    parts = [
        _exercise(place, exercise, write(exercise))
        for place, exercise in enumerate(worksheet.exercises, 1)
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(worksheet.title)}</title>'
        f"<style>{_STYLE.read_text()}</style></head><body>{_head(worksheet, kind)}{''.join(parts)}</body></html>\n"
    )


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
        parts.append(
            _exercise(
                place, exercise, f"{given}<p><b>{said.points} of {exercise.points} points.</b></p>"
            )
        )
    return (
        f'<style media="print">{_STYLE.read_text()}</style>{_head(worksheet, "")}{"".join(parts)}'
    )


def _head(worksheet, kind):
    seed = "" if worksheet.seed is None else f" · variant {worksheet.seed}"
    goals = "".join(f"<li>{line_html(goal)}</li>" for goal in worksheet.goals)
    return (
        f"<header><h1>{html.escape(worksheet.title)}</h1><p>{html.escape(kind)}</p><p>{worksheet.points} points · about "
        f"{worksheet.minutes} minutes{seed}</p><ul>{goals}</ul></header>"
    )


def _exercise(place, exercise, below):
    points = f"{exercise.points} point{'s' if exercise.points != 1 else ''}"
    return (
        f'<section class="paper-exercise"><h2>{place}. {line_html(exercise.title)} <small>{points}</small></h2>'
        f"{prose_html(exercise.prompt)}{below}</section>"
    )


def _room(exercise, command):
    """Where to write on paper; `command` opens the worksheet in the lab."""
    question = exercise.question
    if isinstance(question, Number):
        return (
            f'<p class="paper-line">Answer: ____________________ {html.escape(question.unit)}</p>'
        )
    if isinstance(question, Choice):
        return _boxes(question, None, None)
    if isinstance(question, Prediction):
        return _picture(exercise.start, question.trace, question.after)
    asked = "What did you change in the lab, and what did it show?"
    if isinstance(question, Code):
        asked = f"The {question.what} so far:</p><pre>{html.escape(question.piece(exercise.start))}</pre><p>Yours:"
    return (
        f'<p>{_beginning(exercise.start, command)}</p><p>{asked}</p><div class="paper-room"></div>'
    )


def _beginning(start, command):
    """How to get the lab to where an exercise starts."""
    preset, changed = nearest_preset(start)
    if preset is None:
        return f"Begin with the network that <code>{html.escape(command)}</code> opens for this exercise."
    values = html.escape("; ".join(f"{what}: {after}" for what, _, after in changed))
    return f"Begin in the lab with <i>{html.escape(preset.title)}</i>" + (
        f", and set {values}." if changed else "."
    )


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
    rows = "".join(
        f"<tr><td>{html.escape(what)}</td><td>{html.escape(before)} → {html.escape(after)}</td></tr>"
        for what, before, after in changed
    )
    return f"<table>{rows}</table>"


def _boxes(question, choice, reason):
    def listed(texts, chosen):
        return "".join(
            f"<li>{'☒' if place == chosen else '☐'} {line_html(text)}</li>"
            for place, text in enumerate(texts)
        )

    because = (
        f"<p>because</p><ul>{listed(question.reasons, reason)}</ul>" if question.reasons else ""
    )
    return f'<div class="paper-boxes"><ul>{listed(question.options, choice)}</ul>{because}</div>'


def _picture(start, curve, after, points=()):
    """Axes with the trace as far as it is shown, and what was drawn."""
    result = run(start)
    name = state_unit(start, start.group(curve.group), curve.state)
    trace = result.trace(curve.group, curve.state)[curve.neuron] / unit(name)[0]
    times, low, high = (
        result.times * 1e3,
        0.0 - _round_above(-trace.min()),
        _round_above(trace.max()) or 1.0,
    )
    shown = times <= after + 1e-9

    def x(along):
        return 40 + np.asarray(along) / start.duration * (_WIDTH - 50)

    def y(up):
        return 20 + (high - np.clip(up, low, high)) / (high - low) * (_HEIGHT - 40)

    def line(along, up, css_class):
        return f'<polyline class="{css_class}" points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x(along), y(up)))}"/>'

    drawn = np.array(points, dtype=float).reshape(-1, 2)
    columns, rows = _marks(0, start.duration), _marks(low, high)
    grid = [line([time, time], [low, high], "grid") for time in columns] + [
        line([0, start.duration], [value, value], "grid") for value in rows
    ]
    return (
        f'<svg class="paper-picture" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" role="img" aria-label="axes">'
        + "".join(grid)
        + line([0, 0, start.duration], [high, low, low], "axis")
        + line(times[shown], trace[shown], "trace")
        + (line(drawn[:, 0], drawn[:, 1] / unit(name)[0], "drawn") if len(drawn) else "")
        + "".join(
            f'<text class="up" x="36" y="{y(value) + 3:.1f}">{value:.4g}</text>' for value in rows
        )
        + "".join(
            f'<text class="along" x="{x(time):.1f}" y="{_HEIGHT - 6}">{time:.4g}</text>'
            for time in columns
        )
        + f'<text x="40" y="10">{html.escape(f"{curve.state} ({name}), t (ms)")}</text></svg>'
    )


def _marks(low, high):
    """Round numbers from `low` to `high`, five to eleven of them."""
    decade = 10.0 ** math.floor(math.log10((high - low) / 5))
    step = next(
        factor * decade for factor in (5, 2, 1) if factor * decade <= (high - low) / 4 * (1 + 1e-9)
    )
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [place * step for place in range(first, last + 1)]


def _round_above(value):
    """A round number from which the highest point of the trace cannot be read off; 0 for what is not above 0."""
    if value <= 0:
        return 0.0
    decade = 10.0 ** math.floor(math.log10(value))
    return next(factor * decade for factor in (2, 5, 10, 20) if factor * decade > 1.05 * value)
