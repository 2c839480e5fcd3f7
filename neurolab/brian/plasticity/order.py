"""In which order connections and rules act within a step."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from ...engine.plastic_projection import SpikeQueue
from ...grid import Seconds, Steps
from ..connection import Connection
from ..groups import Group
from ..transmission import Paths
from .rule import Rule

Transmitter: TypeAlias = Paths | Rule
"""What is prepared for a run: the ways of a connection's spikes, or a rule."""


def take_up(
    transmitters: Sequence[Connection | Rule], groups: list[Group], observed: bool
) -> list[Transmitter]:
    """Let connections and rules take part in a run.

    Parameters
    ----------
    transmitters : sequence of Connection or Rule
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
        if isinstance(item, Connection):
            item.paths.follow(tuple(rule for rule in rules if rule.C is item))
            parts.append(item.paths)
        else:
            parts.append(item)
    return parts


def projections_of(
    parts: Iterable[Transmitter], dt: Seconds, step: Steps, groups: Mapping[Group, Any]
) -> list[Any]:
    """Prepare connections and rules, and return what the step loop does for them, in order.

    As in Brian 1, spikes of one group that take the same time arrive at everything at once: what
    waits for them acts together, at the place of the first.
    """
    parts = list(parts)
    prepared = {id(part): part.prepare(dt, step, groups) for part in _connections_first(parts)}
    projections = [one for part in parts for one in prepared[id(part)]]
    if all(isinstance(part, Paths) for part in parts):
        return projections
    hubs: dict[object, list[Any]] = {}
    for one in projections:
        key = (id(one.source), one.delay) if isinstance(one, SpikeQueue) else id(one)
        hubs.setdefault(key, []).append(one)
    return [one for hub in hubs.values() for one in hub]


def _connections_first(parts: Iterable[Transmitter]) -> list[Transmitter]:
    return sorted(parts, key=lambda part: not isinstance(part, Paths))
