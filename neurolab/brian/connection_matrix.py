"""The weights of a connection, as a sparse matrix that programs read and set by index."""

from typing import Any, TypeAlias

import numpy as np

from ..array_types import FloatArray, IntArray
from ..engine.plastic_weights import PlasticWeights
from ..engine.projection import SparseRows
from ..errors import OutOfRangeError
from ..units import Dimension, Quantity, si_quantity, whole_index
from .checked_calls import checked_call
from .checked_values import checked_values
from .entry_indices import pairs, spoken
from .synapse_set import SynapseSet
from .transmission import Paths

_Entries: TypeAlias = tuple[IntArray, IntArray, FloatArray]
"""Sources, targets and weights, as parallel arrays."""


class ConnectionMatrix(SynapseSet):
    """Weights from one group to another; indices count within the parts that are connected.

    Parameters
    ----------
    source, target : Group
    state : str
        The target's variable to which weights are added.
    label : str
    structure : {'sparse', 'dense', 'dynamic'}
        Whether a pair of neurons whose weight is 0 has a synapse: only with ``'dense'``.
    """

    def __init__(self, source: Any, target: Any, state: str, label: str, structure: str) -> None:
        self.source = source
        self.target = target
        self.state = state
        self.label = label
        self._structure = structure
        self._entries: list[_Entries] = []
        self._rows: SparseRows | None = None
        self._has_weights = False
        self._synapses: tuple[SparseRows, PlasticWeights] | None = None
        self._paths = Paths(self)

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of source and target neurons."""
        return len(self.source), len(self.target)

    def __setitem__(self, index: object, weights: object) -> None:
        sources, targets = self.neurons(index)
        shape = np.shape(sources) + np.shape(targets)
        values = checked_values(weights, self._dimension, shape, f"{self.label}[{spoken(index)}]")
        self._add(*pairs(sources, targets), values.ravel())

    def __getitem__(self, index: object) -> Any:
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
    def compress(self) -> None:
        """Do nothing, as weights are always stored as a run needs them."""

    @property
    def W(self) -> "ConnectionMatrix":
        """The weights: ``C.W[i, j]`` is ``C[i, j]``."""
        return self

    def todense(self) -> FloatArray:
        """Return the matrix as an SI array of shape (source, target)."""
        return self.dense()

    toarray = todense

    def squeeze(self) -> Any:
        """Return the matrix (quantity) without axes of length 1."""
        return si_quantity(np.squeeze(self.dense()), self._dimension)

    @property
    def alldata(self) -> Quantity:
        """The weights of all synapses (quantity), in order of the source, then of the target."""
        return si_quantity(self.rows.weights.copy(), self._dimension)

    @property
    def rows(self) -> SparseRows:
        """The matrix as `SparseRows` over the source; targets count within the target given."""
        if self._rows is None:
            if len(self._entries) != 1:
                self._entries = [_concatenated(self._entries)]
            self._rows = SparseRows.from_entries(*self._entries[0], len(self.source))
        return self._rows

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
            sources, targets = (indices.ravel() for indices in np.indices(self.shape))
            entries.insert(0, (sources, targets, np.zeros(size * width)))
        rows = SparseRows.from_entries(*_concatenated(entries), size, zeros=True)
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

    def dense(self) -> FloatArray:
        """Return the matrix as an SI array of shape (source, target)."""
        matrix = np.zeros(self.shape)
        rows = self.rows
        matrix[rows.sources, rows.targets] = rows.weights
        return matrix

    @property
    def is_blank(self) -> bool:
        """Whether no weight was ever set; a weight that was set to 0 counts as set."""
        return not self._has_weights

    @property
    def paths(self) -> Paths:
        """What a run uses of it."""
        return self._paths

    @property
    def _dimension(self) -> Dimension:
        dimension: Dimension = self.target.dimension(self.state)
        return dimension

    def _add(self, sources: IntArray, targets: IntArray, weights: FloatArray) -> None:
        if self._synapses is not None and self._rows is self._synapses[0]:
            rows = self._synapses[0]  # with the weights as the run has changed them
            self._entries = [(rows.sources, rows.targets, rows.weights.copy())]
        self._entries.append((sources, targets, weights))
        self._has_weights = True
        self._rows = None
        self._paths.weights_changed()

    def neurons(self, index: Any) -> tuple[IntArray, IntArray]:
        """Return the source and target indices that ``C[index]`` names; ``C[:]`` names all."""
        index = whole_index(index)
        if isinstance(index, slice) and index == slice(None):
            index = index, index
        if not isinstance(index, tuple) or len(index) != 2:
            raise OutOfRangeError(
                f"[{spoken(index)}] is not an entry.",
                where=self.label,
                mend="Give two indices: C[i, j].",
            )
        return self._named(index, 0), self._named(index, 1)

    def _named(self, index: tuple[Any, Any], axis: int) -> IntArray:
        """Return the neurons that one of two indices names."""
        size = self.shape[axis]
        role = ("source", "target")[axis]
        try:
            neurons: IntArray = np.arange(size)[index[axis]]
            if neurons.ndim > 1:
                raise IndexError
        except (IndexError, TypeError):
            raise OutOfRangeError(
                f"There is no {role} neuron {index[axis]} for [{spoken(index)}].",
                where=self.label,
                mend=f"Give a {role} neuron between 0 and {size - 1}. The first index is the "
                "source, the second the target.",
            ) from None
        return neurons


def _concatenated(entries: list[_Entries]) -> _Entries:
    """Return all entries as one, in their order."""
    empty = (np.empty(0, dtype=int), np.empty(0, dtype=int), np.empty(0))
    sources, targets, weights = zip(empty, *entries)
    return np.concatenate(sources), np.concatenate(targets), np.concatenate(weights)
