"""Groups without equations, as the step loop sees them: they only fire."""

from bisect import bisect_left
from collections.abc import Callable
from typing import Any

import numpy as np

from ..array_types import IntArray, Number
from ..grid import Seconds, Steps

_NEVER = int(np.iinfo(np.int64).max)


class Schedule:
    """Which neurons fire in which step; it never changes, so that several runs can share it.

    Parameters
    ----------
    steps, neurons : ndarray of int
        Step and neuron of each spike, in any order; a neuron that is given twice in one step fires
        once.
    period : int
        Steps after which the spikes repeat; 0 for never.
    first : int
        First step from which on they repeat.

    Examples
    --------
    Neuron 0 fires in step 2, and neurons 0 and 1 in step 5:

    >>> schedule = Schedule(np.array([5, 2, 5]), np.array([1, 0, 0]))
    >>> schedule.steps, [neurons.tolist() for neurons in schedule.firing]
    ([2, 5], [[0], [0, 1]])
    """

    def __init__(
        self, steps: IntArray, neurons: IntArray, period: Steps = 0, first: Steps = 0
    ) -> None:
        grouped: dict[Steps, list[int]] = {}
        for step, neuron in sorted(set(zip(steps.tolist(), neurons.tolist()))):
            grouped.setdefault(step, []).append(neuron)
        self.steps = list(grouped)
        self.firing = [np.array(neurons) for neurons in grouped.values()]
        for neurons in self.firing:
            neurons.flags.writeable = False
        self.period = period
        self.again = bisect_left(self.steps, first)


class SpikeSource:
    """Neurons that fire by a schedule.

    Parameters
    ----------
    schedule : Schedule
    size : int

    Examples
    --------
    >>> source = SpikeSource(Schedule(np.array([2, 5]), np.array([0, 1])), size=2)
    >>> source.next_event(3)
    5
    """

    def __init__(self, schedule: Schedule, size: int) -> None:
        self.size = size
        self._steps = schedule.steps
        self._firing = schedule.firing
        self._period = schedule.period
        self._again = schedule.again
        self._silent: IntArray = np.empty(0, dtype=int)
        self.spikes = self._silent
        self.start()

    def start(self) -> None:
        """Start again from the first spike; spikes before the present step are skipped."""
        self._position = 0
        self._round: Steps = 0
        self._due: Steps = self._steps[0] if self._steps else _NEVER

    def next_event(self, step: Steps) -> Steps:
        """Return the next step, `step` or later, in which a neuron fires."""
        while self._due < step:
            self._position += 1
            if self._position == len(self._steps):
                self._position = self._again
                self._round += self._period or _NEVER
            self._due = self._steps[self._position] + self._round
        return self._due

    def settle(self, now: Steps, count: int) -> None:
        """Set which neurons fire in step `now`, the last of `count` steps."""
        self.spikes = self._firing[self._position] if self.next_event(now) == now else self._silent


class PoissonSource(SpikeSource):
    """Neurons that fire at random, independently in each step.

    Parameters
    ----------
    rates : callable
        ``rates(step)`` returns the rate of each neuron (or of all) in hertz.
    size : int
        Number of neurons.
    dt : float
        Time step, in seconds.
    rng : numpy.random.Generator
    """

    def __init__(
        self, rates: Callable[[Steps], Number], size: int, dt: Seconds, rng: np.random.Generator
    ) -> None:
        super().__init__(Schedule(np.empty(0, dtype=int), np.empty(0, dtype=int)), size)
        self._rates = rates
        self._dt = dt
        self._rng = rng

    def next_event(self, step: Steps) -> Steps:
        """Return `step`, as neurons may fire in any step."""
        return step

    def settle(self, now: Steps, count: int) -> None:
        """Draw which neurons fire in step `now`."""
        self.spikes = np.flatnonzero(self._rng.random(self.size) < self._rates(now) * self._dt)


_SPIKES_AT_ONCE = 2000
_STEPS_AT_ONCE = 100_000
_OFTEN = 0.1
"""Probability of a spike in one step from which on it is faster to draw every step by itself."""


class SteadyPoissonSource(SpikeSource):
    """Neurons that fire at random with rates that do not change.

    As in `PoissonSource`, each neuron fires in each step with the probability rate·dt. The number
    of trials up to the next spike is geometrically distributed, and that number is drawn, so that
    steps without spikes cost nothing. If rates differ, it is drawn for the highest rate, and each
    spike is kept with the probability rate/highest (thinning).

    Parameters
    ----------
    rates : float or ndarray, shape (neurons,)
        Hertz.
    size : int
    dt : float
    rng : numpy.random.Generator

    Examples
    --------
    >>> source = SteadyPoissonSource(0.0, 3, 1e-4, np.random.default_rng(1))
    >>> source.next_event(0) > 1000
    True
    """

    def __init__(self, rates: Number, size: int, dt: Seconds, rng: np.random.Generator) -> None:
        super().__init__(Schedule(np.empty(0, dtype=int), np.empty(0, dtype=int)), size)
        self._rng = rng
        self._highest = float(np.max(rates)) * dt
        self._kept: Any = rates * dt / self._highest if np.ptp(rates) else None
        self._begin: Steps = 0
        self._end: Steps = 0

    @staticmethod
    def suits(rates: Number, dt: Seconds) -> bool:
        """Return whether spikes are rare enough for this way of drawing them."""
        return float(np.max(rates)) * dt < _OFTEN

    def next_event(self, step: Steps) -> Steps:
        """Return the next step from `step` on in which a neuron fires or nothing is drawn yet."""
        if not self._begin <= step < self._end:
            self._draw(step)
        while self._due < step:
            self._position += 1
            last = self._position == len(self._steps)
            self._due = self._end if last else self._steps[self._position]
        return self._due

    def settle(self, now: Steps, count: int) -> None:
        """Set which neurons fire in step `now`, the last of `count` steps."""
        due = self.next_event(now) == now < self._end
        self.spikes = self._firing[self._position] if due else self._silent

    def _draw(self, step: Steps) -> None:
        """Draw the spikes of the steps from this one on."""
        size = self.size
        per_step = self._highest * size
        self._begin = step
        if per_step * _STEPS_AT_ONCE < 1e-9:
            count = _STEPS_AT_ONCE
            trials = np.empty(0, dtype=int)
        else:
            count = min(_STEPS_AT_ONCE, max(1, int(_SPIKES_AT_ONCE / per_step)))
            trials = self._trials(count * size)
        self._end = step + count
        steps, neurons = np.divmod(trials, size)
        if self._kept is not None:
            kept = self._rng.random(len(neurons)) < self._kept[neurons]
            steps = steps[kept]
            neurons = neurons[kept]
        distinct, starts = np.unique(steps, return_index=True)
        ends = [*starts[1:].tolist(), len(steps)]
        self._steps = (distinct + step).tolist()
        self._firing = [neurons[start:end] for start, end in zip(starts.tolist(), ends)]
        self._position = 0
        self._due = self._steps[0] if self._steps else self._end

    def _trials(self, most: int) -> IntArray:
        """Draw which of `most` trials are spikes."""
        parts = []
        reached = -1
        while reached < most:
            expected = (most - reached) * self._highest
            gaps = self._rng.geometric(self._highest, size=int(expected + 4 * expected**0.5) + 8)
            part = reached + np.cumsum(gaps)
            parts.append(part)
            reached = int(part[-1])
        trials = np.concatenate(parts)
        return trials[: int(np.searchsorted(trials, most))]
