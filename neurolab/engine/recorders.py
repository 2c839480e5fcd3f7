"""Recorders: they keep the values and spikes of the steps."""

from collections.abc import Sequence

import numpy as np

from ..array_types import FloatArray, IntArray
from ..grid import Steps
from .population import Population
from .projection import Source

Firing = tuple[Steps, IntArray]
"""A step, and the neurons that fire in it."""


class StateRecorder:
    """Records the values of some variables of some neurons at every n-th step.

    Parameters
    ----------
    population : Population
    rows : int or slice
        Row or rows of the state array.
    neurons : slice or list of int
    every : int
    first : int
        The first step that is recorded.
    """

    def __init__(
        self,
        population: Population,
        rows: int | slice,
        neurons: slice | list[int],
        every: int = 1,
        first: Steps = 0,
    ) -> None:
        self.population = population
        self._rows = rows
        self._every = every
        self._first = first
        if isinstance(neurons, list) and neurons == list(range(neurons[0], neurons[-1] + 1)):
            neurons = slice(neurons[0], neurons[-1] + 1)  # a view is cheaper than a choice
        self._neurons = neurons
        self.steps: IntArray = np.empty(0, dtype=int)
        self.data: FloatArray = np.empty(0)
        self._filled = 0

    def extend(self, first: Steps, count: int) -> None:
        """Make room for `count` steps from `first`; earlier values stay."""
        steps = np.arange(first + self._wait(first), first + count, self._every)
        self.steps = np.concatenate([self.steps[: self._filled], steps]) if self._filled else steps
        shape = np.shape(self.population.current[self._rows, self._neurons])
        data = np.empty((len(self.steps), *shape))
        if self._filled:
            data[: self._filled] = self.data[: self._filled]
        self.data = data

    def clear(self) -> None:
        """Delete the values so far; the steps that are recorded stay the same."""
        self.steps = self.steps[self._filled :]
        self.data = self.data[self._filled :]
        self._filled = 0

    def record(self, step: Steps, count: int) -> None:
        """Keep the steps ``step … step + count - 1`` of the population's block."""
        first = self._wait(step)
        if first >= count:
            return
        filled = self._filled
        if count == 1:
            self.data[filled] = self._present(step)
            self._filled = filled + 1
            return
        values = self._values(step, count)[first :: self._every]
        self._filled = filled + len(values)
        self.data[filled : self._filled] = values

    def _wait(self, step: Steps) -> int:
        """Return the number of steps from `step` to the next one that is recorded."""
        return (self._first - step) % self._every

    def _present(self, step: Steps) -> FloatArray:
        return self.population.current[self._rows, self._neurons]

    def _values(self, step: Steps, count: int) -> FloatArray:
        return self.population.block(count)[:, self._rows, self._neurons]

    def values(self) -> tuple[IntArray, FloatArray]:
        """Return the recorded steps and values; the first axis of the values is time."""
        return self.steps[: self._filled], self.data[: self._filled]


class StaticRecorder(StateRecorder):
    """Records a static equation; `name` takes the place of the rows of `StateRecorder`."""

    def __init__(
        self,
        population: Population,
        name: str,
        neurons: slice | list[int],
        every: int = 1,
        first: Steps = 0,
    ) -> None:
        super().__init__(population, 0, neurons, every, first)
        self._name = name

    def _present(self, step: Steps) -> FloatArray:
        return self._values(step, 1)[0]

    def _values(self, step: Steps, count: int) -> FloatArray:
        return self.population.static_values(self._name, step, count)[:, self._neurons]


class SpikeRecorder:
    """Records the step and the neurons of each spike of a group."""

    def __init__(self, group: Source, first: Steps = 0) -> None:
        self.group = group
        self.firings: list[Firing] = []
        self.reached = first
        """The first step that is not recorded."""

    def record(self, step: Steps, count: int) -> None:
        """Keep the neurons that fire in the last of these steps; none fire in the others."""
        self.reached = step + count
        if len(self.group.spikes):
            self.firings.append((step + count - 1, self.group.spikes))

    def clear(self) -> None:
        """Delete the spikes so far."""
        self.firings.clear()

    def spikes(self) -> tuple[IntArray, IntArray]:
        """Return steps and neurons as two parallel arrays, in order of time."""
        return spike_arrays(self.firings)


class CrossingRecorder:
    """Records the states of the neurons that fire, when the threshold was checked.

    Attributes
    ----------
    crossings : list of ndarray, shape (states, neurons that fire)
        One array for each step with spikes.
    """

    def __init__(self, population: Population) -> None:
        self.population = population
        self.crossings: list[FloatArray] = []
        population.keeps_crossings = True

    def record(self, step: Steps, count: int) -> None:
        """Keep the states of the neurons that fire in the last of these steps."""
        if len(self.population.spikes):
            crossing = self.population.crossing[: len(self.population.model.states)]
            crossing.flags.writeable = False
            self.crossings.append(crossing)


def spike_arrays(firings: Sequence[Firing]) -> tuple[IntArray, IntArray]:
    """Join a list of (step, neurons) into two parallel arrays of steps and neurons.

    Examples
    --------
    >>> steps, neurons = spike_arrays([(3, np.array([0, 1])), (7, np.array([0]))])
    >>> steps.tolist(), neurons.tolist()
    ([3, 3, 7], [0, 1, 0])
    """
    if not firings:
        return np.empty(0, dtype=int), np.empty(0, dtype=int)
    steps = np.repeat([step for step, _ in firings], [len(neurons) for _, neurons in firings])
    return steps, np.concatenate([neurons for _, neurons in firings])
