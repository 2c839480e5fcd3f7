"""Groups without equations, as the step loop sees them: they only fire."""

from bisect import bisect_left

import numpy as np

_NEVER = np.iinfo(np.int64).max


class Schedule:
    """Who fires in which step; never changed, so that several runs can share it.

    Parameters
    ----------
    steps, neurons : ndarray of int
        Step and neuron of each spike, in any order; a neuron that is given twice in one step fires once.
    period : int
        Steps after which the spikes repeat; 0 for never.
    first : int
        Step from which on they do.
    """

    def __init__(self, steps, neurons, period=0, first=0):
        grouped = {}
        for step, neuron in sorted(set(zip(steps.tolist(), neurons.tolist()))):
            grouped.setdefault(step, []).append(neuron)
        self.steps = list(grouped)
        self.firing = [np.array(neurons) for neurons in grouped.values()]
        for neurons in self.firing:
            neurons.flags.writeable = False
        self.period, self.again = period, bisect_left(self.steps, first)


class SpikeSource:
    """Neurons that fire by a schedule.

    Parameters
    ----------
    schedule : Schedule
    size : int
    """

    def __init__(self, schedule, size):
        self.size = size
        self._steps, self._firing = schedule.steps, schedule.firing
        self._period, self._again = schedule.period, schedule.again
        self._silent = np.empty(0, dtype=int)
        self.spikes = self._silent
        self.start()

    def start(self):
        """Begin to look for spikes from the first one; those before the present step are passed over."""
        self._position = self._round = 0
        self._due = self._steps[0] if self._steps else _NEVER

    def next_event(self, step):
        """The next step, `step` or later, in which a neuron fires."""
        while self._due < step:
            self._position += 1
            if self._position == len(self._steps):
                self._position = self._again
                self._round += self._period or _NEVER
            self._due = self._steps[self._position] + self._round
        return self._due

    def settle(self, now, count):
        """Note who fires now, in the last of `count` steps."""
        self.spikes = self._firing[self._position] if self.next_event(now) == now else self._silent


class PoissonSource(SpikeSource):
    """Neurons that fire at random, independently in each step.

    Parameters
    ----------
    rates : callable
        ``rates(step)`` gives the rate of each neuron (or of all) in hertz.
    """

    def __init__(self, rates, size, dt, rng):
        super().__init__(Schedule(np.empty(0, dtype=int), np.empty(0, dtype=int)), size)
        self._rates, self._dt, self._rng = rates, dt, rng

    def next_event(self, step):
        return step

    def settle(self, now, count):
        self.spikes = np.flatnonzero(self._rng.random(self.size) < self._rates(now) * self._dt)
