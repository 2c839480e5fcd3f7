"""One run of a network, whose parts are prepared again if a call changes them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..engine.projection import Projection
from ..engine.step_loop import Engine, Progress
from ..grid import Steps
from . import magic
from .clock import Clock
from .generators import SpikeGeneratorGroup
from .input_without_effect import say_what_cannot_act
from .neurons import NeuronGroup
from .operations import Operation
from .plasticity.order import projections_of, take_up
from .plasticity.rule import Rule
from .state_monitors import Monitor
from .step_calls import Calls, calls_by_place, with_setters
from .synapse_set import SynapseSet
from .synapses.synapses import Synapses

if TYPE_CHECKING:
    from .network import Network


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
        self._objects = with_setters(network)
        self._operations = [item for item in self._objects if isinstance(item, Operation)]
        self._groups = network.groups()
        self._synapses = network.parts(Synapses)
        self._paths = take_up(network.parts(SynapseSet, Rule), self._groups, self._is_observed())
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
            sums = [lump for item in self._synapses for lump in item.paths.lumps(groups)]
            if calls:
                calls.groups, calls.prepared, calls.sums = groups, projections, sums
            within = [] if calls else [*sums]
            within += [
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

    def _calls(self, recorders: Mapping[Any, Any]) -> Calls | None:
        """Return the calls within each step, or None; without any, many steps can run at once."""
        at_usual_places = all(monitor.when in (None, "end") for monitor in self._monitors)
        if not self._operations and at_usual_places and not self._calls_functions():
            return None
        by_place = calls_by_place(self._objects, recorders, self._clock)
        return Calls(by_place, [*self._groups, *self._paths], self._paths, self._clock)

    def _calls_functions(self) -> bool:
        """Return whether a monitor, a threshold or a reset calls a function of the program."""
        return any(monitor.calls_function for monitor in self._monitors) or any(
            any(group.functions) for group in self._groups if isinstance(group, NeuronGroup)
        )

    def _prepared(self, step: Steps) -> tuple[dict[Any, Any], list[Projection]]:
        dt = self._clock._dt
        groups = {group: group.prepare(dt, step, self._end) for group in self._groups}
        projections = projections_of(self._paths, dt, step, groups)
        groups.update({item: item.paths.block for item in self._synapses})
        return groups, projections

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
