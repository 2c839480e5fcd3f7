"""Connections in the script API: a source neuron's spike adds weights to a variable of its targets."""

from typing import TYPE_CHECKING

import numpy as np

from ..engine.plastic_weights import PlasticWeights
from ..engine.projection import SparseRows
from ..errors import (
    ArgumentError,
    OutOfRangeError,
    RangeError,
    ShapeError,
    UnitsError,
    UnknownAttributeError,
)
from ..units import DIMENSIONLESS, dimension_name, si_quantity, si_value, whole_index
from . import magic
from .checked_calls import checked_call
from .checked_values import checked_values, joined
from .clock import seconds
from .delays import Delays, as_delay
from .entry_indices import pairs, spoken
from .groups import Group
from .neurons import NeuronGroup
from .random_synapses import random_pairs, values_by_rule
from .synapse_set import SynapseSet
from .transmission import Paths

if TYPE_CHECKING:
    from .plasticity.rule import Rule

# An option of Brian 1 that only tunes how it computes.
_TUNING = ("column_access",)
_STRUCTURES = ("sparse", "dense", "dynamic")
_LONGEST_DELAY = 5e-3
"""Seconds: the longest delay of a synapse in Brian 1, unless a program gives another."""


class Connection(SynapseSet):
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
        source,
        target,
        state=None,
        delay=0,
        *,
        modulation=None,
        structure="sparse",
        weight=None,
        sparseness=None,
        max_delay=None,
    ):
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
        self.source, self.target = source, target
        states = target.model.states
        self.state = (
            target.model.default_state
            if state is None
            else states[state]
            if isinstance(state, int) and 0 <= state < len(states)
            else state
        )
        self.label = f"Connection({source.label} → {target.label}, '{self.state}')"
        if isinstance(self.state, str) and self.state in target.model.parameters:
            target.whole.let_spikes_move(self.state)
        if not isinstance(self.state, str) or self.state not in target.model.states:
            raise UnknownAttributeError(
                f"'{self.state}' is not a state variable of the target.",
                where=self.label,
                mend=f"Its state variables are {', '.join(target.model.states)}.",
            )
        self.modulation = self._checked_modulation(modulation)
        self._entries, self._rows, self._has_weights = [], None, False
        self._rules: list[Rule] = []
        self._synapses = None
        self._structure = _checked_structure(structure, self.label)
        self._longest = (
            _LONGEST_DELAY if max_delay is None else seconds(max_delay, f"{self.label}, max_delay")
        )
        self._paths = Paths(self)
        self.delay = delay
        if sparseness is not None:
            self.connect_random(sparseness=sparseness, weight=weight)
        elif weight is not None:
            self.connect_full(weight=weight)
        for group in (source.whole, target.whole):
            group.attach_object(self)
        self._made = True

    def _checked_modulation(self, name):
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

    def _refuse(self, name):
        raise UnknownAttributeError(
            f"'{name}' cannot be set.",
            where=self.label,
            mend="Only delay can be set. Set weights as C[i, j] = 3*mV.",
        )

    @property
    def delay(self):
        """The delay (quantity), or one for each synapse; may be set anew."""
        if isinstance(self._delay, Delays):
            return self._delay.seen_from(self)
        return self._delay

    @delay.setter
    def delay(self, delay):
        self._delay = as_delay(delay, self)
        self._paths.delays_changed()

    @property
    def shape(self):
        """Numbers of source and target neurons."""
        return len(self.source), len(self.target)

    def __setitem__(self, index, weights):
        sources, targets = self.neurons(index)
        shape = np.shape(sources) + np.shape(targets)
        values = checked_values(weights, self._dimension, shape, f"{self.label}[{spoken(index)}]")
        self._add(*pairs(sources, targets), values.ravel())

    def __getitem__(self, index):
        sources, targets = self.neurons(index)
        if np.ndim(sources) == np.ndim(targets) == 0:
            reached, weights = self.rows.row(int(sources))
            return si_quantity(float(weights[reached == targets].sum()), self._dimension)
        return si_quantity(
            self.dense()[np.ix_(np.atleast_1d(sources), np.atleast_1d(targets))].reshape(
                np.shape(sources) + np.shape(targets)
            ),
            self._dimension,
        )

    @checked_call
    def connect(self, source=None, target=None, W=None):
        """Set the weights between (parts of) the groups from a matrix of shape (source, target)."""
        weights = W
        if weights is None and not isinstance(source, Group):
            source, weights = None, source
        (first_source, n_sources), (first_target, n_targets) = (
            self._part(source, 0),
            self._part(target, 1),
        )
        if hasattr(weights, "toarray"):  # one of scipy's sparse matrices
            weights = weights.toarray()
        weights = joined(weights, self.label)
        if np.ndim(si_value(weights)) != 2:
            raise ShapeError(
                f"The weights have shape {np.shape(weights)}.",
                where=self.label,
                mend=f"The shape must be {(n_sources, n_targets)} = (source, target).",
            )
        values = checked_values(weights, self._dimension, (n_sources, n_targets), self.label)
        rows, columns = np.indices(values.shape)
        self._add(rows.ravel() + first_source, columns.ravel() + first_target, values.ravel())

    @checked_call
    def connect_full(self, source=None, target=None, weight=None, delay=None):
        """Connect every source neuron with every target neuron.

        Parameters
        ----------
        source, target : Group, optional
            Parts of the connection's groups; the whole groups by default.
        weight : quantity, matrix or function
            A function gets the indices (i, j) within these parts, or nothing, and returns the
            weight. By default 1, if the driven variable is dimensionless.
        delay : quantity, pair, matrix or function, optional
            As `set_delays` takes it.
        """
        if hasattr(weight, "toarray") or np.ndim(si_value(joined(weight, self.label))) == 2:
            self.connect(source, target, weight)
            self.set_delays(source, target, delay)
            return
        (first_source, n_sources), (first_target, n_targets) = (
            self._part(source, 0),
            self._part(target, 1),
        )
        rows, columns = (indices.ravel() for indices in np.indices((n_sources, n_targets)))
        self._add(rows + first_source, columns + first_target, self._weights(weight, rows, columns))
        self.set_delays(source, target, delay)

    @checked_call
    def connect_one_to_one(self, source=None, target=None, weight=None, delay=None):
        """Connect neuron k of the source with neuron k of the target; both must have one size."""
        (first_source, n_sources), (first_target, n_targets) = (
            self._part(source, 0),
            self._part(target, 1),
        )
        if n_sources != n_targets:
            raise ShapeError(
                f"{n_sources} source and {n_targets} target neurons cannot be paired.",
                where=self.label,
                mend="Give as many source neurons as target neurons.",
            )
        neurons = np.arange(n_sources)
        self._add(
            neurons + first_source, neurons + first_target, self._weights(weight, neurons, neurons)
        )
        self.set_delays(source, target, delay)

    @checked_call
    def connect_random(
        self,
        source=None,
        target=None,
        p=None,
        weight=None,
        fixed=False,
        seed=None,
        sparseness=None,
        delay=None,
    ):
        """Connect each pair of neurons with a probability.

        Parameters
        ----------
        source, target : Group, optional
        p, sparseness : float or function
            The probability, two names for the same; a function gets the indices (i, j).
        weight : quantity or function
        fixed : bool
            Whether every target has the same number of synapses.
        seed : int, optional
            For the same choice of pairs each time.
        delay : quantity, pair, matrix or function, optional
            As `set_delays` takes it.
        """
        (first_source, n_sources), (first_target, n_targets) = (
            self._part(source, 0),
            self._part(target, 1),
        )
        rows, columns = random_pairs(
            sparseness if sparseness is not None else p,
            n_sources,
            n_targets,
            fixed,
            np.random.default_rng(seed) if seed is not None else magic.generator,
            self.label,
        )
        self._add(rows + first_source, columns + first_target, self._weights(weight, rows, columns))
        self.set_delays(source, target, delay)

    @checked_call
    def set_delays(self, source=None, target=None, delay=None):
        """Set the delays between (parts of) the groups.

        Parameters
        ----------
        source, target : Group, optional
        delay : quantity, pair, matrix or function
            One for all; (low, high), at random between them; or a function of the indices (i, j)
            within these parts.
        """
        if delay is None:
            return
        (first_source, n_sources), (first_target, n_targets) = (
            self._part(source, 0),
            self._part(target, 1),
        )
        if not isinstance(self.delay, Delays):
            self.delay = True
        self.delay.set_block(delay, (first_source, n_sources), (first_target, n_targets))

    @checked_call
    def compress(self):
        """There is nothing to do: weights are kept as the run needs them."""

    @property
    def W(self):
        """The weights: ``C.W[i, j]`` is ``C[i, j]``."""
        return self

    def todense(self):
        """The matrix as an SI array of shape (source, target)."""
        return self.dense()

    toarray = todense

    def squeeze(self):
        """Return the matrix (quantity) without axes of length 1: of one target neuron, its column."""
        return si_quantity(np.squeeze(self.dense()), self._dimension)

    @property
    def alldata(self):
        """The weights of all synapses (quantity), in order of the source, then of the target."""
        return si_quantity(self.rows.weights.copy(), self._dimension)

    @property
    def rows(self):
        """The matrix as `SparseRows` over the source; targets count within the target given."""
        if self._rows is None:
            if len(self._entries) != 1:
                empty = (np.empty(0, dtype=int), np.empty(0, dtype=int), np.empty(0))
                self._entries = [tuple(map(np.concatenate, zip(empty, *self._entries)))]
            self._rows = SparseRows.from_entries(*self._entries[0], len(self.source))
        return self._rows

    @property
    def rules(self) -> "tuple[Rule, ...]":
        """The rules by which its weights change in a run, in the order in which they were made."""
        return tuple(self._rules)

    def attach_rule(self, rule: "Rule") -> None:
        """Note that a rule changes its weights, or by how much they count."""
        self._rules.append(rule)

    @property
    def longest_delay(self) -> float:
        """The option `max_delay`, in seconds."""
        return self._longest

    def plastic_weights(self) -> PlasticWeights:
        """Return its synapses with weights that a run changes in place.

        Synapses stay where a weight becomes 0. Weights that the program sets later are taken over
        at the next call.
        """
        if self._synapses is None or self._rows is not self._synapses[0]:
            rows = self._rows_to_change()
            self._rows = rows
            self._synapses = rows, PlasticWeights(rows, len(self.target), self.label)
        return self._synapses[1]

    def _rows_to_change(self) -> SparseRows:
        """Return the matrix with all synapses, also those of weight 0, in arrays of its own."""
        size, width = self.shape
        entries = list(self._entries)
        if self._structure == "dense":
            every = tuple(indices.ravel() for indices in np.indices(self.shape))
            entries.insert(0, (*every, np.zeros(size * width)))
        empty = (np.empty(0, dtype=int), np.empty(0, dtype=int), np.empty(0))
        joined_entries = tuple(map(np.concatenate, zip(empty, *entries)))
        rows = SparseRows.from_entries(*joined_entries, size, zeros=True)
        if self._structure != "dense":
            kept = rows.weights != 0
            if self._synapses is not None:
                before = self._synapses[1]
                synapses = before.sources * width + before.targets
                kept |= np.isin(rows.sources * width + rows.targets, synapses)
            rows = SparseRows.from_entries(
                rows.sources[kept], rows.targets[kept], rows.weights[kept], size, zeros=True
            )
        return rows.changing_copy()

    def dense(self):
        """The matrix as an SI array of shape (source, target)."""
        matrix = np.zeros(self.shape)
        rows = self.rows
        matrix[rows.sources, rows.targets] = rows.weights
        return matrix

    @property
    def is_blank(self):
        """Whether no weight was ever set; a weight that was set to 0 counts as set."""
        return not self._has_weights

    @property
    def paths(self):
        """What a run uses of it."""
        return self._paths

    @property
    def _dimension(self):
        return self.target.dimension(self.state)

    def _add(self, sources, targets, weights):
        if self._synapses is not None and self._rows is self._synapses[0]:
            rows = self._rows  # with what the run has made of the weights
            self._entries = [(rows.sources, rows.targets, rows.weights.copy())]
        self._entries.append((sources, targets, weights))
        self._has_weights = True
        self._rows = None
        self._paths.weights_changed()

    def neurons(self, index):
        """Source and target indices that ``C[index]`` names; ``C[:]`` names all."""
        index = whole_index(index)
        if isinstance(index, slice) and index == slice(None):
            index = index, index
        if not isinstance(index, tuple) or len(index) != 2:
            raise OutOfRangeError(
                f"[{spoken(index)}] is not an entry.",
                where=self.label,
                mend="Give two indices: C[i, j].",
            )
        found = []
        for one, size, role in zip(index, self.shape, ("source", "target")):
            try:
                found.append(np.arange(size)[one])
                if found[-1].ndim > 1:
                    raise IndexError
            except (IndexError, TypeError):
                raise OutOfRangeError(
                    f"There is no {role} neuron {one} for [{spoken(index)}].",
                    where=self.label,
                    mend=f"Give a {role} neuron between 0 and {size - 1}. The first index is "
                    "the source, the second the target.",
                ) from None
        return found

    def _part(self, group, role):
        own = (self.source, self.target)[role]
        if group is None:
            return 0, len(own)
        if not isinstance(group, Group):
            raise ArgumentError(
                f"An object of type {type(group).__name__} is given instead of neurons.",
                where=self.label,
                mend=f"Give the connection's {('source', 'target')[role]} or a part of it.",
            )
        first, last = group.span
        if group.whole is not own.whole or first < own.span[0] or last > own.span[1]:
            raise RangeError(
                f"{group.label} is not part of {own.label}.",
                where=self.label,
                mend=f"Give the connection's {('source', 'target')[role]} or a part of it.",
            )
        return first - own.span[0], last - first

    def _weights(self, weight, rows, columns):
        if weight is None:
            if self._dimension != DIMENSIONLESS:
                raise UnitsError(
                    "The weight is missing.",
                    where=self.label,
                    mend=f"Give one in {dimension_name(self._dimension)}: weight=3*mV, for "
                    "example, if the variable is in volts.",
                )
            weight = 1.0
        if callable(weight):
            weight = values_by_rule(weight, rows, columns, self.label)
        return checked_values(weight, self._dimension, rows.shape, self.label)


def _checked_structure(structure: object, label: str) -> object:
    """Return the option `structure`, if it is one that Brian 1 has."""
    if structure not in _STRUCTURES:
        raise ArgumentError(
            f"structure is {structure!r}.",
            where=label,
            mend=f"It must be {' or '.join(map(repr, _STRUCTURES))}.",
        )
    return structure
