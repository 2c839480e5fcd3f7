"""Monitors of spikes in the script API."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..array_types import FloatArray, IntArray
from ..engine.projection import Source
from ..engine.recorders import SpikeRecorder
from ..errors import ArgumentError, NotReadyError, OutOfRangeError
from ..grid import Seconds, Steps, time_of
from ..units import SECOND, Quantity, si_quantity, whole_index
from .checked_calls import checked_call
from .clock import Clock
from .groups import Group
from .state_monitors import Monitor
from .warnings_given import say

LACKING_OPTIONS = {
    "delay": "Add it to the recorded times: [(i, t + delay) for i, t in S.spikes].",
}


class SpikeMonitor(Monitor):
    """Spikes of a group during a run.

    Parameters
    ----------
    source : Group
        A group or a part of one; neurons count from its first one.
    record : bool
        False counts the spikes only (`nspikes`).
    function : callable, optional
        Called in each step, before the reset, with the indices of the neurons that fire (an array
        that can be empty). As in Brian 1, the spikes are then not recorded.

    Attributes
    ----------
    nspikes : int
        Number of spikes of all neurons.
    spikes : list of (neuron, time)
        In order of time; the times are quantities.
    spiketimes : dict
        Neuron → times of its spikes (quantity).

    Raises
    ------
    ArgumentError
        The source is not a group, or `record` is not a truth value.

    Examples
    --------
    >>> from neurolab import Network, SpikeGeneratorGroup, SpikeMonitor, ms
    >>> G = SpikeGeneratorGroup(2, [(0, 1*ms), (1, 2*ms), (0, 4*ms)])
    >>> M = SpikeMonitor(G)
    >>> Network(G, M).run(5*ms)
    >>> M.nspikes
    3
    >>> [round(float(time/ms), 3) for time in M[0]]
    [1.0, 4.0]
    """

    @checked_call(lacking=LACKING_OPTIONS)
    def __init__(
        self,
        source: Group,
        record: bool = True,
        *,
        function: Callable[[IntArray], object] | None = None,
    ) -> None:
        if not isinstance(source, Group):
            raise ArgumentError(
                f"The source has type {type(source).__name__}.",
                where=type(self).__name__,
                mend="Give a group of neurons.",
            )
        if not isinstance(record, (bool, np.bool_)):
            raise ArgumentError(
                f"record is {record!r:.60}.",
                where=type(self).__name__,
                mend="It must be True or False. To see only some neurons, monitor a part of "
                "the group: SpikeMonitor(G[0:10]).",
            )
        if function is not None and not callable(function):
            raise ArgumentError(
                f"Function has type {type(function).__name__}.",
                where=type(self).__name__,
                mend="Give a function of the indices of the neurons that fire.",
            )
        self.source = source
        self._function = function
        self.calls_function = function is not None
        self._listed = bool(record)
        self._recorder: SpikeRecorder | None = None
        self._dt: Seconds = 0.0
        self._past: list[tuple[IntArray, FloatArray]] = []
        self._first: Steps = 0
        self._end: Steps = 0
        source.whole.attach_object(self)
        self._made = True

    @property
    def label(self) -> str:
        """Kind and source, for messages."""
        return f"{type(self).__name__}({self.source.label})"

    when = None
    """Spikes are recorded when they are delivered, before any reset."""

    def prepare(
        self, groups: Mapping[Any, Any], clock: Clock, first: Steps, end: Steps
    ) -> SpikeRecorder:
        """Return the recorder that a run fills."""
        if self._recorder is None or (self._end, self._dt) != (first, clock._dt):
            self._keep()
            self._recorder = self._made_recorder(groups[self.source.whole], first)
            self._dt = clock._dt
            self._first = first
        self.follow(groups)
        return self._recorder

    def _made_recorder(self, group: Source, first: Steps) -> SpikeRecorder:
        if self._function is None:
            return SpikeRecorder(group, first)
        return SpikeCaller(group, self._function, *self.source.span)

    def _keep(self) -> None:
        """Keep what was recorded with the present time step, before another one starts."""
        self._past.append(self._present())

    def follow(self, groups: Mapping[Any, Any]) -> None:
        """Watch the prepared group that a run now uses."""
        if self._recorder:
            self._recorder.group = groups[self.source.whole]

    def reinit(self) -> None:
        """Delete what was recorded; the time goes on."""
        self._past = []
        if self._recorder:
            self._recorder.clear()

    def finish(self, end: Steps) -> None:
        """End a run: all steps before `end` are done."""
        self._end = end

    def _present(self) -> tuple[IntArray, FloatArray]:
        """Return neurons and times of the spikes since the time step was last changed."""
        neurons, steps = self._present_steps()
        return neurons, time_of(steps, self._dt or 1.0)

    def _present_steps(self) -> tuple[IntArray, IntArray]:
        """Return neurons and steps of the spikes since the time step was last changed."""
        if self._recorder is None:
            return np.empty(0, dtype=int), np.empty(0, dtype=int)
        steps, neurons = self._recorder.spikes()
        first, last = self.source.span
        own = (neurons >= first) & (neurons < last)
        return neurons[own] - first, steps[own]

    def arrays(self) -> tuple[IntArray, FloatArray]:
        """Return neurons and times (in seconds) of all spikes, as two parallel arrays."""
        if self._function is not None:
            say(
                f"{self.label} records nothing, because it calls a function with the spikes.",
                "Make a second SpikeMonitor without a function.",
                self,
            )
        neurons, times = zip(*self._past, self._present())
        return np.concatenate(neurons), np.concatenate(times)

    @property
    def nspikes(self) -> int:
        return len(self.arrays()[0])

    @property
    def spikes(self) -> list[tuple[int, Quantity]]:
        """List of (neuron, time)."""
        self._check_listed()
        neurons, times = self.arrays()
        return [
            (neuron, si_quantity(time, SECOND))
            for neuron, time in zip(neurons.tolist(), times.tolist())
        ]

    @property
    def spiketimes(self) -> dict[int, Quantity]:
        """The times of each neuron's spikes."""
        return {neuron: self._times_of(neuron) for neuron in range(len(self.source))}

    def __getitem__(self, neuron: int) -> Any:
        return self._times_of(checked_neuron(neuron, self.source))

    def _check_listed(self) -> None:
        if not self._listed:
            raise NotReadyError(
                "The spikes are counted and not listed.",
                where=self.label,
                mend="Leave out record=False.",
            )

    def _times_of(self, neuron: int) -> Quantity:
        self._check_listed()
        neurons, times = self.arrays()
        return si_quantity(times[neurons == neuron], SECOND)


def checked_neuron(index: object, source: Group) -> int:
    """Return the index of a neuron of a group; negative indices count from its end.

    Raises
    ------
    RangeError
    """
    number = whole_index(index)
    if isinstance(number, (int, np.integer)) and -len(source) <= number < len(source):
        return int(number) % len(source)
    raise OutOfRangeError(
        f"There is no neuron {index!r}.",
        where=source.label,
        mend=f"Give a neuron between 0 and {len(source) - 1}.",
    )


class SpikeCaller(SpikeRecorder):
    """Calls a function with the spikes of a range of neurons in each step, and records nothing.

    Parameters
    ----------
    group : Source
    function : callable
    first, last : int
        First and past-the-last neuron; the function gets indices that count from the first.
    """

    def __init__(
        self, group: Source, function: Callable[[IntArray], object], first: int, last: int
    ) -> None:
        super().__init__(group)
        self._function = function
        self._span = first, last

    def record(self, step: Steps, count: int) -> None:
        """Call the function with the neurons that fire in this step."""
        first, last = self._span
        spikes = self.group.spikes
        self._function(spikes[(spikes >= first) & (spikes < last)] - first)


class SpikeCounter(SpikeMonitor):
    """A counter of the spikes of each neuron (``count``) and of all (``nspikes``).

    Examples
    --------
    >>> from neurolab import Network, SpikeCounter, SpikeGeneratorGroup, ms
    >>> G = SpikeGeneratorGroup(2, [(0, 1*ms), (1, 2*ms), (0, 4*ms)])
    >>> M = SpikeCounter(G)
    >>> Network(G, M).run(5*ms)
    >>> M.count.tolist()
    [2, 1]
    """

    @checked_call(lacking=LACKING_OPTIONS)
    def __init__(self, source: Group) -> None:
        super().__init__(source)

    @property
    def count(self) -> IntArray:
        return np.bincount(self.arrays()[0], minlength=len(self.source))

    def __getitem__(self, neuron: int) -> int:
        return int(self.count[checked_neuron(neuron, self.source)])


class PopulationSpikeCounter(SpikeMonitor):
    """A counter of the spikes of a group (``nspikes``)."""

    @checked_call(lacking=LACKING_OPTIONS)
    def __init__(self, source: Group) -> None:
        super().__init__(source)
