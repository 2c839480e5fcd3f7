"""What a variable of a notebook holds, read as an answer: a text, a number, a quantity, a list, an array, a network."""

import json
import math
import re
from string import ascii_lowercase
from typing import Any

import numpy as np

from ...errors import NeurolabError, ParseError, UnitsError
from ...experiment.experiment import Experiment
from ...experiment.typed_values import parse_number
from ...experiment.validate import state_unit
from ...exports.link import from_link
from ...units import Quantity, dimension_name, dimension_of, unit
from .choice import Choice
from .code import Code
from .number import Number
from .prediction import Prediction
from .shows import Shows

_MOST_ITEMS = 5000


def answer_from_python(question: Any, start: Experiment | None, value: object) -> dict | None:
    """Read what a student's variable holds as an answer to a question.

    Whatever can have only one meaning is taken: ``'8,21 mV'``, ``8210*uV``, ``8.21``, an array of one number; for a
    list of spike times ``[3, 4, 9]``, a tuple, an array, quantities or a text; for a choice ``'b'``, ``('b', 'a')``,
    ``['B)', 'a']``, ``'ba'`` or ``'b, a'``; for a network an experiment, a lab, or the text of a link.

    Parameters
    ----------
    question : Number, Shows, Choice, Prediction or Code
    start : Experiment or None
        What the exercise starts with.
    value : object
        It need not be trusted.

    Returns
    -------
    dict or None
        The answer as `neurolab.exercises.judging.judge` takes it; None where nothing is answered.

    Raises
    ------
    NeurolabError
        It cannot be read; the message says what it is and what is expected. Never another exception.
    """
    try:
        if _is_nothing(value):
            return None
        answer = _READERS[type(question)](question, start, value)
        return json.loads(
            json.dumps(answer)
        )  # plain values alone: a student's class may only look like one
    except NeurolabError:
        raise
    except Exception:  # a value of a student's own class may fail in any way
        raise _unreadable(value, "a text or a number") from None


def _is_nothing(value: object) -> bool:
    if value is None or value is ...:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, np.ndarray):
        return value.size == 0
    return isinstance(value, (list, tuple, dict, set)) and not value


def _number(question: Number, start: Experiment | None, value: object) -> dict:
    value = _single(value)
    wanted = f"a number in {question.unit}" if question.unit else "a number"
    if isinstance(value, str):
        return {"text": value}
    return {"text": _number_text(value, question.unit, wanted)}


def _number_text(value: object, unit_name: str, wanted: str) -> str:
    """A number, a quantity or a text as text, in the unit; what has no unit is meant in it."""
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
    if not math.isfinite(value):
        raise ParseError(
            f"The answer is {value}, which is not a finite number.", mend=f"Answer with {wanted}."
        )
    return repr(float(value)) if abs(value) > 2**53 or value != int(value) else str(int(value))


def _single(value: object) -> object:
    """The value in a list, tuple or array of one."""
    while (
        isinstance(value, (list, tuple, np.ndarray, Quantity))
        and np.ndim(value)
        and len(value) == 1
    ):
        value = value[0]
    return value.item() if isinstance(value, np.ndarray) and not np.ndim(value) else value


def _choice(question: Choice, start: Experiment | None, value: object) -> dict:
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
    """The letters of a text such as ``'b'``, ``'B)'``, ``'(b, a)'``, ``'ba'`` or ``'b because a'``."""
    words = re.findall(r"[^\W\d_]+", text.lower().replace("because", " ").replace("and", " "))
    rest = re.sub(r"[^\W\d_]|[\s,;.:()\[\]'\"/+&-]", "", text)
    letters = (
        words
        if all(len(word) == 1 for word in words)
        else list(words[0])
        if len(words) == 1
        else []
    )
    if (
        rest
        or not letters
        or len(letters) > 2
        or any(letter not in ascii_lowercase for letter in letters)
    ):
        raise _unreadable(value, wanted)
    return letters


def _code(question: Code, start: Experiment | None, value: object) -> dict:
    if isinstance(value, str):
        return {"text": value}
    if question.what != "spikes":
        if isinstance(value, (list, tuple)) and all(isinstance(line, str) for line in value):
            return {"text": "\n".join(value)}
        raise _unreadable(value, f"a text with the {question.what}, in quotes")
    wanted = "spike times in ms, such as '1, 4' or [1, 4]"
    times = [_number_text(item, "ms", wanted) for item in _items(value, wanted)]
    return {"text": "; ".join(times)}


def _prediction(question: Prediction, start: Experiment, value: object) -> dict:
    name = state_unit(start, start.group(question.trace.group), question.trace.state)
    wanted = f"points (time in ms, value in {name}), such as [({question.after:g}, 0), ({start.duration:g}, 2)]"
    if isinstance(value, dict):
        value = list(value.items())
    points = [_items(point, wanted) for point in _items(value, wanted)]
    if len(points) == 2 and len(points[0]) == len(points[1]) > 2:
        points = list(zip(*points))  # times, and values
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


def _network(question: Shows, start: Experiment | None, value: object) -> dict:
    if isinstance(value, str):
        value = from_link(value.strip().rpartition("#lab=")[2])
    else:
        value = value if isinstance(value, Experiment) else getattr(value, "experiment", value)
    if not isinstance(value, Experiment):
        raise _unreadable(value, "the text that “Copy link” gives, in quotes")
    return {"experiment": value.to_dict()}


def _items(value: object, wanted: str) -> list:
    """The items of a list, a tuple, a set of numbers, or an array; of a single value, the value."""
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


_READERS = {Number: _number, Choice: _choice, Code: _code, Prediction: _prediction, Shows: _network}
