"""The step loop: one for the script API and for experiments alike.

All numbers are SI floats. Step k begins at t = k·dt, which is the time of everything in that step.
Each step has four parts, in this order:

1. Every group moves on by one step, and the threshold decides which neurons fire.
2. Every connection adds its weights for the spikes that arrive; then rules of plasticity change
   weights, and synapses with code of their own execute it.
3. The neurons that fired are reset, and refractory neurons are held.
4. The recorders note the values and spikes of the step.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import numpy as np

from ..array_types import IntArray
from ..grid import Steps
from .population import Population
from .projection import Projection
from .spike_timing import SpikeTimingUpdate
from .undefined_values import Flag

# All states are checked after this many steps: a check of 4000 neurons costs as much as a step.
_CHECK_EVERY = 100

Progress = Callable[[float], object]
"""A function that is called with the share of the steps that is done, from 0 to 1."""


class Group(Protocol):
    """What the loop needs of a group of neurons, with or without equations."""

    spikes: IntArray
    """Numbers of the neurons that fire in the present step, in ascending order."""

    @property
    def size(self) -> int:
        """Number of neurons."""

    def settle(self, now: Steps, count: int) -> None:
        """Make the last of `count` steps, step `now`, the present one, and set `spikes`."""

    def next_event(self, step: Steps) -> Steps:
        """Return the last step that one stretch from `step` may reach."""


class Recorder(Protocol):
    """Something that notes what happens in the steps."""

    def record(self, step: Steps, count: int) -> None:
        """Note the stretch of `count` steps from `step`; only in its last step do neurons fire."""


class Calls(Protocol):
    """Functions of a program that are called within each step, and may change the objects."""

    def make(self, part: str, now: Steps) -> None:
        """Call the functions of one part of step `now`."""

    def outdated(self) -> bool:
        """Return whether a call has changed what the steps were prepared for."""

    def projections(self, now: Steps) -> Iterable[Projection]:
        """Yield the projections of step `now`, with calls between them."""


class Engine:
    """Groups, projections and recorders, and the loop that simulates them.

    Parameters
    ----------
    groups : sequence of Population, SpikeSource or PoissonSource
    projections : sequence of Projection
    recorders : sequence of StateRecorder or SpikeRecorder
    calls : Calls, optional
        Functions to call within each step. With them, the loop does one step at a time.

    Attributes
    ----------
    step : int
        The first step that is not done.
    begun : bool
        Whether the calls that begin this step are done.

    Examples
    --------
    A neuron that fires in steps 0 and 3:

    >>> from neurolab.engine.recorders import SpikeRecorder
    >>> from neurolab.engine.sources import Schedule, SpikeSource
    >>> source = SpikeSource(Schedule(np.array([0, 3]), np.array([0, 0])), 1)
    >>> recorder = SpikeRecorder(source)
    >>> Engine([source], recorders=[recorder]).run(0, 10)
    >>> steps, neurons = recorder.spikes()
    >>> steps.tolist()
    [0, 3]
    """

    def __init__(
        self,
        groups: Sequence[Group],
        projections: Sequence[Projection] = (),
        recorders: Sequence[Recorder] = (),
        calls: Calls | None = None,
    ) -> None:
        self.groups = groups
        self.projections = projections
        self.recorders = recorders
        self.calls = calls
        self.step: Steps = 0
        self.begun = False
        # Calls that do nothing would take half of a small network's time, so each part of a step
        # has a list of those objects that it concerns.
        self._populations = [group for group in groups if isinstance(group, Population)]
        self._resetting = [population for population in self._populations if population.fires]
        delayed = [projection for projection in projections if projection.delay]
        self._scheduled: list[Group | Projection] = [*groups, *delayed]
        every: Sequence[object] = projections
        self._changing = [one for one in every if isinstance(one, SpikeTimingUpdate)]
        for population in self._resetting:
            population.allow_for_rounding(
                [projection for projection in projections if projection.target is population]
            )

    def run(
        self, first: Steps, count: int, progress: Progress | None = None, begun: bool = False
    ) -> None:
        """Do the steps ``first … first + count - 1``.

        Between two events there is only integration, so that a whole stretch of steps is computed
        at once, up to and including the next step in which a spike is due. A step in which a neuron
        fires ends the stretch early. With many neurons, or nonlinear models, a stretch is one step
        long. With calls, the loop stops early if one of them changes what it was prepared for.

        Parameters
        ----------
        first, count : int
        progress : callable, optional
            Called now and then with the share of the steps that is done.
        begun : bool
            Whether the calls that begin the first step are done.

        Raises
        ------
        BlowUpError
            A state variable is infinite or not a number.
        NoValueError
            A formula has no value, as 0/0 has none.
        """
        self.step = first
        self.begun = begun
        if self.calls:
            self._run_with_calls(self.calls, first, count, progress)
            return
        step = first
        end = first + count
        next_check = first + _CHECK_EVERY
        step_by_step = any(population.longest == 1 for population in self._populations)
        flag = Flag()
        with np.errstate(over="call", divide="call", invalid="call", under="ignore", call=flag):
            while step < end:
                stretch = 1 if step_by_step else self._steps_to_next_event(step, end)
                # 1. Every group moves on, and the threshold decides which neurons fire.
                for population in self._populations:
                    stretch = population.integrate(step, stretch)
                now = step + stretch - 1
                for group in self.groups:
                    group.settle(now, stretch)
                if flag.raised:  # checked here, before a reset can hide it
                    self._check_values(now, stretch)
                # 2. Every connection adds its weights for the spikes that arrive.
                for projection in self.projections:
                    projection.deliver(now)
                # 3. The neurons that fired are reset, and refractory neurons are held.
                for population in self._resetting:
                    population.reset(now)
                # 4. The recorders note all steps of the stretch.
                for recorder in self.recorders:
                    recorder.record(step, stretch)
                self.step = step = now + 1
                if step >= next_check or step == end or flag.raised:
                    flag.raised = False
                    next_check = step + _CHECK_EVERY
                    self._check_finite(now)
                    if progress:
                        progress((step - first) / count)

    def _run_with_calls(
        self, calls: Calls, first: Steps, count: int, progress: Progress | None
    ) -> None:
        """Do the same steps one by one, with calls between their parts."""
        flag = Flag()
        for now in range(first, first + count):
            if not self.begun:
                calls.make("begin", now)
                self.begun = True
                if calls.outdated():
                    return
            with np.errstate(over="call", divide="call", invalid="call", under="ignore", call=flag):
                for population in self._populations:
                    population.integrate(now, 1)
                for group in self.groups:
                    group.settle(now, 1)
            if flag.raised:
                self._check_values(now, 1)
            calls.make("before connections", now)
            for projection in calls.projections(now):
                projection.deliver(now)
            for recorder in self.recorders:
                recorder.record(now, 1)
            calls.make("before resets", now)
            with np.errstate(over="call", divide="call", invalid="call", under="ignore", call=flag):
                for population in self._resetting:
                    population.reset(now)
            self.step = now + 1
            self.begun = False
            calls.make("end", now)
            outdated = calls.outdated()
            if outdated or flag.raised or now % _CHECK_EVERY == 0 or now == first + count - 1:
                flag.raised = False
                self._check_finite(now)
                if progress:
                    progress((now + 1 - first) / count)
            if outdated:
                return

    def _steps_to_next_event(self, step: Steps, end: Steps) -> int:
        last = end - 1
        for part in self._scheduled:
            event = part.next_event(step)
            if event < last:
                last = event
        return last - step + 1

    def _check_values(self, now: Steps, count: int) -> None:
        """Raise if a formula has no finite value in the stretch that ends with step `now`."""
        for population in self._populations:
            population.check_values(now, count)

    def _check_finite(self, now: Steps) -> None:
        for population in self._populations:
            population.check_finite(now)
        for update in self._changing:
            update.check_finite(now)
