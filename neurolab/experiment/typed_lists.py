"""Typed lists of spike times and of neurons, by the same grammar of numbers as single values.

`neurolab.experiment.list_items` describes how the items of a list are separated.
"""

import math
from collections.abc import Iterable
from typing import NoReturn

from ..characters import visible
from ..errors import (
    LimitError,
    NeurolabError,
    ParseError,
    RangeError,
    UndefinedNameError,
    UnitsError,
)
from ..grid import Ms
from .list_items import split_list
from .numerals import LARGEST
from .typed_values import check_units, format_number, parse_number, parse_whole

MAX_SPIKES = 500


def parse_times(text: str) -> tuple[Ms, ...]:
    """Read a list of spike times.

    Parameters
    ----------
    text : str
        ``'1, 4'``, ``'1 ms, 4ms'``, ``'10:50:10'`` (from 10 to 50 in steps of 10).

    Returns
    -------
    tuple of float
        In order of time, without duplicates.

    Raises
    ------
    ParseError, RangeError, LimitError, UnitsError, UnknownNameError

    Examples
    --------
    >>> parse_times("4 ms, 1 ms, 10:30:10")
    (1.0, 4.0, 10.0, 20.0, 30.0)
    """
    times: list[Ms] = []
    items = split_list(text, "time")
    check_units(text, items, "ms", ", ")
    for item in items:
        times += _range(item) if ":" in item else [_time(item)]
        if len(times) > MAX_SPIKES:
            raise LimitError(f"There are more than {MAX_SPIKES} spikes.", mend="Write fewer times.")
    return tuple(sorted(set(times)))


def format_times(times: Iterable[Ms]) -> str:
    """Write spike times as text, in order; `parse_times` reads it back.

    Examples
    --------
    >>> format_times((4.0, 1.5))
    '1.5, 4'
    """
    return ", ".join(format_number(time) for time in sorted(set(times)))


def parse_neurons(text: str, size: int, most: int) -> tuple[int, ...]:
    """Read a list of neurons.

    Parameters
    ----------
    text : str
        ``'0, 3, 10:12'``; ``10:12`` is 10, 11, 12.
    size : int
        The neurons have the numbers 0 … size - 1.
    most : int
        The largest number of neurons.

    Returns
    -------
    tuple of int
        In the order given, without duplicates.

    Raises
    ------
    ParseError, RangeError, LimitError, UnitsError

    Examples
    --------
    >>> parse_neurons("0, 3, 10:12", size=100, most=6)
    (0, 3, 10, 11, 12)
    """
    neurons: list[int] = []
    for item in split_list(text, "neuron", whole=True):
        first, last = _neuron_range(item)
        if last >= size:
            raise RangeError(
                f"There is no trace of neuron {last}.",
                mend=f"Write neurons from 0 to {size - 1}.",
            )
        if len(neurons) + last - first + 1 > most:
            raise LimitError(
                f"These are more than {most} neurons.",
                mend="Write fewer, so that the curves can be told apart.",
            )
        neurons += range(first, last + 1)
    if not neurons:
        raise ParseError("No neuron is named.", mend="Write numbers such as 0, 1, 5.")
    return tuple(dict.fromkeys(neurons))


def _neuron_range(item: str) -> tuple[int, int]:
    """Return the first and the last neuron of an item such as ``10:12`` or ``3``."""
    ends = [_neuron(part, item) for part in item.split(":")]
    if len(ends) > 2:
        raise ParseError(
            f"'{visible(item, 30)}' is not a range of neurons.",
            mend="Write first:last, such as 10:12.",
        )
    if ends[-1] < ends[0]:
        raise RangeError(
            f"'{visible(item, 30)}' goes nowhere.", mend="Write first:last, such as 10:12."
        )
    return ends[0], ends[-1]


def _time(item: str) -> Ms:
    try:
        value = parse_number(item, "ms", "time")
    except NeurolabError as error:
        if (
            isinstance(error, (UndefinedNameError, UnitsError, RangeError))
            or "can mean" in error.problem
        ):
            raise
        raise ParseError(
            f"'{visible(item, 30)}' is not a time.", mend="Write a list such as 1, 4."
        ) from None
    if value < 0:
        raise RangeError(
            f"{visible(item, 30)} lies before the start.", mend="Write times from 0 ms on."
        )
    return value


def _range(item: str) -> list[Ms]:
    parts = item.split(":")
    if len(parts) not in (2, 3) or not all(parts):
        raise ParseError(
            f"'{visible(item, 30)}' is not a range.",
            mend="Write first:last:step, such as 10:50:10.",
        )
    first, last = (_time(part) for part in parts[:2])
    step = parse_number(parts[2], "ms", "step") if len(parts) == 3 else 1.0
    if step <= 0 or last < first:
        raise RangeError(
            f"'{visible(item, 30)}' goes nowhere.",
            mend="Write first:last:step with a step above 0, such as 10:50:10.",
        )
    if (last - first) / step > MAX_SPIKES:
        raise LimitError(
            f"'{visible(item, 30)}' has more than {MAX_SPIKES} spikes.", mend="Write a larger step."
        )
    count = math.floor((last - first) / step + 1e-9) + 1
    return [float(f"{first + k * step:.12g}") for k in range(count)]


def _neuron(part: str, item: str) -> int:
    try:
        value = parse_whole(part, "neuron")
    except NeurolabError as error:
        if "can mean" in error.problem:
            raise
        _refuse_neuron(item)
    if not 0 <= value < LARGEST:
        _refuse_neuron(item)
    return value


def _refuse_neuron(item: str) -> NoReturn:
    raise ParseError(
        f"'{visible(item, 30)}' is not a neuron.", mend="Write numbers such as 0, 1, 5."
    ) from None
