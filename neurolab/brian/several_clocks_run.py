"""One run of a network with several clocks."""

from typing import TYPE_CHECKING, Any

from ..engine.step_loop import Engine, Progress, Recorder
from ..grid import TOLERANCE, Seconds, Steps, time_of, to_step
from . import magic
from .clock import Clock, steps_up
from .generators import SpikeGeneratorGroup
from .input_without_effect import say_what_cannot_act
from .linked_variables import VariableSetter
from .plasticity.order import projections_of, take_up
from .plasticity.rule import Rule
from .state_monitors import Monitor
from .step_calls import Calls, calls_by_place, with_setters
from .synapse_set import SynapseSet
from .synapses.synapses import Synapses

if TYPE_CHECKING:
    from .network import Network


class ClockPart:
    """The objects of a network that act at the steps of one clock.

    Parameters
    ----------
    clock : Clock
    groups : list of Group
    objects : list
        Connections of these groups, rules, monitors and operations.
    duration : float
        Of the run, in seconds.
    """

    def __init__(
        self, clock: Clock, groups: list[Any], objects: list[Any], duration: Seconds
    ) -> None:
        self.clock = clock
        self.objects = objects
        self.groups = list(groups)
        self.synapses = [item for item in objects if isinstance(item, Synapses)]
        transmitters = [item for item in objects if isinstance(item, (SynapseSet, Rule))]
        self.paths = take_up(transmitters, self.groups, True)
        self.monitors = [item for item in objects if isinstance(item, Monitor)]
        self.items = [*self.groups, *objects, *self.paths]
        self._duration = duration
        self.begin_at(clock.next_step(self.items))
        self.begun = False
        self.recorders: dict[Any, Recorder] = {}
        self.projections: list[Any] = []
        self.engine = Engine([])

    def begin_at(self, step: Steps) -> None:
        """Set the first step of the run."""
        dt = self.clock._dt
        self.first = self.step = step
        self.end = step + steps_up(self._duration, dt, "the duration of run", self.clock)

    @property
    def time(self) -> Seconds:
        """Time of its next step."""
        return float(time_of(self.step, self.clock._dt))

    @property
    def is_running(self) -> bool:
        """Whether it has steps left."""
        return self.step < self.end

    def prepare_projections(self, prepared: dict[Any, Any]) -> None:
        """Prepare what transmits spikes, and note the prepared synapses."""
        dt = self.clock._dt
        self.projections = projections_of(self.paths, dt, self.step, prepared)
        prepared.update({item: item.paths.block for item in self.synapses})

    def prepare(self, prepared: dict[Any, Any], watched: list[Any]) -> None:
        """Prepare its recorders and calls for the next steps."""
        if not self.recorders:
            self.recorders = {
                monitor: monitor.prepare(prepared, self.clock, self.first, self.end)
                for monitor in self.monitors
            }
        for monitor in self.monitors:
            monitor.follow(prepared)
        by_place = calls_by_place(self.objects, self.recorders, self.clock)
        calls = Calls(by_place, watched, self.paths, self.clock)
        calls.groups = prepared
        calls.prepared = self.projections
        calls.sums = [lump for item in self.synapses for lump in item.paths.lumps(prepared)]
        within = [self.recorders[item] for item in self.monitors if item.when is None]
        own = [prepared[group] for group in self.groups]
        self.engine = Engine(own, self.projections, within, calls)

    def advance(self) -> None:
        """Do the next step, or what is left of it."""
        self.engine.run(self.step, 1, begun=self.begun)
        self.step = self.engine.step
        self.begun = self.engine.begun

    def finish(self) -> None:
        """Note how far it has come."""
        for part in (*self.groups, *self.paths, *self.monitors):
            part.finish(self.step)
        self.clock.advance(self.items, self.step)


class SeveralClocksRun:
    """One run of a network with several clocks.

    The clock whose next step is the earliest goes on by one step; of equal ones, that with the
    lower `order`. The run ends when all clocks of groups have made their steps. A connection
    belongs to the clock of its source, and a monitor or an operation to its own clock or to that
    of its group.

    Parameters
    ----------
    network : Network
    duration : float
        In seconds.
    """

    def __init__(self, network: "Network", duration: Seconds) -> None:
        objects = with_setters(network)
        self._objects = objects
        groups = network.groups()
        self._usual = _usual_clock(groups)
        clocks = dict.fromkeys(group.clock for group in groups)
        clocks.update(dict.fromkeys(self._clock_of(item) for item in objects))
        self._parts = [
            ClockPart(
                clock,
                [group for group in groups if group.clock is clock],
                [item for item in objects if self._clock_of(item) is clock],
                duration,
            )
            for clock in sorted(clocks, key=lambda clock: clock.order)
        ]
        start = min(part.time for part in self._parts if part.groups)
        for part in self._parts:
            if not part.groups:  # a clock that is new begins with the groups
                part.begin_at(max(part.first, to_step(start, part.clock._dt)))
        self._watched = [item for part in self._parts for item in (*part.groups, *part.paths)]

    def _clock_of(self, item: Any) -> Clock:
        """Return the clock at whose steps an object acts."""
        if isinstance(item, Rule):
            item = item.C
        if isinstance(item, SynapseSet):
            clock: Clock = item.source.clock
            return clock
        if isinstance(item, Monitor) and isinstance(item.source, SynapseSet):
            return item.own_clock or self._clock_of(item.source)
        own: Clock | None = getattr(item, "own_clock", None)
        if own is not None:
            return own
        if isinstance(item, VariableSetter):
            return item.usual_clock
        group = item.source if isinstance(item, Monitor) else getattr(item, "group", item)
        return getattr(group, "clock", None) or self._usual

    def do(self, progress: Progress | None = None) -> None:
        """Do all steps."""
        for part in self._parts:
            for item in (*part.groups, *part.paths):
                if not part.clock.has_moved(item):
                    item.forget()
            connections = [item for item in self._objects if isinstance(item, SynapseSet)]
            objects = list(dict.fromkeys([*part.objects, *connections]))
            say_what_cannot_act(objects, part.groups, part.clock, part.first, part.end)
        magic.stopping.clear()
        total = sum(part.end - part.first for part in self._parts)
        while self._is_running():
            self._prepare()
            try:
                self._advance(progress, total)
            finally:
                for part in self._parts:
                    part.finish()
        for part in self._parts:
            for group in part.groups:
                if isinstance(group, SpikeGeneratorGroup) and part.step == part.end:
                    group.warn_of_missed(part.end, part.clock._dt)

    def _is_running(self) -> bool:
        if any(part.begun for part in self._parts):
            return True
        return not magic.stopping.is_set() and bool(self._waiting())

    def _waiting(self) -> list[ClockPart]:
        """Return the parts with steps left; those without groups end with the groups."""
        end = max((part.time for part in self._parts if part.groups), default=0.0)
        with_groups = [part for part in self._parts if part.groups and part.is_running]
        others = [part for part in self._parts if not part.groups and part.is_running]
        if not with_groups:
            others = [part for part in others if part.time < end * (1 - TOLERANCE)]
        return [*with_groups, *others]

    def _prepare(self) -> None:
        prepared = {
            group: group.prepare(part.clock._dt, part.step, part.end)
            for part in self._parts
            for group in part.groups
        }
        groups = list(prepared)
        for part in self._parts:
            part.prepare_projections(prepared)
        for part in self._parts:
            part.prepare(prepared, self._watched)
        for group in groups:
            group.begin()

    def _advance(self, progress: Progress | None, total: int) -> None:
        """Do steps up to the end, or to the next change."""
        while self._is_running():
            part = self._next()
            part.advance()
            if progress:
                progress(sum(each.step - each.first for each in self._parts) / total)
            if magic.stopping.is_set() or any(item.changed for item in self._watched):
                return

    def _next(self) -> ClockPart:
        """Return the part whose step is next."""
        for part in self._parts:
            if part.begun:
                return part
        waiting = self._waiting()
        earliest = min(part.time for part in waiting)
        together = [part for part in waiting if part.time <= earliest * (1 + TOLERANCE)]
        return min(together, key=lambda part: part.clock.order)


def _usual_clock(groups: list[Any]) -> Clock:
    """Return the clock of operations without a clock or a group."""
    clocks = [group.clock for group in groups]
    return magic.defaultclock if magic.defaultclock in clocks else clocks[0]
