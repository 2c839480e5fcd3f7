"""A network as a drawing: groups in layers, and arrows for synapses or whole connections."""

from functools import lru_cache
from typing import TypeAlias

from ..experiment.checked import model_of, state_unit
from ..experiment.expansion import connected, rows_of
from ..experiment.experiment import (
    Entries,
    Experiment,
    Inputs,
    Neurons,
    Rule,
    Synapses,
)
from ..units import unit
from .connection_statistics import Statistics, statistics
from .effect_signs import effect_sign
from .network_drawing import Arrow, Cluster, End, Graph
from .network_layers import layers_of
from .populations import populations

MOST_NEURONS = 10
"""A larger group is one box."""
MOST_ARROWS = 60
"""A connection with more synapses is one arrow, and a group with such a connection is one box."""
MOST_PAIRS = 20
"""With more pairs of neurons in all, pairs without a synapse are not shown."""


Weights: TypeAlias = tuple[tuple[float, ...], ...] | Rule | Entries


def graph_of(experiment: Experiment) -> Graph:
    """Build the graph of an experiment.

    Parameters
    ----------
    experiment : Experiment
        A valid one.

    Returns
    -------
    Graph

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> [arrow.sentence for arrow in graph_of(TUTORIAL).arrows if arrow.weight][0]
    'C1[0, 0] = +6 mV: inputs 0 → Va of target 0'
    """
    layers = layers_of(experiment)
    clusters = tuple(_cluster(experiment, group, layers[group.name]) for group in experiment.groups)
    named = {cluster.name: cluster for cluster in clusters}
    styles = _styles(experiment)
    arrows = [
        arrow
        for place, connection in enumerate(experiment.connections)
        for arrow in _arrows(experiment, place, connection, named, styles)
    ]
    if len(arrows) > MOST_PAIRS:
        arrows = [arrow for arrow in arrows if arrow.weight or arrow.synapses]
    largest: dict[str, float] = {}
    for arrow in arrows:
        largest[arrow.unit] = max(largest.get(arrow.unit, 0.0), abs(arrow.weight))
    return Graph(
        clusters,
        tuple(
            arrow._replace(strength=abs(arrow.weight) / (largest[arrow.unit] or 1.0))
            for arrow in arrows
        ),
    )


def _styles(experiment: Experiment) -> dict[tuple[str, str], int]:
    states = [
        (group.name, state)
        for group in experiment.neurons
        for state in model_of(experiment, group).model.states
    ]
    return {state: place for place, state in enumerate(states)}


def _end(group: Inputs | Neurons, first: int, last: int) -> End:
    if last - first == 1:
        return End(group.name, first, last, f"{group.name} {first}")
    return End(
        group.name,
        first,
        last,
        group.name if last - first == group.size else f"{group.name} {first}–{last - 1}",
    )


def _cluster(experiment: Experiment, group: Inputs | Neurons, layer: int) -> Cluster:
    inner = [c for c in experiment.connections if c.source == c.target == group.name]
    if group.size > MOST_NEURONS or any(
        _are_many(_entries(c, group.size, group.size)) for c in inner
    ):
        parts = tuple(_end(group, part.first, part.last) for part in populations(experiment, group))
        return Cluster(group.name, group.size, "stack", layer, parts)
    shape = "ring" if inner and group.size > 1 else "column"
    return Cluster(
        group.name,
        group.size,
        shape,
        layer,
        tuple(_end(group, i, i + 1) for i in range(group.size)),
    )


def _arrows(
    experiment: Experiment,
    place: int,
    connection: Synapses,
    clusters: dict[str, Cluster],
    styles: dict[tuple[str, str], int],
) -> list[Arrow]:
    """Return the arrows of a connection: one for each synapse, or one in all if there are many."""
    source, target = experiment.group(connection.source), experiment.neurons_of(connection.target)
    unit_name = state_unit(experiment, target, connection.state)
    arrow = Arrow(
        connection.name,
        place,
        connection.state,
        styles[target.name, connection.state],
        unit_name,
        _end(source, 0, source.size),
        _end(target, 0, target.size),
        0.0,
        connection.delay,
        effect=effect_sign(experiment, target, connection.state),
    )
    ends = clusters[source.name].ends, clusters[target.name].ends
    if "stack" not in (clusters[source.name].shape, clusters[target.name].shape):
        entries = _entries(connection, source.size, target.size)
        if not _are_many(entries):
            return [
                arrow._replace(source=ends[0][i], target=ends[1][j], weight=weight)
                for i, j, weight in entries
            ]
    return [_whole(arrow, connection.weights, source, target, ends)]


def _entries(connection: Synapses, n_sources: int, n_targets: int) -> list[tuple[int, int, float]]:
    """Return source, target and weight of the pairs of a small matrix."""
    if not isinstance(connection.weights, tuple):
        rows = rows_of(connection.weights, 1.0, n_sources, n_targets)
        return [
            (i, j, weight)
            for i in range(n_sources)
            for j, weight in zip(*(part.tolist() for part in rows.row(i)))
        ]
    # A neuron rarely has a synapse with itself, so a weight of 0 is not shown there.
    recurrent = connection.source == connection.target and n_sources > 1
    return [
        (i, j, weight)
        for i, row in enumerate(connection.weights)
        for j, weight in enumerate(row)
        if weight or not (recurrent and i == j)
    ]


def _are_many(entries: list[tuple[int, int, float]]) -> bool:
    return sum(weight != 0 for *_, weight in entries) > MOST_ARROWS


def _whole(
    arrow: Arrow,
    weights: Weights,
    source: Inputs | Neurons,
    target: Inputs | Neurons,
    ends: tuple[tuple[End, ...], tuple[End, ...]],
) -> Arrow:
    """Return one arrow for a whole connection, between the boxes that it connects if they exist."""
    parts = connected(weights, source.size, target.size)
    numbers = _statistics(weights, unit(arrow.unit)[0], source.size, target.size, *parts)
    begins, leads = (_end(group, *part) for group, part in zip((source, target), parts))
    return arrow._replace(
        source=begins if begins in ends[0] else arrow.source,
        target=leads if leads in ends[1] else arrow.target,
        weight=round(numbers.weight_mean, 9),
        synapses=numbers,
    )


@lru_cache(maxsize=8)
def _statistics(
    weights: Weights,
    factor: float,
    n_sources: int,
    n_targets: int,
    sources: tuple[int, int],
    targets: tuple[int, int],
) -> Statistics:
    return statistics(rows_of(weights, factor, n_sources, n_targets), factor, sources, targets)
