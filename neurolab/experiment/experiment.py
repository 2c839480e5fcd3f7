"""An experiment is a value: strings, numbers and nested tuples that say all there is to simulate.

Times are in milliseconds; weights and initial values are in the unit in which the field writes the dimension of their
state variable (mV for volts, nA for amperes, …). Equality, hashing, JSON and links follow from that.
"""

from dataclasses import asdict, dataclass, field, replace

from ..characters import plain, plain_lines
from ..errors import NeurolabError, ParseError
from .from_dict import read

SCHEMA = 1
"""Version of the dictionaries that `to_dict` writes."""


@dataclass(frozen=True)
class Parameter:
    """A named constant of the equations, such as ``Parameter('tau_a', 1.0, 'ms')``."""

    name: str
    value: float
    unit: str = ""

    def __post_init__(self):
        object.__setattr__(self, "unit", plain(self.unit))


@dataclass(frozen=True)
class Inputs:
    """Source neurons that fire at given times, or at random."""

    name: str
    spikes: tuple[tuple[float, ...], ...]
    """Spike times of each neuron, in ms."""
    period: float = 0.0
    """Time after which the spikes repeat, in ms; 0 for never."""
    rates: tuple[float, ...] = ()
    """Rate of each neuron in Hz, for random (Poisson) inputs; empty for given times."""

    @property
    def size(self):
        """Number of neurons."""
        return len(self.spikes)


@dataclass(frozen=True)
class Spread:
    """Values drawn at random between two ends, one for each neuron, without a list of them."""

    low: float
    high: float
    seed: int = 0


@dataclass(frozen=True)
class Neurons:
    """Neurons of one model."""

    name: str
    size: int
    equations: str
    threshold: str = ""
    """Condition such as ``'Va > Vt'``; empty: they never fire."""
    reset: str = ""
    refractory: float = 0.0
    """In ms."""
    method: str = ""
    """Integration method; empty: exact where the model is linear, else Euler."""
    initial: tuple[tuple[str, tuple[float, ...] | Spread], ...] = ()
    """Initial values of states, and values of parameters with one value a neuron: (name, one number a neuron)."""

    def __post_init__(self):
        # In plain characters, so that links and exported programs hold what every parser reads.
        for name in ("equations", "threshold", "reset"):
            object.__setattr__(self, name, plain_lines(getattr(self, name)))


@dataclass(frozen=True)
class Rule:
    """A connection said in one line: ``'full'``, ``'one_to_one'`` or ``'random'`` with a probability and a seed."""

    kind: str
    weight: float
    probability: float = 1.0
    seed: int = 0
    sources: tuple[int, ...] = ()
    """The part of the source group that it connects, as first and past-the-last neuron; empty for the whole group."""
    targets: tuple[int, ...] = ()
    """As `sources`, for the target group."""


@dataclass(frozen=True)
class Entries:
    """A large matrix by its entries that are not zero, as parallel lists."""

    sources: tuple[int, ...]
    targets: tuple[int, ...]
    weights: tuple[float, ...]

    def __hash__(self):  # of hundreds of thousands of numbers it would cost more than a redraw
        return hash((len(self.weights), self.sources[:20], self.targets[:20], self.weights[:20]))


@dataclass(frozen=True)
class Synapses:
    """A connection: when a source neuron fires, its weights are added to a state variable of its targets."""

    name: str
    source: str
    target: str
    state: str
    weights: tuple[tuple[float, ...], ...] | Rule | Entries
    """``weights[source][target]``, in full, by a rule, or by the entries that are not zero."""
    delay: float = 0.0
    """In ms."""


@dataclass(frozen=True)
class Experiment:
    """All there is to simulate."""

    groups: tuple[Inputs | Neurons, ...]
    connections: tuple[Synapses, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    duration: float = 10.0
    """In ms."""
    dt: float = 0.1
    """Time step, in ms."""
    seed: int = 0
    """For what is random."""
    title: str = field(default="", compare=False)

    @property
    def inputs(self):
        """The groups that fire at given times."""
        return tuple(group for group in self.groups if isinstance(group, Inputs))

    @property
    def neurons(self):
        """The groups that have equations."""
        return tuple(group for group in self.groups if isinstance(group, Neurons))

    def group(self, name):
        """The group of this name."""
        return _named(self.groups, name, "group")

    def connection(self, name):
        """The connection of this name."""
        return _named(self.connections, name, "connection")

    def parameter(self, name):
        """The parameter of this name."""
        return _named(self.parameters, name, "parameter")

    def with_group(self, group):
        """The experiment with this group in place of the one of the same name."""
        return replace(self, groups=_replaced(self.groups, group))

    def with_connection(self, connection):
        """The experiment with this connection in place of the one of the same name."""
        return replace(self, connections=_replaced(self.connections, connection))

    def with_parameter(self, parameter):
        """The experiment with this parameter in place of the one of the same name."""
        return replace(self, parameters=_replaced(self.parameters, parameter))

    def to_dict(self):
        """Plain dictionaries and lists, fit for JSON; `from_dict` gives the experiment back."""
        plain = asdict(self)
        for group, written in zip(self.groups, plain["groups"]):
            written["kind"] = "inputs" if isinstance(group, Inputs) else "neurons"
        return {"schema": SCHEMA, **plain}

    @classmethod
    def from_dict(cls, plain):
        """Read what `to_dict` wrote, from JSON or not.

        Raises
        ------
        ParseError
            It is no experiment, or one of a later version; the message names the entry.
        """
        if not isinstance(plain, dict) or plain.get("schema") != SCHEMA:
            found = plain.get("schema") if isinstance(plain, dict) else type(plain).__name__
            raise ParseError(
                f"the file has schema {found!s:.60}",
                where="experiment",
                expected=f"schema {SCHEMA}",
                mend="It may come from another version of neurolab.",
            )
        plain = {name: value for name, value in plain.items() if name != "schema"}
        groups = [_read_group(item) for item in _list(plain.pop("groups", None), "groups")]
        synapses = [
            _read_synapses(item) for item in _list(plain.pop("connections", []), "connections")
        ]
        parameters = [
            read(Parameter, item, "parameter")
            for item in _list(plain.pop("parameters", []), "parameters")
        ]
        return read(
            cls,
            {**plain, "groups": groups, "connections": synapses, "parameters": parameters},
            "experiment",
        )


def _named(items, name, kind):
    for item in items:
        if item.name == name:
            return item
    raise NeurolabError(
        f"there is no {kind} '{name}'", expected=", ".join(item.name for item in items) or "none"
    )


def _replaced(items, new):
    return tuple(new if item.name == new.name else item for item in items)


def _list(value, where):
    if not isinstance(value, (list, tuple)):
        raise ParseError(f"it is {type(value).__name__}", where=where, expected="a list")
    return value


def _read_group(item):
    if not isinstance(item, dict):
        raise ParseError(f"it is {type(item).__name__}", where="group", expected="a dictionary")
    if item.get("kind") not in tuple(_KINDS):
        raise ParseError(
            f"its kind is {item.get('kind')!r:.60}", where="group", expected=" or ".join(_KINDS)
        )
    kind, item = (
        _KINDS[item["kind"]],
        {name: value for name, value in item.items() if name != "kind"},
    )
    if kind is Neurons and isinstance(item.get("initial"), (list, tuple)):
        item["initial"] = [
            [entry[0], read(Spread, entry[1], "initial")]
            if isinstance(entry, (list, tuple)) and len(entry) == 2 and isinstance(entry[1], dict)
            else entry
            for entry in item["initial"]
        ]
    return read(kind, item, "group")


def _read_synapses(item):
    if isinstance(item, dict) and isinstance(item.get("weights"), dict):
        kind = Rule if "kind" in item["weights"] else Entries
        item = {**item, "weights": read(kind, item["weights"], "weights")}
    return read(Synapses, item, "connection")


_KINDS = {"inputs": Inputs, "neurons": Neurons}
