"""Connections in the script API: a spike adds weights to a variable of its targets."""

from typing import TYPE_CHECKING, Any, NoReturn

from ..errors import ArgumentError, UnitsError, UnknownAttributeError
from ..grid import Seconds
from ..units import DIMENSIONLESS, Quantity, dimension_name
from .checked_calls import checked_call
from .clock import seconds
from .connection_making import ConnectionMaking
from .delays import Delays, as_delay
from .groups import Group
from .neurons import NeuronGroup

if TYPE_CHECKING:
    from .plasticity.rule import Rule

# An option of Brian 1 that only tunes how it computes.
_TUNING = ("column_access",)
_STRUCTURES = ("sparse", "dense", "dynamic")
_LONGEST_DELAY = 5e-3
"""Seconds: the longest delay of a synapse in Brian 1, unless a program gives another."""


class Connection(ConnectionMaking):
    """A connection matrix between two groups.

    When neuron i of the source fires, ``C[i, j]`` is added to the state variable of each target
    neuron j.

    Parameters
    ----------
    source, target : Group
        The target must have equations; slices and subgroups count from their own first neuron.
    state : str, optional
        The target's variable to which weights are added; by default the one on which a scalar
        threshold would act.
    delay : quantity, True, pair, matrix or function, optional
        Time from a spike to its effect; 0 by default. True: one for each synapse, set by
        ``C.delay[i, j] = …`` (0 where it is not set). A pair (low, high): one for each synapse, at
        random between them. A function is called with the indices (i, j), or with nothing.
    modulation : str, optional
        A dimensionless variable of the source. A spike then adds the weight times this variable's
        value for the neuron that fired, taken when the spike arrives (with a delay for each
        synapse: when it is sent).
    weight : quantity, matrix or function, optional
        Weight in the unit of the driven variable. Connects all to all with it, or at random where
        `sparseness` is given. A matrix has shape (source, target).
    sparseness : float or function, optional
        Probability of each connection; a function gets the indices (i, j).
    structure : {'sparse', 'dense', 'dynamic'}
        Whether a pair of neurons whose weight is 0 has a synapse: only with ``'dense'``. This
        matters where weights change during a run.
    max_delay : quantity, optional
        With a delay for each synapse, spike-timing-dependent plasticity changes the weights of a
        source neuron this long after its spike; 5 ms by default.

    Raises
    ------
    ArgumentError
        Source or target is not a group, or the target has no equations.
    UnknownAttributeError
        The target has no such state variable.
    UnitsError
        A weight does not have the dimension of the driven variable.

    Examples
    --------
    >>> from neurolab import Connection, NeuronGroup, SpikeGeneratorGroup, ms, mV
    >>> inputs = SpikeGeneratorGroup(2, [(0, 1*ms)])
    >>> neurons = NeuronGroup(1, 'dV/dt = -V/(10*ms) : volt')
    >>> C = Connection(inputs, neurons, 'V')
    >>> C[0, 0] = 3*mV
    >>> C.shape
    (2, 1)
    >>> (C.todense()*1e3).tolist()
    [[3.0], [0.0]]
    """

    _settable = ("delay",)
    nothing_made = ("no weight was set", "Set weights, such as C[0, 0] = 3*mV.")

    @checked_call(tuning=_TUNING)
    def __init__(
        self,
        source: Any,
        target: Any,
        state: str | int | None = None,
        delay: object = 0,
        *,
        modulation: str | None = None,
        structure: str = "sparse",
        weight: object = None,
        sparseness: object = None,
        max_delay: Quantity | None = None,
    ) -> None:
        _check_groups(source, target)
        driven = _driven_variable(source, target, state)
        label = f"Connection({source.label} → {target.label}, '{driven}')"
        super().__init__(source, target, driven, label, _checked_structure(structure, label))
        self.modulation = self._checked_modulation(modulation)
        self._rules: list[Rule] = []
        self._longest = _LONGEST_DELAY
        if max_delay is not None:
            self._longest = seconds(max_delay, f"{label}, max_delay")
        self.delay = delay
        if sparseness is not None:
            self.connect_random(sparseness=sparseness, weight=weight)
        elif weight is not None:
            self.connect_full(weight=weight)
        for group in (source.whole, target.whole):
            group.attach_object(self)
        self._made = True

    def _checked_modulation(self, name: str | None) -> str | None:
        model = getattr(self.source, "model", None)
        if name is None:
            return None
        if model is None:
            raise ArgumentError(
                f"{self.source.label} has no variable that can multiply the weights.",
                where=f"{self.label}, modulation",
                mend="Give a NeuronGroup as source.",
            )
        if name not in (*model.states, *model.parameters):
            raise UnknownAttributeError(
                f"'{name}' is not a variable of the source.",
                where=f"{self.label}, modulation",
                mend=f"Its variables are {', '.join((*model.states, *model.parameters))}.",
            )
        if self.source.dimension(name) != DIMENSIONLESS:
            raise UnitsError(
                f"'{name}' is in {dimension_name(self.source.dimension(name))}.",
                where=f"{self.label}, modulation",
                mend="Weights can only be multiplied by a plain number.",
            )
        return name

    def _refuse(self, name: str) -> NoReturn:
        raise UnknownAttributeError(
            f"'{name}' cannot be set.",
            where=self.label,
            mend="Only delay can be set. Set weights as C[i, j] = 3*mV.",
        )

    @property
    def delay(self) -> Any:
        """The delay (quantity), or one for each synapse; it can be set again."""
        if isinstance(self._delay, Delays):
            return self._delay.seen_from(self)
        return self._delay

    @delay.setter
    def delay(self, delay: object) -> None:
        self._delay: Quantity | Delays = as_delay(delay, self)
        self._paths.delays_changed()

    @property
    def rules(self) -> "tuple[Rule, ...]":
        """The rules by which its weights change in a run, in the order in which they were made."""
        return tuple(self._rules)

    def attach_rule(self, rule: "Rule") -> None:
        """Note that a rule changes its weights, or by how much they count."""
        self._rules.append(rule)

    @property
    def longest_delay(self) -> Seconds:
        """The option `max_delay`, in seconds."""
        return self._longest


def _check_groups(source: object, target: Any) -> None:
    """Raise unless both are groups and the target has equations."""
    for group, role in ((source, "source"), (target, "target")):
        if not isinstance(group, Group):
            raise ArgumentError(
                f"The {role} has type {type(group).__name__}.",
                where="Connection",
                mend="Give a group of neurons.",
            )
    if not isinstance(target.whole, NeuronGroup):
        raise ArgumentError(
            f"{target.label} has no state variables to connect to.",
            where="Connection",
            mend="Give a NeuronGroup as target.",
        )


def _driven_variable(source: Any, target: Any, state: object) -> str:
    """Return the name of the variable to which weights are added.

    A parameter becomes a state variable, because spikes change it.
    """
    states = target.model.states
    if state is None:
        state = target.model.default_state
    elif isinstance(state, int) and 0 <= state < len(states):
        state = states[state]
    if isinstance(state, str) and state in target.model.parameters:
        target.whole.let_spikes_move(state)
    if not isinstance(state, str) or state not in target.model.states:
        raise UnknownAttributeError(
            f"'{state}' is not a state variable of the target.",
            where=f"Connection({source.label} → {target.label}, '{state}')",
            mend=f"Its state variables are {', '.join(target.model.states)}.",
        )
    return state


def _checked_structure(structure: str, label: str) -> str:
    """Return the option `structure`, if it is one that Brian 1 has."""
    if structure not in _STRUCTURES:
        raise ArgumentError(
            f"structure is {structure!r}.",
            where=label,
            mend=f"It must be {' or '.join(map(repr, _STRUCTURES))}.",
        )
    return structure
