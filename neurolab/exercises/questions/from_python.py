"""Reading of a Python value as an answer: a text, a number, a list, an array, a network."""

import json
import math
import re
from string import ascii_lowercase
from typing import Any

import numpy as np

from ...errors import NeurolabError, ParseError, UnitsError
from ...experiment.checked import state_unit
from ...experiment.experiment import Experiment
from ...experiment.typed_values import parse_number
from ...exports.link import from_link
from ...units import Quantity, dimension_name, dimension_of, unit
from .choice import Choice
from .code import Code
from .number import Number
from .prediction import Prediction
from .question import Question, network_of

_MOST_ITEMS = 5000


def answer_from_python(
    question: Question[Any], start: Experiment | None, value: object
) -> dict[str, Any] | None:
    """Read a student's value as an answer to a question.

    A value with only one meaning is accepted: for a number ``'8,21 mV'``, ``8210*uV``, ``8.21`` or
    an array of one number; for spike times ``[3, 4, 9]``, a tuple, an array, quantities or a text;
    for a choice ``'b'``, ``('b', 'a')``, ``['B)', 'a']``, ``'ba'`` or ``'b, a'``; for a network an
    experiment, a lab, or the text of a link.

    Parameters
    ----------
    question : Question
    start : Experiment or None
        The network with which the exercise starts.
    value : object
        It need not be trusted.

    Returns
    -------
    dict or None
        The answer in the form that `neurolab.exercises.judging.judge` takes; None for no answer.

    Raises
    ------
    NeurolabError
        It cannot be read; the message says what it is and what is expected. No other exception is
        raised.

    Examples
    --------
    >>> answer_from_python(Choice(("yes", "no"), right=0), None, "B)")
    {'choice': 1}
    """
    try:
        if _is_nothing(value):
            return None
        answer = _answer(question, start, value)
        # Only plain values: an object of a student's class may pretend to be one.
        plain: dict[str, Any] = json.loads(json.dumps(answer))
        return plain
    except NeurolabError:
        raise
    except Exception:  # an object of a student's class may fail in any way
        raise _unreadable(value, "a text or a number") from None


def _answer(question: Question[Any], start: Experiment | None, value: object) -> dict[str, Any]:
    match question:
        case Number():
            return _number(question, value)
        case Choice():
            return _choice(question, value)
        case Code():
            return _code(question, value)
        case Prediction():
            return _prediction(question, network_of(start), value)
        case _:
            return _network(value)


def _is_nothing(value: object) -> bool:
    if value is None or value is ...:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, np.ndarray):
        return value.size == 0
    return isinstance(value, (list, tuple, dict, set)) and not value


def _number(question: Number, value: object) -> dict[str, Any]:
    value = _single(value)
    wanted = f"a number in {question.unit}" if question.unit else "a number"
    if isinstance(value, str):
        return {"text": value}
    return {"text": _number_text(value, question.unit, wanted)}


def _number_text(value: object, unit_name: str, wanted: str) -> str:
    """Write a number, a quantity or a text as text, in the unit that a bare number is meant in."""
    value = _single(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Quantity):
        factor, dimension = unit(unit_name)
        if dimension_of(value) != dimension:
            raise UnitsError(
                f"The answer is a value in {dimension_name(dimension_of(value))}.",
                mend=f"Answer with {wanted}.",
            )
        value = float(f"{float(value) / factor:.15g}")
    elif hasattr(value, "magnitude") and hasattr(value, "units"):
        return f"{float(value.magnitude)!r} {value.units:~}"  # a quantity of another registry
    if (
        isinstance(value, (bool, np.bool_))
        or not isinstance(value, (int, float, np.number))
        or isinstance(value, complex)
    ):
        raise _unreadable(value, wanted)
    number = float(value)
    if not math.isfinite(number):
        raise ParseError(
            f"The answer is {value}, which is not a finite number.", mend=f"Answer with {wanted}."
        )
    is_whole = abs(number) <= 2**53 and number == int(number)
    return str(int(number)) if is_whole else repr(number)


def _single(value: object) -> object:
    """Return the value in a list, tuple or array of one."""
    while (
        isinstance(value, (list, tuple, np.ndarray, Quantity))
        and np.ndim(value)
        and len(value) == 1
    ):
        value = value[0]
    return value.item() if isinstance(value, np.ndarray) and not np.ndim(value) else value


def _choice(question: Choice, value: object) -> dict[str, Any]:
    parts = ("choice", "reason") if question.reasons else ("choice",)
    wanted = "two letters, such as ('b', 'a')" if question.reasons else "one letter, such as 'b'"
    if isinstance(value, dict):
        value = [value.get(part) for part in parts if value.get(part) is not None]
    items = [value] if isinstance(value, str) else _items(value, wanted)
    if not all(isinstance(item, str) for item in items):
        raise _unreadable(value, wanted)
    letters = [letter for item in items for letter in _letters(item, value, wanted)]
    if len(letters) > len(parts):
        raise ParseError(f"The answer has {len(letters)} letters.", mend=f"Answer with {wanted}.")
    places = {}
    for part, letter, options in zip(parts, letters, (question.options, question.reasons)):
        places[part] = ascii_lowercase.index(letter)
        if places[part] >= len(options):
            raise ParseError(
                f"'{letter}' is not one of the letters a to {ascii_lowercase[len(options) - 1]}.",
                mend=f"Answer with {wanted}.",
            )
    return places


def _letters(text: str, value: object, wanted: str) -> list[str]:
    """Return the letters of a text such as ``'b'``, ``'B)'``, ``'(b, a)'`` or ``'b because a'``."""
    words = re.findall(r"[^\W\d_]+", text.lower().replace("because", " ").replace("and", " "))
    rest = re.sub(r"[^\W\d_]|[\s,;.:()\[\]'\"/+&-]", "", text)
    letters: list[str] = []
    if all(len(word) == 1 for word in words):
        letters = words
    elif len(words) == 1:
        letters = list(words[0])
    if (
        rest
        or not letters
        or len(letters) > 2
        or any(letter not in ascii_lowercase for letter in letters)
    ):
        raise _unreadable(value, wanted)
    return letters


def _code(question: Code, value: object) -> dict[str, Any]:
    if isinstance(value, str):
        return {"text": value}
    if question.what != "spikes":
        if isinstance(value, (list, tuple)) and all(isinstance(line, str) for line in value):
            return {"text": "\n".join(value)}
        raise _unreadable(value, f"a text with the {question.what}, in quotes")
    wanted = "spike times in ms, such as '1, 4' or [1, 4]"
    times = [_number_text(item, "ms", wanted) for item in _items(value, wanted)]
    return {"text": "; ".join(times)}


def _prediction(question: Prediction, start: Experiment, value: object) -> dict[str, Any]:
    name = state_unit(start, start.neurons_of(question.trace.group), question.trace.state)
    wanted = (
        f"points (time in ms, value in {name}), "
        f"such as [({question.after:g}, 0), ({start.duration:g}, 2)]"
    )
    if isinstance(value, dict):
        value = list(value.items())
    points = [_items(point, wanted) for point in _items(value, wanted)]
    if len(points) == 2 and len(points[0]) == len(points[1]) > 2:
        points = [list(point) for point in zip(*points)]  # a list of times and one of values
    if not all(len(point) == 2 for point in points):
        raise _unreadable(value, wanted)
    factor = unit(name)[0]
    return {
        "points": [
            [
                parse_number(_number_text(time, "ms", wanted), "ms"),
                parse_number(_number_text(level, name, wanted), name) * factor,
            ]
            for time, level in points
        ]
    }


def _network(value: object) -> dict[str, Any]:
    if isinstance(value, str):
        value = from_link(value.strip().rpartition("#lab=")[2])
    else:
        value = value if isinstance(value, Experiment) else getattr(value, "experiment", value)
    if not isinstance(value, Experiment):
        raise _unreadable(value, "the text that “Copy link” gives, in quotes")
    return {"experiment": value.to_dict()}


def _items(value: object, wanted: str) -> list[Any]:
    """Return the items of a list, a tuple, a set or an array, or a single value as a list."""
    if (
        isinstance(value, (str, Quantity))
        and np.ndim(value) == 0
        or isinstance(value, (int, float, np.number))
    ):
        return [value]
    if not isinstance(value, (list, tuple, set, frozenset, range, Quantity, np.ndarray)):
        raise _unreadable(value, wanted)
    if len(value) > _MOST_ITEMS:
        raise ParseError(f"The answer has {len(value):,} items.", mend=f"Answer with {wanted}.")
    return list(value)


def _unreadable(value: object, wanted: str) -> ParseError:
    kind = {"str": "text"}.get(type(value).__name__, type(value).__name__)
    return ParseError(f"The answer is a {kind} that cannot be read.", mend=f"Answer with {wanted}.")
