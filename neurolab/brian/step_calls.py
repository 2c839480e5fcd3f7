"""Calls within each step of a run: the program's operations, and the recorders of its monitors."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from ..engine.projection import Projection
from ..engine.step_loop import Recorder
from ..engine.synapse_block import Lump, SynapseBlock
from ..grid import Steps
from . import magic
from .clock import Clock
from .groups import Group
from .operations import WHEN, Operation
from .plasticity.order import Transmitter, projections_of

if TYPE_CHECKING:
    from .network import Network

Call: TypeAlias = Callable[[Steps], object]
"""A function that is called within a step, with the number of the step."""


class Calls:
    """What is called within each step: the program's operations, and the recorders of its monitors.

    Parameters
    ----------
    by_place : dict
        Place in a time step (`WHEN`) → callables that take the number of the step, in their order.
    watched : list of Group, Paths or Rule
        What a call may change.
    paths : list of Paths or Rule
        What transmits the spikes of the groups on the clock.
    clock : Clock
    """

    _PARTS = {
        "begin": ("start", "before_groups"),
        "before connections": ("after_groups", "middle", "before_connections"),
        "before resets": ("after_connections", "synapses", "before_resets"),
        "end": ("after_resets", "sums", "end"),
    }

    def __init__(
        self,
        by_place: Mapping[str, list[Call]],
        watched: list[Any],
        paths: list[Transmitter],
        clock: Clock,
    ) -> None:
        own: dict[str, list[Call]] = {"synapses": [self._act], "sums": [self._set_sums]}
        calls = {**by_place, **own}
        self._parts = {
            part: [call for place in places for call in calls[place]]
            for part, places in self._PARTS.items()
        }
        self._watched = watched
        self._paths = paths
        self._clock = clock
        self.groups: dict[Any, Any] = {}
        self.prepared: list[Any] = []
        self.sums: list[Lump] = []

    def make(self, part: str, now: Steps) -> None:
        """Make the calls of one part of step `now`."""
        if part == "begin":
            self._clock.show(now)
        for call in self._parts[part]:
            call(now)

    def _act(self, now: Steps) -> None:
        """Let synapses act, which they do after the calls that follow the connections."""
        for one in self.prepared:
            if isinstance(one, SynapseBlock):
                one.deliver(now)

    def _set_sums(self, now: Steps) -> None:
        """Set the sums over synapses."""
        for lump in self.sums:
            lump.record(now, 1)

    def outdated(self) -> bool:
        """Return whether the run has to stop, or the next step must be prepared again."""
        return magic.stopping.is_set() or any(part.changed for part in self._watched)

    def projections(self, now: Steps) -> list[Projection]:
        """Return the projections with the present weights."""
        if self._parts["before connections"] and any(paths.changed for paths in self._paths):
            for paths in self._paths:
                paths.finish(now)
            self.prepared = projections_of(self._paths, self._clock._dt, now, self.groups)
        return [one for one in self.prepared if not isinstance(one, SynapseBlock)]


def calls_by_place(
    objects: list[Any], recorders: Mapping[Any, Recorder], clock: Clock
) -> dict[str, list[Call]]:
    """Return the calls at each place of a time step, in the order of the objects.

    Parameters
    ----------
    objects : list
        Those of a network; its operations and monitors are placed.
    recorders : mapping
        Monitor → its recorder. Monitors that are not among the objects come last.
    clock : Clock
    """
    bound = {item: item.bound(clock) for item in objects if isinstance(item, Operation)}
    placed = [
        item for item in objects if item in bound or item in recorders and item.when is not None
    ]
    placed += [item for item in recorders if item not in placed and item.when is not None]
    return {
        when: [
            bound.get(item) or _recording(recorders[item]) for item in placed if item.when == when
        ]
        for when in WHEN
    }


def with_setters(network: "Network") -> list[Any]:
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
