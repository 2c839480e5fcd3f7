"""Variables of neurons that events change and that otherwise follow an equation.

They are either integrated in every step, as those of a population, or computed when they are
needed: between two events, each follows dx/dt = a x + b, whose solution is
x(t) = x∞ + (x(0) - x∞) exp(a t) with x∞ = -b/a.
"""

import math
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from ..array_types import FloatArray, IntArray, Number
from ..grid import Seconds, Steps

Neurons = int | slice | IntArray
"""One neuron, or several."""
Values = Any
"""A float for one neuron, else an array."""


class Holder(Protocol):
    """What holds the values of traces: a population, or an array by itself."""

    @property
    def current(self) -> FloatArray:
        """Present values, shape (rows, neurons); another array in each step."""


class Traces(Protocol):
    """Traces as the updates of a rule use them."""

    def read(self, rows: Sequence[int], neurons: Neurons, now: Steps) -> list[Values]:
        """Return the values of some rows in this step."""

    def write(
        self, rows: Sequence[int], neurons: Neurons, values: list[Values], now: Steps
    ) -> None:
        """Set the values of some rows in this step."""


class IntegratedTraces:
    """Traces that their population integrates in every step."""

    def __init__(self, holder: Holder) -> None:
        self._holder = holder

    def read(self, rows: Sequence[int], neurons: Neurons, now: Steps) -> list[Values]:
        """Return the values of some rows in this step."""
        state = self._holder.current
        if isinstance(neurons, int):
            return [state.item(row, neurons) for row in rows]
        return [state[row, neurons] for row in rows]

    def write(
        self, rows: Sequence[int], neurons: Neurons, values: list[Values], now: Steps
    ) -> None:
        """Set the values of some rows in this step."""
        state = self._holder.current
        for row, value in zip(rows, values):
            state[row, neurons] = value


class EventDrivenTraces:
    """Traces that are computed at events alone.

    Parameters
    ----------
    holder : Holder
        Its state is that of the last event of each neuron.
    rates, constants : sequence of float or ndarray
        a and b of each row, in 1/s and per second; arrays have one entry a neuron.
    dt : float
    last : ndarray of float, shape (neurons,)
        The step for which the state of each neuron holds; changed in place.

    Examples
    --------
    >>> class State:
    ...     current = np.array([[1.0, 1.0]])
    >>> traces = EventDrivenTraces(State, [-100.0], [0.0], 1e-3, np.zeros(2))
    >>> [round(value, 4) for value in traces.read([0], 1, now=10)]
    [0.3679]
    """

    def __init__(
        self,
        holder: Holder,
        rates: Sequence[Number],
        constants: Sequence[Number],
        dt: Seconds,
        last: FloatArray,
    ) -> None:
        self.last = last
        self._holder = holder
        self._rates: list[Any] = [_plain(np.asarray(rate * dt)) for rate in rates]
        self._levels: list[Any] = [
            _level(rate, constant) for rate, constant in zip(rates, constants)
        ]
        self._drifts: list[Any] = [
            _plain(np.where(np.equal(rate, 0), constant, 0.0) * dt)
            for rate, constant in zip(rates, constants)
        ]
        self._drifting = any(np.any(drift) for drift in self._drifts)
        self._plain = not self._drifting and all(
            np.ndim(rate) == np.ndim(level) == 0 and rate <= 0
            for rate, level in zip(self._rates, self._levels)
        )
        self._table = None if self._plain else self._as_table(len(last))
        self._terms = list(zip(range(len(self._rates)), self._levels, self._rates))

    def read(self, rows: Sequence[int], neurons: Neurons, now: Steps) -> list[Values]:
        """Return the values of some rows in this step."""
        state = self._holder.current
        if self._plain and type(neurons) is int:
            # The most frequent case, in which every call of a function would show.
            steps = now - self.last.item(neurons)
            exp = math.exp
            return [
                level + (state.item(row, neurons) - level) * exp(rate * steps)
                for row, level, rate in [self._terms[row] for row in rows]
            ]
        elapsed = now - self.last[neurons]
        if self._table is not None and len(rows) == len(state):
            rates, levels, drifts = self._table[:, :, neurons]
            moved = levels + (state[:, neurons] - levels) * np.exp(rates * elapsed)
            return list(moved + drifts * elapsed if self._drifting else moved)
        return [self._moved(row, state[row, neurons], elapsed, neurons) for row in rows]

    def _as_table(self, size: int) -> FloatArray:
        """Return rates, levels and drifts, shape (3, rows, neurons)."""
        numbers = (self._rates, self._levels, self._drifts)
        return np.array([[np.broadcast_to(one, size) for one in part] for part in numbers])

    def _moved(self, row: int, value: Values, steps: Values, neurons: Neurons) -> Values:
        """Return a value some steps later."""
        rate, level, drift = (
            number[neurons] if np.ndim(number) else number
            for number in (self._rates[row], self._levels[row], self._drifts[row])
        )
        moved = level + (value - level) * np.exp(rate * steps)
        return moved + drift * steps if self._drifting else moved

    def write(
        self, rows: Sequence[int], neurons: Neurons, values: list[Values], now: Steps
    ) -> None:
        """Set the values of all rows in this step."""
        state = self._holder.current
        for row, value in zip(rows, values):
            state[row, neurons] = value
        self.last[neurons] = now

    def finish(self, end: Steps) -> None:
        """Compute the values at the end of the step before `end`."""
        rows = range(len(self._rates))
        everything = slice(None)
        self.write(rows, everything, self.read(rows, everything, end - 1), end - 1)


def _level(rate: Number, constant: Number) -> Number:
    """Return -b/a, the value at which a trace stays; 0 where it has no such value."""
    still = np.equal(rate, 0)
    return _plain(np.where(still, 0.0, -np.asarray(constant) / np.where(still, 1.0, rate)))


def _plain(values: FloatArray) -> Number:
    """Return an array of no dimension as a number, with which Python computes faster."""
    return values if np.ndim(values) else float(values)
