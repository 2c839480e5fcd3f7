"""Refractory periods: which neurons are held, until which step, and at which value."""

import numpy as np

from ..array_types import BoolArray, FloatArray, IntArray
from ..grid import Seconds, Steps, to_steps


class Refractoriness:
    """The refractory neurons of one population.

    A neuron that fires in step k with a period of n steps does not fire before step k + n, and its
    held variable keeps its reset value up to and including that step.

    Parameters
    ----------
    size : int
        Number of neurons.

    Attributes
    ----------
    period : int
        In steps; 0 for none.
    row : int or None
        Row of the held variable in the state array; None if only spikes are suppressed.
    last : int
        The last step in which a neuron is held.
    """

    def __init__(self, size: int) -> None:
        self.period: Steps = 0
        self.row: int | None = None
        self.last: Steps = -1
        self._size = size
        self._tracks = False
        self._until: IntArray = np.empty(0, dtype=int)
        self._value: FloatArray = np.empty(0)
        self._remaining: Seconds | FloatArray = 0.0

    def bind(self, period: Steps, row: int | None, state: FloatArray) -> None:
        """Take another period or held variable; neurons that are held stay so.

        Parameters
        ----------
        period : int
        row : int or None
        state : ndarray, shape (states, neurons)
        """
        self.period = period
        if period and not self._tracks:
            self._tracks = True
            self._until = np.full(self._size, -1)
            self._value = np.zeros(self._size)
        elif row is not None and row != self.row and self._tracks:
            self._value = state[row].copy()
        self.row = row

    def exclude(self, above: BoolArray, step: Steps) -> None:
        """Remove neurons that cannot fire in a step from those above threshold."""
        above &= self._until <= step

    def hold(self, spikes: IntArray, now: Steps, state: FloatArray) -> None:
        """Hold the neurons that fired, at the values to which they were reset."""
        self._until[spikes] = self.last = now + self.period
        if self.row is not None:
            self._value[spikes] = state[self.row, spikes]

    def held(self, now: Steps) -> IntArray:
        """Return the neurons that are held in a step."""
        return np.flatnonzero(self._until >= now)

    def clamp(self, now: Steps, state: FloatArray) -> None:
        """Set the held variable of all held neurons to its reset value."""
        held = self._until >= now
        state[self.row, held] = self._value[held]

    def start(self, step: Steps, dt: Seconds) -> None:
        """Hold neurons from this step on for the rest of their periods."""
        if self._tracks:
            steps = to_steps(self._remaining, dt)
            self._until[:] = np.where(steps > 0, step - 1 + steps, -1)
            self.last = int(self._until.max())

    def finish(self, end: Steps, dt: Seconds) -> None:
        """Keep the rest of the periods in seconds, as the next run may have another dt."""
        if self._tracks:
            self._remaining = np.maximum(self._until + 1 - end, 0) * dt

    def take_over(self, other: "Refractoriness") -> None:
        """Hold the neurons that another population of the same neurons holds."""
        self._remaining = other._remaining
        if other._tracks and self._tracks:
            self._value[:] = other._value

    def release(self) -> None:
        """End the refractory period of all neurons."""
        self._remaining = 0.0
