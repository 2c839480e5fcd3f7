"""What the step loop writes down."""

import numpy as np


class StateRecorder:
    """Values of some variables of some neurons at every n-th step.

    Parameters
    ----------
    population : Population
    rows : int or slice
        Row or rows of the state array.
    neurons : slice or list of int
    every : int
    """

    def __init__(self, population, rows, neurons, every=1):
        self.population, self._rows, self._every = population, rows, every
        if isinstance(neurons, list) and neurons == list(range(neurons[0], neurons[-1] + 1)):
            neurons = slice(neurons[0], neurons[-1] + 1)  # a view is cheaper than a choice
        self._neurons = neurons
        self.steps = np.empty(0, dtype=int)
        self.data = None
        self._filled = 0

    def extend(self, first, count):
        """Make room for `count` steps from `first`; what was recorded before stays."""
        steps = np.arange(first + -first % self._every, first + count, self._every)
        self.steps = np.concatenate([self.steps[: self._filled], steps]) if self._filled else steps
        shape = np.shape(self.population.current[self._rows, self._neurons])
        data = np.empty((len(self.steps), *shape))
        if self._filled:
            data[: self._filled] = self.data[: self._filled]
        self.data = data

    def record(self, step, count):
        """Keep the steps ``step … step + count - 1`` of the population's block."""
        first = -step % self._every
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

    def _present(self, step):
        return self.population.current[self._rows, self._neurons]

    def _values(self, step, count):
        return self.population.block(count)[:, self._rows, self._neurons]

    def values(self):
        """What was recorded so far: steps, and values with time first."""
        return self.steps[: self._filled], self.data[: self._filled]


class StaticRecorder(StateRecorder):
    """As `StateRecorder`, for a static equation: `name` in place of rows."""

    def __init__(self, population, name, neurons, every=1):
        super().__init__(population, 0, neurons, every)
        self._name = name

    def _present(self, step):
        return self._values(step, 1)[0]

    def _values(self, step, count):
        return self.population.static_values(self._name, step, count)[:, self._neurons]


class SpikeRecorder:
    """Step and neurons of each firing of a group."""

    def __init__(self, group, first=0):
        self.group = group
        self.firings = []
        self.reached = first
        """The first step that is not recorded."""

    def record(self, step, count):
        """Keep who fired in the last of these steps (in the others nobody did)."""
        self.reached = step + count
        if len(self.group.spikes):
            self.firings.append((step + count - 1, self.group.spikes))

    def spikes(self):
        """Steps and neurons as two parallel arrays, in order of time."""
        return spike_arrays(self.firings)


class CrossingRecorder:
    """States of the neurons that fire, as the threshold saw them: an array (states × neurons) for each step with spikes."""

    def __init__(self, population):
        self.population = population
        self.crossings = []
        population.keeps_crossings = True

    def record(self, step, count):
        """Keep the states of who fires in the last of these steps."""
        if len(self.population.spikes):
            crossing = self.population.crossing[: len(self.population.model.states)]
            crossing.flags.writeable = False
            self.crossings.append(crossing)


def spike_arrays(firings):
    """Steps and neurons of a list of (step, neurons), as two parallel arrays."""
    if not firings:
        return np.empty(0, dtype=int), np.empty(0, dtype=int)
    steps = np.repeat([step for step, _ in firings], [len(neurons) for _, neurons in firings])
    return steps, np.concatenate([neurons for _, neurons in firings])
