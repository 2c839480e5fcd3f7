"""Groups without equations, as the step loop sees them: they only fire."""

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
    """

    def __init__(self, steps, neurons, period=0):
        grouped = {}
        for step, neuron in sorted(set(zip(steps.tolist(), neurons.tolist()))):
            grouped.setdefault(step, []).append(neuron)
        self.steps = list(grouped)
        self.firing = [np.array(neurons) for neurons in grouped.values()]
        for neurons in self.firing:
            neurons.flags.writeable = False
        self.period = period


class SpikeSource:
    """Neurons that fire by a schedule.

    Parameters
    ----------
    schedule : Schedule
    size : int
    """

    def __init__(self, schedule, size):
        self.size = size
        self._steps, self._firing, self._period = schedule.steps, schedule.firing, schedule.period
        self.start()
        self._silent = np.empty(0, dtype=int)
        self.spikes = self._silent

    def start(self):
        """Begin to look for spikes from the first one; those before the present step are passed over."""
        self._position = self._round = 0

    def next_event(self, step):
        """The next step, `step` or later, in which a neuron fires."""
        while True:
            if self._position == len(self._steps):
                if not (self._period and self._steps):
                    return _NEVER
                self._position, self._round = 0, self._round + self._period
            if self._steps[self._position] + self._round >= step:
                return self._steps[self._position] + self._round
            self._position += 1

    def integrate(self, step, count):
        """Nothing to integrate; `count` steps are fine as they are."""
        self._first = step
        return count

    def settle(self, count):
        """Note who fires in the last of `count` steps."""
        due = self.next_event(self._first)
        self.spikes = self._firing[self._position] if due == self._first + count - 1 else self._silent

    def reset(self, now):
        """Sources have no state."""

    check_finite = reset

    def finish(self):
        """Sources have no state."""


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

    def settle(self, count):
        self.spikes = np.flatnonzero(self._rng.random(self.size) < self._rates(self._first) * self._dt)
