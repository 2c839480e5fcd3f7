"""A connection in the step loop: a sparse matrix of weights, and spikes that are on their way."""

from collections import deque
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ..array_types import FloatArray, IntArray
from ..grid import Steps

if TYPE_CHECKING:
    from .population import Population

_Row = tuple[IntArray | int, FloatArray | float]
"""Targets and weights of one source neuron; numbers if it has a single target."""
_NEVER = int(np.iinfo(np.int64).max)


class SparseRows:
    """A connection matrix in compressed sparse row format (CSR).

    Attributes
    ----------
    starts : list of int
        Row i is ``targets[starts[i]:starts[i+1]]``.
    targets : ndarray of int
    weights : ndarray of float
        SI.
    first : int
        Number of the first source neuron in its whole group.
    changing : bool
        Whether a run changes the weights in place. Then `by_source` and `largest` do not apply.
    """

    def __init__(
        self,
        starts: list[int],
        targets: IntArray,
        weights: FloatArray,
        first: int = 0,
        changing: bool = False,
    ) -> None:
        self.starts = starts
        self.targets = targets
        self.weights = weights
        self.first = first
        self.changing = changing
        targets.flags.writeable = False
        weights.flags.writeable = changing

    @classmethod
    def from_entries(
        cls,
        sources: IntArray,
        targets: IntArray,
        weights: FloatArray,
        size: int,
        zeros: bool = False,
    ) -> "SparseRows":
        """Build the matrix from parallel arrays of entries.

        If an entry is given twice, the later one counts; zeros are left out.

        Parameters
        ----------
        sources, targets : ndarray of int, shape (entries,)
        weights : ndarray, shape (entries,)
            SI.
        size : int
            Number of source neurons.
        zeros : bool
            Whether entries of weight 0 are kept.

        Examples
        --------
        >>> rows = SparseRows.from_entries(
        ...     np.array([1, 0]), np.array([2, 0]), np.array([0.5, 0.3]), size=2
        ... )
        >>> rows.starts, rows.targets.tolist(), rows.weights.tolist()
        ([0, 1, 2], [0, 2], [0.3, 0.5])
        """
        # Most entries come in order, and sorting takes longer than all the rest.
        if not _rise(sources, targets):
            order = np.lexsort((targets, sources))
            sources = sources[order]
            targets = targets[order]
            weights = weights[order]
            last = np.ones(len(sources), dtype=bool)
            last[:-1] = (sources[1:] != sources[:-1]) | (targets[1:] != targets[:-1])
            sources = sources[last]
            targets = targets[last]
            weights = weights[last]
        if not zeros and not weights.all():
            held = weights != 0
            sources = sources[held]
            targets = targets[held]
            weights = weights[held]
        return cls(np.searchsorted(sources, np.arange(size + 1)).tolist(), targets, weights)

    @cached_property
    def sources(self) -> IntArray:
        """The source neuron of each entry."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def changing_copy(self) -> "SparseRows":
        """Return the same matrix with weights that a run may change in place."""
        return SparseRows(self.starts, self.targets, self.weights.copy(), self.first, True)

    @cached_property
    def by_source(self) -> dict[int, _Row]:
        """Targets and weights of each source neuron with connections, as the loop adds them.

        Where all weights are the same, the rows share one short array: half as much to fetch for
        each spike. A single target is a number, which is added to in a fifth of the time of an
        array of one.
        """
        starts = self.starts
        targets = self.targets
        weights = self.weights
        alike = len(weights) > 1 and bool((weights == weights[0]).all())
        shared = weights[: np.diff(starts).max()] if alike else weights
        entries: dict[int, _Row] = {}
        for source, (start, stop) in enumerate(pairwise(starts), self.first):
            if stop - start == 1:
                entries[source] = int(targets[start]), float(weights[start])
            elif stop > start:
                row = shared[: stop - start] if alike else weights[start:stop]
                entries[source] = targets[start:stop], row
        return entries

    @cached_property
    def largest(self) -> float:
        """The largest weight, without its sign."""
        return float(np.abs(self.weights).max()) if len(self.weights) else 0.0

    def row(self, source: int) -> tuple[IntArray, FloatArray]:
        """Return the targets and weights of one source neuron."""
        start = self.starts[source]
        stop = self.starts[source + 1]
        return self.targets[start:stop], self.weights[start:stop]


def _rise(sources: IntArray, targets: IntArray) -> bool:
    """Return whether the entries come row by row, in order and each once."""
    return bool(
        (sources[1:] >= sources[:-1]).all()
        and ((targets[1:] > targets[:-1]) | (sources[1:] != sources[:-1])).all()
    )


class Source(Protocol):
    """A group whose spikes a projection delivers."""

    spikes: IntArray


class Projection:
    """Delivers the spikes of a source group to one state variable of a population.

    Parameters
    ----------
    source : Population or SpikeSource
    target : Population
    row : int
        Row of the state variable in the target's state array.
    rows : SparseRows
        Its targets count from the first neuron of the whole target group.
    delay : int
        Steps between a spike and its arrival.
    """

    def __init__(
        self, source: Source, target: "Population", row: int, rows: SparseRows, delay: Steps = 0
    ) -> None:
        self.source = source
        self.target = target
        self.row = row
        self.delay = delay
        self.largest = rows.largest
        self.under_way: deque[tuple[Steps, Any]] = deque()
        self._rows = rows.by_source

    def next_event(self, step: Steps) -> Steps:
        """Return the step in which the next spike that is on its way arrives."""
        return self.under_way[0][0] if self.under_way else _NEVER

    def deliver(self, now: Steps) -> None:
        """Add the weights of the spikes that arrive in this step."""
        spikes = self.source.spikes
        if self.delay:
            if len(spikes):
                self.under_way.append((now + self.delay, spikes))
            if not self.under_way or self.under_way[0][0] != now:
                return
            spikes = self.under_way.popleft()[1]
        if len(spikes):
            values = self.target.current[self.row]
            rows = self._rows
            for source in spikes.tolist():
                if source in rows:
                    targets, weights = rows[source]
                    values[targets] += weights


class ModulatedProjection(Projection):
    """A projection whose weights are multiplied by a variable of the source neuron.

    Parameters
    ----------
    source, target, row, rows, delay
        The parameters of `Projection`; the source is a population.
    modulation : str
        A state variable or a parameter of the source.
    at_spike : bool
        Whether the variable counts as it is at the spike; else as it is when the spike arrives.
    """

    def __init__(
        self,
        source: "Population",
        target: "Population",
        row: int,
        rows: SparseRows,
        delay: Steps,
        modulation: str,
        at_spike: bool,
    ) -> None:
        super().__init__(source, target, row, rows, delay)
        self._population = source
        self._modulation = modulation
        self._at_spike = at_spike

    def deliver(self, now: Steps) -> None:
        """Add the weights of the spikes that arrive in this step, each times its factor."""
        spikes = self.source.spikes
        if not self.delay:
            self._add(spikes, self._factors(spikes))
            return
        if len(spikes):
            sent = np.stack([spikes, self._factors(spikes)]) if self._at_spike else spikes
            self.under_way.append((now + self.delay, sent))
        if not self.under_way or self.under_way[0][0] != now:
            return
        arriving = self.under_way.popleft()[1]
        if self._at_spike:
            self._add(arriving[0].astype(int), arriving[1])
        else:
            self._add(arriving, self._factors(arriving))

    def _factors(self, spikes: IntArray) -> FloatArray:
        return values_of(self._population, self._modulation)[spikes]

    def _add(self, spikes: IntArray, factors: FloatArray) -> None:
        values = self.target.current[self.row]
        for source, factor in zip(spikes.tolist(), factors.tolist()):
            if source in self._rows:
                targets, weights = self._rows[source]
                values[targets] += weights * factor


def values_of(population: "Population", name: str) -> FloatArray:
    """Return the present values of a state variable or a parameter, shape (neurons,)."""
    states = population.model.states
    if name in states:
        return population.current[states.index(name)]
    return np.broadcast_to(population.constants[name], (population.size,))
