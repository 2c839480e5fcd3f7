"""The parts of a drawn network: groups, their neurons or boxes, and arrows."""

from typing import NamedTuple

from .connection_statistics import Statistics


class End(NamedTuple):
    """One end of an arrow: a neuron, a part of a group or a whole group.

    It consists of the neurons ``first … last - 1``.
    """

    group: str
    first: int
    last: int
    label: str
    """Such as ``'inputs 0'``, ``'neurons 0–3199'`` or ``'neurons'``."""


class Cluster(NamedTuple):
    """The drawing of a group.

    Attributes
    ----------
    name : str
    size : int
    shape : str
        ``'column'`` or ``'ring'`` (of neurons), or ``'stack'`` (boxes).
    layer : int
        0 for inputs, else the number of connections that lead there from an input.
    ends : tuple of End
        The neurons, or the boxes.
    """

    name: str
    size: int
    shape: str
    layer: int
    ends: tuple[End, ...]


class Arrow(NamedTuple):
    """A synapse, or a whole connection.

    Attributes
    ----------
    connection, state, unit : str
    place : int
        Index of the connection in the experiment.
    style : int
        Index of the variable among those of all groups, which selects its colour in the traces.
    source, target : End
    weight : float
        In the unit; the mean of a whole connection.
    delay : float
        In ms.
    strength : float
        Size of the weight relative to the largest one in the same unit.
    effect : int
        Sign of the effect of a positive weight on the membrane potential.
    synapses : Statistics or None
        Statistics of a whole connection; None for one synapse.
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
    effect: int = 1
    synapses: Statistics | None = None

    @property
    def sign(self) -> str:
        """The effect on the membrane potential: ``'excites'``, ``'inhibits'`` or ``'zero'``."""
        effect = self.weight * self.effect
        if effect > 0:
            return "excites"
        return "inhibits" if effect < 0 else "zero"

    @property
    def amount(self) -> str:
        """The weight with sign and unit, and with the spread if weights differ: ``'+6 mV'``."""
        spread = (
            f" ± {self.synapses.weight_spread:.2g}"
            if self.synapses and self.synapses.weight_spread
            else ""
        )
        return f"{_signed(self.weight)}{spread} {self.unit}".strip()

    @property
    def sentence(self) -> str:
        """The arrow as text: ``'C1[0, 0] = +6 mV: inputs 0 → Va of target 0'``."""
        late = f", after {self.delay:g} ms" if self.delay else ""
        if self.synapses is None:
            entry = f"{self.connection}[{self.source.first}, {self.target.first}] = {self.amount}"
            return f"{entry}: {self.source.label} → {self.state} of {self.target.label}{late}"
        numbers = self.synapses
        return (
            f"{self.connection}: {numbers.synapses:,} synapses of {self.amount}, "
            f"{numbers.probability:.3g} of all pairs: "
            f"{self.source.label} → {self.state} of {self.target.label}{late}"
        )


class Graph(NamedTuple):
    """The drawing of a network."""

    clusters: tuple[Cluster, ...]
    arrows: tuple[Arrow, ...]

    @property
    def summary(self) -> str:
        """The groups and connections as text."""
        groups = ", ".join(
            f"{cluster.name} ({cluster.size:,} neuron{'s' * (cluster.size > 1)})"
            for cluster in self.clusters
        )
        counts: dict[str, int] = {}
        for arrow in self.arrows:
            count = arrow.synapses.synapses if arrow.synapses else int(arrow.weight != 0)
            target = f"{arrow.state} of {arrow.target.group}"
            key = f"{arrow.connection} from {arrow.source.group} to {target}"
            counts[key] = counts.get(key, 0) + count
        wires = "; ".join(
            f"{name}: {count:,} synapse{'s' * (count != 1)}" for name, count in counts.items()
        )
        return f"Groups: {groups}." + f" Connections: {wires}." * bool(wires)


def _signed(value: float) -> str:
    """Write a weight with its sign, in at most four digits."""
    return f"{value:+.4g}".replace("-", "−") if value else "0"
