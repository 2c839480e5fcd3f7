"""One run of a network, whose parts are prepared again if a call changes them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from ..engine.projection import Projection
from ..engine.step_loop import Engine, Progress, Recorder
from ..grid import Seconds, Steps
from .clock import Clock
from .connection import Connection
from .generators import SpikeGeneratorGroup
from .input_without_effect import say_what_cannot_act
from .neurons import NeuronGroup
from .operations import WHEN, Operation
from .plasticity.order import Transmitter, projections_of, take_up
from .plasticity.rule import Rule
from .state_monitors import Monitor

if TYPE_CHECKING:
    from .network import Network

Call: TypeAlias = Callable[[Steps], object]
"""A function that is called within a step, with the number of the step."""


class Run:
    """One run of a network. If a call changes one of its numbers, the next steps are prepared anew.

    Parameters
    ----------
    network : Network
    clock : Clock
    first, end : int
        The first step, and the one after the last.
    """

    def __init__(self, network: "Network", clock: Clock, first: Steps, end: Steps) -> None:
        self._clock, self._first, self._end = clock, first, end
        self._monitors = network.parts(Monitor)
        self._operations = network.parts(Operation)
        self._objects = network.objects
        self._groups = network.groups()
        self._paths = take_up(network.parts(Connection, Rule), self._groups, self._is_observed())
        self._items = [*self._groups, *network.objects]

    def _is_observed(self) -> bool:
        """Return whether functions of the program are called within the steps."""
        groups = [group for group in self._groups if isinstance(group, NeuronGroup)]
        return bool(self._operations) or any(any(group.functions) for group in groups)

    def do(self, progress: Progress | None = None) -> None:
        """Do all steps."""
        for part in (*self._groups, *self._paths):
            if not self._clock.has_moved(part):
                part.forget()
        say_what_cannot_act(self._objects, self._groups, self._clock, self._first, self._end)
        recorders, calls, step, begun = None, None, self._first, False
        while step < self._end:
            groups, projections = self._prepared(step)
            if recorders is None:
                recorders = {
                    monitor: monitor.prepare(groups, self._clock, self._first, self._end)
                    for monitor in self._monitors
                }
                calls = self._calls(recorders)
            for monitor in self._monitors:
                monitor.follow(groups)
            if calls:
                calls.groups, calls.prepared = groups, projections
            within = [
                recorder
                for monitor, recorder in recorders.items()
                if not calls or monitor.when is None
            ]
            engine = Engine(list(groups.values()), projections, within, calls)
            self._go_on(step, engine, progress, begun)
            step, begun = engine.step, engine.begun
        for group in self._groups:
            if isinstance(group, SpikeGeneratorGroup):
                group.warn_of_missed(self._end, self._clock._dt)

    def _calls(self, recorders: Mapping[Any, Any]) -> "Calls | None":
        """Return the calls within each step, or None; without any, many steps can run at once."""
        if not self._operations and all(
            monitor.when in (None, "end") for monitor in self._monitors
        ):
            return None
        bound = {operation: operation.bound(self._clock) for operation in self._operations}
        placed = [
            item
            for item in self._objects
            if item in bound or item in recorders and item.when is not None
        ]
        placed += [item for item in recorders if item not in placed and item.when is not None]
        calls = {
            when: [
                bound.get(item) or _recording(recorders[item])
                for item in placed
                if item.when == when
            ]
            for when in WHEN
        }
        return Calls(calls, self._groups, self._paths, self._clock._dt)

    def _prepared(self, step: Steps) -> tuple[dict[Any, Any], list[Projection]]:
        dt = self._clock._dt
        groups = {group: group.prepare(dt, step, self._end) for group in self._groups}
        return groups, projections_of(self._paths, dt, step, groups)

    def _go_on(self, step: Steps, engine: Engine, progress: Progress | None, begun: bool) -> None:
        """Do the steps from this one on, to the end or to the next change."""
        length = self._end - self._first
        share = progress and (
            lambda part: progress((step - self._first + part * (self._end - step)) / length)
        )
        for group in self._groups:
            group.begin()
        try:
            engine.run(step, self._end - step, share, begun)
        finally:
            for part in (*self._groups, *self._paths, *self._monitors):
                part.finish(engine.step)
            self._clock.advance((*self._items, *self._paths), engine.step)


class Calls:
    """What is called within each step: the program's operations, and the recorders of its monitors.

    Parameters
    ----------
    by_place : dict
        Place in a time step (`WHEN`) → callables that take the number of the step, in their order.
    groups, paths : list
        What a call may change.
    dt : float
    """

    _PARTS = {
        "begin": ("start", "before_groups"),
        "before connections": ("after_groups", "middle", "before_connections"),
        "before resets": ("after_connections", "before_resets"),
        "end": ("after_resets", "end"),
    }

    def __init__(
        self,
        by_place: Mapping[str, list[Call]],
        groups: list[Any],
        paths: list[Transmitter],
        dt: Seconds,
    ) -> None:
        self._parts = {
            part: [call for place in places for call in by_place[place]]
            for part, places in self._PARTS.items()
        }
        self._groups = groups
        self._paths = paths
        self._dt = dt
        self.groups: dict[Any, Any] = {}
        self.prepared: list[Projection] = []

    def make(self, part: str, now: Steps) -> None:
        """Make the calls of one part of step `now`."""
        for call in self._parts[part]:
            call(now)

    def outdated(self) -> bool:
        """Whether a call has changed something for which the next step must be prepared anew."""
        return any(part.changed for part in (*self._groups, *self._paths))

    def projections(self, now: Steps) -> list[Projection]:
        """The projections with the weights that hold now."""
        if self._parts["before connections"] and any(paths.changed for paths in self._paths):
            for paths in self._paths:
                paths.finish(now)
            self.prepared = projections_of(self._paths, self._dt, now, self.groups)
        return self.prepared


def _recording(recorder: Recorder) -> Call:
    return lambda step: recorder.record(step, 1)
