"""Spike times as programs write them, read into arrays."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from ..array_types import FloatArray, IntArray
from ..errors import NeurolabError, OutOfRangeError, ParseError, RangeError, UnitsError
from ..grid import Seconds
from ..units import SECOND, Quantity, dimension_name, dimension_of, one_array, si_value


def pairs_of(spiketimes: Any) -> tuple[Iterator[Any], bool]:
    """Return an iterator over the pairs (index, time), and whether it might never end."""
    if callable(spiketimes):
        spiketimes = spiketimes()
    if isinstance(spiketimes, tuple) and len(spiketimes) == 2 and all(map(_is_flat, spiketimes)):
        return zip(spiketimes[0], _each(spiketimes[1]), strict=True), False
    try:
        return iter(spiketimes), not hasattr(spiketimes, "__len__")
    except TypeError:
        return iter([spiketimes]), False  # refused in words when it is read


def _is_flat(values: object) -> bool:
    """Return whether a list or array has one dimension, without reading each entry."""
    if isinstance(values, list):
        return not values or not isinstance(values[0], (list, tuple))
    return getattr(values, "ndim", 0) == 1


def _each(times: Any) -> Iterable[Any]:
    """Return the times; an array with a unit becomes SI numbers, not one quantity each."""
    if dimension_of(times) == SECOND and np.ndim(times) == 1:
        return np.asarray(times).tolist()
    return times


def spike_arrays(pairs: Iterable[Any], size: int, where: str) -> tuple[IntArray, FloatArray, bool]:
    """Read pairs: neurons, times in seconds, and whether some times have no unit."""
    pairs = list(pairs)
    fast = _plain_pairs(pairs, where)
    if fast is not None:
        _check(*fast, size, where)
        is_bare = not isinstance(pairs[0][1], Quantity) and bool(fast[1].any())
        return fast[0].astype(int), fast[1], is_bare
    indices: list[float] = []
    times: list[Seconds] = []
    bare = False
    try:
        for index, time in pairs:
            bare = bare or not isinstance(time, Quantity) and bool(time)
            for one in np.atleast_1d(index):
                indices.append(float(one))
                times.append(_seconds(time, where))
    except NeurolabError:
        raise
    except (TypeError, ValueError):
        raise ParseError(
            "The spike times cannot be read.",
            where=where,
            mend="Give a list of pairs (index, time) such as [(0, 1*ms), (1, 2*ms)].",
        ) from None
    neurons = np.array(indices)
    moments = np.array(times)
    _check(neurons, moments, size, where)
    return neurons.astype(int), moments, bare


def _plain_pairs(pairs: list[Any], where: str) -> tuple[FloatArray, FloatArray] | None:
    """Return neurons and times (s) of plain pairs; None if some pairs are of another kind."""
    try:
        indices, times = zip(*pairs)
    except (TypeError, ValueError):
        return None
    if not set(map(type, indices)) <= {int, np.int64, np.int32}:
        return None
    if set(map(type, times)) <= {int, float, np.float64}:
        return np.array(indices, dtype=float), np.array(times, dtype=float)
    together = one_array(times)
    if together is None:
        return None
    _seconds(times[0], where)  # refuses another dimension
    return np.array(indices, dtype=float), together.si


def _seconds(time: object, where: str) -> Seconds:
    if dimension_of(time) != SECOND and hasattr(time, "dimensionality"):
        raise UnitsError(
            f"The spike time {time} has dimension {dimension_name(dimension_of(time))}.",
            where=where,
            mend="Give a time such as 4*ms.",
        )
    return float(si_value(time))


def _check(indices: FloatArray, times: FloatArray, size: int, where: str) -> None:
    outside = (indices < 0) | (indices >= size) | (indices != np.floor(indices))
    if outside.any():
        raise OutOfRangeError(
            f"Neuron {indices[outside][0]:g} has a spike time but does not exist.",
            where=where,
            mend=f"Give a neuron between 0 and {size - 1}.",
        )
    wrong = ~np.isfinite(times) | (times < 0)
    if wrong.any():
        raise RangeError(
            f"A spike is at {times[wrong][0] * 1e3:g} ms.",
            where=where,
            mend="Give times of 0 ms or later.",
        )
