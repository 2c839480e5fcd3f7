"""An experiment is a value: strings, numbers and nested tuples that describe a whole simulation.

Times are in milliseconds. Weights and initial values are in the unit in which the field writes the
dimension of their state variable (mV for volts, nA for amperes, …). Equality, hashing, JSON and
links follow from that.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, ClassVar, Protocol, Self, TypeVar

from ..characters import plain, plain_lines
from ..errors import UnknownNameError
from ..grid import Ms
from .from_dict import read, read_version

SCHEMA = 1
"""Version of the dictionaries that `to_dict` writes."""


@dataclass(frozen=True)
class Parameter:
    """A named constant of the equations.

    Examples
    --------
    >>> Parameter("tau_a", 1.0, "ms")
    Parameter(name='tau_a', value=1.0, unit='ms')
    """

    name: str
    value: float
    unit: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", plain(self.unit))


@dataclass(frozen=True)
class Inputs:
    """Source neurons that fire at given times, or at random.

    Examples
    --------
    >>> Inputs("inputs", ((1.0, 4.0), (2.0, 3.0))).size
    2
    """

    KIND: ClassVar[str] = "inputs"

    name: str
    spikes: tuple[tuple[Ms, ...], ...]
    """Spike times of each neuron."""
    period: Ms = 0.0
    """Time after which the spikes repeat; 0 for never."""
    rates: tuple[float, ...] = ()
    """Rate of each neuron in Hz, for random (Poisson) inputs; empty for given times."""

    @property
    def size(self) -> int:
        """Number of neurons."""
        return len(self.spikes)


@dataclass(frozen=True)
class Spread:
    """Values drawn at random between two ends, one for each neuron."""

    low: float
    high: float
    seed: int = 0


@dataclass(frozen=True)
class Neurons:
    """Neurons of one model.

    Examples
    --------
    >>> Neurons("cells", 1, "dV/dt = −V/(10*ms) : volt").equations  # with a true minus sign
    'dV/dt = -V/(10*ms) : volt'
    """

    KIND: ClassVar[str] = "neurons"

    name: str
    size: int
    equations: str
    threshold: str = ""
    """Condition such as ``'Va > Vt'``; without one, the neurons never fire."""
    reset: str = ""
    refractory: Ms = 0.0
    method: str = ""
    """Integration method; empty: exact where the model is linear, else Euler."""
    initial: tuple[tuple[str, tuple[float, ...] | Spread], ...] = ()
    """Names and values of states at the start, and of parameters with one value a neuron."""

    def __post_init__(self) -> None:
        # Links and exported programs must contain characters that every parser reads.
        for name in ("equations", "threshold", "reset"):
            object.__setattr__(self, name, plain_lines(getattr(self, name)))


@dataclass(frozen=True)
class Rule:
    """A connection in one line, such as ``Rule('random', weight=1.62, probability=0.02, seed=1)``.

    The kind is ``'full'``, ``'one_to_one'`` or ``'random'``.
    """

    kind: str
    weight: float
    probability: float = 1.0
    seed: int = 0
    sources: tuple[int, ...] = ()
    """First and past-the-last neuron of the part that it connects; empty for the whole group."""
    targets: tuple[int, ...] = ()
    """As `sources`, for the target group."""


@dataclass(frozen=True)
class Entries:
    """A large matrix by its entries that are not zero, as parallel lists."""

    sources: tuple[int, ...]
    targets: tuple[int, ...]
    weights: tuple[float, ...]

    def __hash__(
        self,
    ) -> int:  # hashing hundreds of thousands of numbers takes longer than a redraw
        return hash((len(self.weights), self.sources[:20], self.targets[:20], self.weights[:20]))


Matrix = tuple[tuple[float, ...], ...]
"""A connection matrix in full: ``weights[source][target]``."""
Weights = Matrix | Rule | Entries


@dataclass(frozen=True)
class Synapses:
    """A connection: when a source neuron fires, its weights are added to a variable of its targets.

    The weights are a full matrix, a rule, or the entries that are not zero.
    """

    name: str
    source: str
    target: str
    state: str
    weights: Weights
    delay: Ms = 0.0


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Part = TypeVar("Part", bound=_Named)


@dataclass(frozen=True)
class Experiment:
    """A whole simulation: groups, connections, parameters, duration, time step and seed.

    Examples
    --------
    >>> experiment = Experiment(
    ...     groups=(
    ...         Inputs("inputs", ((1.0, 4.0),)),
    ...         Neurons("cells", 1, "dV/dt = -V/tau : volt"),
    ...     ),
    ...     connections=(Synapses("C", "inputs", "cells", "V", ((6.0,),)),),
    ...     parameters=(Parameter("tau", 10.0, "ms"),),
    ... )
    >>> slower = experiment.with_parameter(Parameter("tau", 20.0, "ms"))
    >>> slower.parameter("tau").value
    20.0
    >>> Experiment.from_dict(slower.to_dict()) == slower
    True
    """

    groups: tuple[Inputs | Neurons, ...]
    connections: tuple[Synapses, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    duration: Ms = 10.0
    dt: Ms = 0.1
    """Time step."""
    seed: int = 0
    """Seed of random inputs and noise."""
    title: str = field(default="", compare=False)

    @property
    def inputs(self) -> tuple[Inputs, ...]:
        """The groups that fire at given times or at random."""
        return tuple(group for group in self.groups if isinstance(group, Inputs))

    @property
    def neurons(self) -> tuple[Neurons, ...]:
        """The groups that have equations."""
        return tuple(group for group in self.groups if isinstance(group, Neurons))

    def group(self, name: str) -> Inputs | Neurons:
        """Return the group of this name; raise `UnknownNameError` if there is none."""
        return _named(self.groups, name, "group")

    def inputs_of(self, name: str) -> Inputs:
        """Return the inputs of this name; raise `UnknownNameError` if there are none."""
        return _named(self.inputs, name, "group of inputs")

    def neurons_of(self, name: str) -> Neurons:
        """Return the group with equations of this name; raise `UnknownNameError` if not found."""
        return _named(self.neurons, name, "group with equations")

    def connection(self, name: str) -> Synapses:
        """Return the connection of this name; raise `UnknownNameError` if there is none."""
        return _named(self.connections, name, "connection")

    def parameter(self, name: str) -> Parameter:
        """Return the parameter of this name; raise `UnknownNameError` if there is none."""
        return _named(self.parameters, name, "parameter")

    def with_group(self, group: Inputs | Neurons) -> Self:
        """Return the experiment with this group in place of the one of the same name."""
        return replace(self, groups=_replaced(self.groups, group))

    def with_connection(self, connection: Synapses) -> Self:
        """Return the experiment with this connection in place of the one of the same name."""
        return replace(self, connections=_replaced(self.connections, connection))

    def with_parameter(self, parameter: Parameter) -> Self:
        """Return the experiment with this parameter in place of the one of the same name."""
        return replace(self, parameters=_replaced(self.parameters, parameter))

    def to_dict(self) -> dict[str, Any]:
        """Return plain dictionaries and lists, fit for JSON; `from_dict` reads them back."""
        entries = asdict(self)
        for group, entry in zip(self.groups, entries["groups"]):
            entry["kind"] = group.KIND
        return {"schema": SCHEMA, **entries}

    @classmethod
    def from_dict(cls, entries: object) -> Self:
        """Read what `to_dict` wrote, from JSON or not.

        Parameters
        ----------
        entries : object
            It should be a dictionary.

        Raises
        ------
        ParseError, RangeError, LimitError
            It does not describe an experiment of this version; the message names the entry.
        """
        return read(cls, read_version(entries, "schema", SCHEMA, "experiment"), "experiment")


def _named(items: Iterable[Part], name: str, kind: str) -> Part:
    names = []
    for item in items:
        if item.name == name:
            return item
        names.append(item.name)
    raise UnknownNameError(
        f"The experiment has no {kind} '{name}'.",
        mend=f"Choose one of {', '.join(names)}." if names else f"Add a {kind} first.",
    )


def _replaced(items: tuple[Part, ...], new: Part) -> tuple[Part, ...]:
    return tuple(new if item.name == new.name else item for item in items)
