"""A connection as the step loop sees it: rows of targets and weights, and spikes on their way."""

from collections import deque
from functools import cached_property
from itertools import pairwise

import numpy as np

_NEVER = np.iinfo(np.int64).max


class SparseRows:
    """A connection matrix by rows: the targets and weights of each source lie side by side (CSR).

    Attributes
    ----------
    starts : list of int
        Row i is ``targets[starts[i]:starts[i+1]]``.
    targets : ndarray of int
    weights : ndarray of float
        SI.
    first : int
        Number of the first source neuron in its whole group.
    """

    def __init__(self, starts, targets, weights, first=0):
        self.starts = starts
        self.targets = targets
        self.weights = weights
        self.first = first
        targets.flags.writeable = weights.flags.writeable = False

    @classmethod
    def from_entries(cls, sources, targets, weights, size):
        """Build from parallel arrays; of entries given twice the later one counts, zeros are left out."""
        if not _rise(
            sources, targets
        ):  # sorting costs more than all the rest, and most come in order
            order = np.lexsort((targets, sources))
            sources, targets, weights = sources[order], targets[order], weights[order]
            last = np.ones(len(sources), dtype=bool)
            last[:-1] = (sources[1:] != sources[:-1]) | (targets[1:] != targets[:-1])
            sources, targets, weights = sources[last], targets[last], weights[last]
        if not weights.all():
            held = weights != 0
            sources, targets, weights = sources[held], targets[held], weights[held]
        return cls(np.searchsorted(sources, np.arange(size + 1)).tolist(), targets, weights)

    @cached_property
    def by_source(self):
        """What the loop adds: neuron of the whole source group → (targets, weights), for the rows that hold any.

        Where all weights are the same, the rows share one short array: half as much to fetch for each spike. A single
        target is a number, which is added to in a fifth of the time of an array of one.
        """
        starts, targets, weights = self.starts, self.targets, self.weights
        alike = len(weights) > 1 and (weights == weights[0]).all()
        shared = weights[: np.diff(starts).max()] if alike else None
        found = {}
        for source, (start, stop) in enumerate(pairwise(starts), self.first):
            if stop - start == 1:
                found[source] = int(targets[start]), float(weights[start])
            elif stop > start:
                found[source] = (
                    targets[start:stop],
                    shared[: stop - start] if alike else weights[start:stop],
                )
        return found

    @cached_property
    def largest(self):
        """The largest weight, without its sign."""
        return float(np.abs(self.weights).max()) if len(self.weights) else 0.0

    def row(self, source):
        """Targets and weights of one source neuron."""
        start, stop = self.starts[source], self.starts[source + 1]
        return self.targets[start:stop], self.weights[start:stop]


def _rise(sources, targets):
    """Whether entries come row by row, in order and each once."""
    return bool(
        (sources[1:] >= sources[:-1]).all()
        and ((targets[1:] > targets[:-1]) | (sources[1:] != sources[:-1])).all()
    )


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

    def __init__(self, source, target, row, rows, delay=0):
        self.source, self.target, self.row = source, target, row
        self.delay = delay
        self.under_way = deque()
        self._rows, self.largest = rows.by_source, rows.largest

    def next_event(self, step):
        """The step in which the next spike that is under way arrives."""
        return self.under_way[0][0] if self.under_way else _NEVER

    def deliver(self, now):
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
        As `Projection` takes them; the source is a population.
    modulation : str
        A state variable or a parameter of the source.
    at_spike : bool
        Whether the variable counts as it is at the spike; else as it is when the spike arrives.
    """

    def __init__(self, source, target, row, rows, delay, modulation, at_spike):
        super().__init__(source, target, row, rows, delay)
        self._modulation, self._at_spike = modulation, at_spike

    def deliver(self, now):
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

    def _factors(self, spikes):
        model = self.source.model
        if self._modulation in model.states:
            return self.source.current[model.states.index(self._modulation), spikes]
        return np.broadcast_to(self.source.constants[self._modulation], (self.source.size,))[spikes]

    def _add(self, spikes, factors):
        values = self.target.current[self.row]
        for source, factor in zip(spikes.tolist(), factors.tolist()):
            if source in self._rows:
                targets, weights = self._rows[source]
                values[targets] += weights * factor
