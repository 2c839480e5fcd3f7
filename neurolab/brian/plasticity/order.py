"""In which order connections and rules act within a step."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from ...engine.plastic_projection import SpikeQueue
from ...engine.synapse_block import SynapseBlock
from ...grid import Seconds, Steps
from ..connection import Connection
from ..groups import Group
from ..synapse_set import SynapseSet
from ..synapses.run import SynapsesRun
from ..transmission import Paths
from .rule import Rule

Transmitter: TypeAlias = Paths | Rule | SynapsesRun
"""What is prepared for a run: the ways of a connection's spikes, a rule, or synapses."""


def take_up(
    transmitters: Sequence[SynapseSet | Rule], groups: list[Group], observed: bool
) -> list[Transmitter]:
    """Let connections and rules take part in a run.

    Parameters
    ----------
    transmitters : sequence of SynapseSet or Rule
        In the order in which they act.
    groups : list of Group
        Those that are simulated; groups of traces that must be integrated are added.
    observed : bool
        Whether functions of the program are called within the steps.

    Returns
    -------
    list of Paths or Rule
        What is prepared for the run, in the same order.
    """
    rules = [item for item in transmitters if isinstance(item, Rule)]
    for rule in rules:
        groups += [group for group in rule.groups(observed) if group not in groups]
    parts: list[Transmitter] = []
    for item in transmitters:
        if isinstance(item, Rule):
            parts.append(item)
            continue
        if isinstance(item, Connection):
            item.paths.follow(tuple(rule for rule in rules if rule.C is item))
        parts.append(item.paths)
    return parts


def projections_of(
    parts: Iterable[Transmitter], dt: Seconds, step: Steps, groups: Mapping[Group, Any]
) -> list[Any]:
    """Prepare connections and rules, and return what the step loop does for them, in order.

    As in Brian 1, spikes of one group that take the same time arrive at everything at once: what
    waits for them acts together, at the place of the first. Synapses with code act after all that.
    """
    parts = list(parts)
    prepared = {id(part): part.prepare(dt, step, groups) for part in _connections_first(parts)}
    projections = [one for part in parts for one in prepared[id(part)]]
    blocks = [one for one in projections if isinstance(one, SynapseBlock)]
    projections = [one for one in projections if not isinstance(one, SynapseBlock)]
    if not any(isinstance(part, Rule) for part in parts):
        return [*projections, *blocks]
    hubs: dict[object, list[Any]] = {}
    for one in projections:
        key = (id(one.source), one.delay) if isinstance(one, SpikeQueue) else id(one)
        hubs.setdefault(key, []).append(one)
    return [*(one for hub in hubs.values() for one in hub), *blocks]


def _connections_first(parts: Iterable[Transmitter]) -> list[Transmitter]:
    return sorted(parts, key=lambda part: isinstance(part, Rule))
