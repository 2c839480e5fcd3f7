"""Groups without equations, as the step loop sees them: they only fire."""

import numpy as np

_NEVER = np.iinfo(np.int64).max


class SpikeSource:
    """Neurons that fire at given steps.

    Parameters
    ----------
    steps, neurons : ndarray of int
        Step and neuron of each spike, in any order; a neuron that is given twice in one step fires once.
    size : int
    period : int
        Steps after which the spikes repeat; 0 for never.
    """

    def __init__(self, steps, neurons, size, period=0):
        self.size = size
        pairs = sorted(set(zip(steps.tolist(), neurons.tolist())))
        self._steps = sorted({step for step, _ in pairs})
        grouped = {step: [] for step in self._steps}
        for step, neuron in pairs:
            grouped[step].append(neuron)
        self._firing = [np.array(grouped[step]) for step in self._steps]
        self._period = period
        self._position = self._round = 0
        self._silent = np.empty(0, dtype=int)
        self.spikes = self._silent

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
        super().__init__(np.empty(0, dtype=int), np.empty(0, dtype=int), size)
        self._rates, self._dt, self._rng = rates, dt, rng

    def next_event(self, step):
        return step

    def settle(self, count):
        self.spikes = np.flatnonzero(self._rng.random(self.size) < self._rates(self._first) * self._dt)
