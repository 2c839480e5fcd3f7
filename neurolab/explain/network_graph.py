"""A network as it can be drawn: groups in layers, and an arrow for each synapse, or for each connection of large groups."""

from functools import lru_cache
from typing import NamedTuple

from ..experiment.expansion import connected, rows_of
from ..experiment.validate import model_of, state_unit
from ..units import unit
from .connection_statistics import statistics
from .populations import populations

MOST_NEURONS = 10
"""A larger group is one box."""
MOST_ARROWS = 60
"""A connection with more synapses is one arrow; if it is one of a group with itself, the group is one box."""
MOST_PAIRS = 20
"""With more pairs of neurons in all, those without a synapse are not shown."""


class End(NamedTuple):
    """Where an arrow begins or ends: a neuron, a part of a group or a whole group, as neurons ``first … last - 1``."""

    group: str
    first: int
    last: int
    label: str
    """Such as ``'inputs 0'``, ``'neurons 0–3199'`` or ``'neurons'``."""


class Cluster(NamedTuple):
    """A group as it is drawn.

    Attributes
    ----------
    name : str
    size : int
    shape : str
        ``'column'`` or ``'ring'`` (of neurons), or ``'stack'`` (boxes).
    layer : int
        0 for inputs; else how many connections lead there from the nearest input.
    ends : tuple of End
        Its neurons, or its boxes.
    """

    name: str
    size: int
    shape: str
    layer: int
    ends: tuple


class Arrow(NamedTuple):
    """A synapse, or a whole connection.

    Attributes
    ----------
    connection, state, unit : str
    place : int
        Of the connection in the experiment.
    style : int
        Place of the variable among those of all groups, which gives it its colour in the traces.
    source, target : End
    weight : float
        In the unit; the mean of a whole connection.
    delay : float
        In ms.
    strength : float
        Size of the weight, 1 for the largest that is drawn in that unit.
    synapses : Statistics or None
        Of a whole connection.
    """

    connection: str
    place: int
    state: str
    style: int
    unit: str
    source: End
    target: End
    weight: float
    delay: float
    strength: float = 0.0
    synapses: object = None

    @property
    def sign(self):
        """``'excites'``, ``'inhibits'`` or ``'zero'``."""
        return "excites" if self.weight > 0 else "inhibits" if self.weight < 0 else "zero"

    @property
    def amount(self):
        """The weight with its sign and unit: ``'+6 mV'``; with their spread, where those of a connection differ."""
        spread = (
            f" ± {self.synapses.weight_spread:.2g}"
            if self.synapses and self.synapses.weight_spread
            else ""
        )
        return f"{_signed(self.weight)}{spread} {self.unit}".strip()

    @property
    def sentence(self):
        """All of it as text: ``'C1[0, 0] = +6 mV: inputs 0 → Va of target 0'``"""
        late = f", after {self.delay:g} ms" if self.delay else ""
        if self.synapses is None:
            entry = f"{self.connection}[{self.source.first}, {self.target.first}] = {self.amount}"
            return f"{entry}: {self.source.label} → {self.state} of {self.target.label}{late}"
        numbers = self.synapses
        return (
            f"{self.connection}: {numbers.synapses:,} synapses of {self.amount}, {numbers.probability:.3g} of all pairs: "
            f"{self.source.label} → {self.state} of {self.target.label}{late}"
        )


class Graph(NamedTuple):
    """A network as it is drawn."""

    clusters: tuple
    arrows: tuple

    @property
    def summary(self):
        """What there is, in words."""
        groups = ", ".join(
            f"{cluster.name} ({cluster.size:,} neuron{'s' * (cluster.size > 1)})"
            for cluster in self.clusters
        )
        found = {}
        for arrow in self.arrows:
            count = arrow.synapses.synapses if arrow.synapses else int(arrow.weight != 0)
            key = f"{arrow.connection} from {arrow.source.group} to {arrow.state} of {arrow.target.group}"
            found[key] = found.get(key, 0) + count
        wires = "; ".join(
            f"{name}: {count:,} synapse{'s' * (count != 1)}" for name, count in found.items()
        )
        return f"Groups: {groups}." + f" Connections: {wires}." * bool(wires)


def _signed(value):
    """A weight with its sign, at most four digits."""
    return f"{value:+.4g}".replace("-", "−") if value else "0"


def graph_of(experiment):
    """The graph of an experiment.

    Parameters
    ----------
    experiment : Experiment
        A valid one.

    Returns
    -------
    Graph
    """
    layers = _layers(experiment)
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
    largest = {}
    for arrow in arrows:
        largest[arrow.unit] = max(largest.get(arrow.unit, 0.0), abs(arrow.weight))
    return Graph(
        clusters,
        tuple(
            arrow._replace(strength=abs(arrow.weight) / (largest[arrow.unit] or 1.0))
            for arrow in arrows
        ),
    )


def _styles(experiment):
    states = [
        (group.name, state)
        for group in experiment.neurons
        for state in model_of(experiment, group)[0].states
    ]
    return {state: place for place, state in enumerate(states)}


def _layers(experiment):
    """How many connections away from the inputs each group is, on the longest way that does not come back."""
    leads = {group.name: [] for group in experiment.groups}
    for connection in experiment.connections:
        leads[connection.source].append(connection.target)
    layers = dict.fromkeys(leads, 0)
    inputs = [group.name for group in experiment.inputs]
    order = _from_first_to_last(leads, inputs)
    for name in order:
        if inputs and name not in inputs:
            layers[name] = max(layers[name], 1)
        for target in leads[name]:
            if order.index(target) > order.index(name):
                layers[target] = max(layers[target], layers[name] + 1)
    return layers


def _from_first_to_last(leads, inputs):
    """Groups in an order in which connections lead onwards, but for those that close a circle."""
    order, seen = [], set()

    def visit(name):
        if name not in seen:
            seen.add(name)
            for target in leads[name]:
                visit(target)
            order.insert(0, name)

    fed = {target for name, targets in leads.items() for target in targets if target != name}
    for name in (*inputs, *(name for name in leads if name not in fed), *leads):
        visit(name)
    return order


def _end(group, first, last):
    if last - first == 1:
        return End(group.name, first, last, f"{group.name} {first}")
    return End(
        group.name,
        first,
        last,
        group.name if last - first == group.size else f"{group.name} {first}–{last - 1}",
    )


def _cluster(experiment, group, layer):
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


def _arrows(experiment, place, connection, clusters, styles):
    """The arrows of a connection: one for each synapse where that can be seen, else one."""
    source, target = experiment.group(connection.source), experiment.group(connection.target)
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


def _entries(connection, n_sources, n_targets):
    """Source, target and weight of the pairs of a small matrix."""
    if not isinstance(connection.weights, tuple):
        rows = rows_of(connection.weights, 1.0, n_sources, n_targets)
        return [
            (i, j, weight)
            for i in range(n_sources)
            for j, weight in zip(*(part.tolist() for part in rows.row(i)))
        ]
    # Of neurons in a group hardly one leads to itself: where it does not, nothing is shown.
    recurrent = connection.source == connection.target and n_sources > 1
    return [
        (i, j, weight)
        for i, row in enumerate(connection.weights)
        for j, weight in enumerate(row)
        if weight or not (recurrent and i == j)
    ]


def _are_many(entries):
    return sum(weight != 0 for *_, weight in entries) > MOST_ARROWS


def _whole(arrow, weights, source, target, ends):
    """One arrow for a connection, between the boxes that it connects where there are such."""
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
def _statistics(weights, factor, n_sources, n_targets, sources, targets):
    return statistics(rows_of(weights, factor, n_sources, n_targets), factor, sources, targets)
