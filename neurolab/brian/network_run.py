"""One run of a network, whose parts are prepared again if a call changes them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from ..engine.projection import Projection
from ..engine.step_loop import Engine, Progress, Recorder
from ..grid import Steps
from . import magic
from .clock import Clock
from .connection import Connection
from .generators import SpikeGeneratorGroup
from .groups import Group
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
        self._clock = clock
        self._first = first
        self._end = end
        self._monitors = network.parts(Monitor)
        self._objects = _with_setters(network)
        self._operations = [item for item in self._objects if isinstance(item, Operation)]
        self._groups = network.groups()
        self._paths = take_up(network.parts(Connection, Rule), self._groups, self._is_observed())
        self._items = [*self._groups, *self._objects]

    def _is_observed(self) -> bool:
        """Return whether functions of the program are called within the steps."""
        return bool(self._operations) or self._calls_functions()

    def do(self, progress: Progress | None = None) -> None:
        """Do all steps."""
        for part in (*self._groups, *self._paths):
            if not self._clock.has_moved(part):
                part.forget()
        say_what_cannot_act(self._objects, self._groups, self._clock, self._first, self._end)
        magic.stopping.clear()
        recorders, calls, step, begun = None, None, self._first, False
        while step < self._end and (begun or not magic.stopping.is_set()):
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
            if isinstance(group, SpikeGeneratorGroup) and step == self._end:
                group.warn_of_missed(self._end, self._clock._dt)

    def _calls(self, recorders: Mapping[Any, Any]) -> "Calls | None":
        """Return the calls within each step, or None; without any, many steps can run at once."""
        at_usual_places = all(monitor.when in (None, "end") for monitor in self._monitors)
        if not self._operations and at_usual_places and not self._calls_functions():
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
        return Calls(calls, self._groups, self._paths, self._clock)

    def _calls_functions(self) -> bool:
        """Return whether a monitor, a threshold or a reset calls a function of the program."""
        return any(monitor.calls_function for monitor in self._monitors) or any(
            any(group.functions) for group in self._groups if isinstance(group, NeuronGroup)
        )

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
    clock : Clock
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
        clock: Clock,
    ) -> None:
        self._parts = {
            part: [call for place in places for call in by_place[place]]
            for part, places in self._PARTS.items()
        }
        self._groups = groups
        self._paths = paths
        self._clock = clock
        self.groups: dict[Any, Any] = {}
        self.prepared: list[Projection] = []

    def make(self, part: str, now: Steps) -> None:
        """Make the calls of one part of step `now`."""
        if part == "begin":
            self._clock.show(now)
        for call in self._parts[part]:
            call(now)

    def outdated(self) -> bool:
        """Return whether the run has to stop, or the next step must be prepared again."""
        return magic.stopping.is_set() or any(
            part.changed for part in (*self._groups, *self._paths)
        )

    def projections(self, now: Steps) -> list[Projection]:
        """The projections with the weights that hold now."""
        if self._parts["before connections"] and any(paths.changed for paths in self._paths):
            for paths in self._paths:
                paths.finish(now)
            self.prepared = projections_of(self._paths, self._clock._dt, now, self.groups)
        return self.prepared


def _with_setters(network: "Network") -> list[Any]:
    """Return the network's objects, each group followed by what sets its variables."""
    objects: list[Any] = []
    known = {item.whole for item in network.parts(Group)}
    for group in network.groups():
        if group not in known:
            objects += group.setters
    for item in network.objects:
        objects.append(item)
        if isinstance(item, Group):
            objects += [setter for setter in item.whole.setters if setter not in objects]
    return objects


def _recording(recorder: Recorder) -> Call:
    return lambda step: recorder.record(step, 1)
