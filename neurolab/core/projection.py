"""A connection as the step loop sees it: rows of targets and weights, and spikes on their way."""

from collections import deque

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
    """

    def __init__(self, starts, targets, weights):
        self.starts = starts
        self.targets = targets
        self.weights = weights
        self._ready = {}
        targets.flags.writeable = weights.flags.writeable = False

    @classmethod
    def from_entries(cls, sources, targets, weights, size):
        """Build from parallel arrays; of entries given twice the later one counts, zeros are left out."""
        order = np.lexsort((np.arange(len(sources)), targets, sources))
        sources, targets, weights = sources[order], targets[order], weights[order]
        last = np.ones(len(sources), dtype=bool)
        last[:-1] = (sources[1:] != sources[:-1]) | (targets[1:] != targets[:-1])
        last &= weights != 0
        counts = np.bincount(sources[last], minlength=size)
        return cls([0, *np.cumsum(counts).tolist()], targets[last], weights[last])

    def deliver(self, spikes, values):
        """Add the rows of the sources that fired to the values of their targets."""
        ready = self._ready
        for source in spikes.tolist():
            row = ready.get(source)
            if row is None:
                row = ready[source] = self._prepared(source)
            values[row[0]] += row[1]

    def _prepared(self, source):
        targets, weights = self.row(source)
        # A single number is added in a fifth of the time of an array of one.
        return (int(targets[0]), float(weights[0])) if len(targets) == 1 else (targets, weights)

    def row(self, source):
        """Targets and weights of one source neuron."""
        start, stop = self.starts[source], self.starts[source + 1]
        return self.targets[start:stop], self.weights[start:stop]


class Projection:
    """Delivers the spikes of a source group to one state variable of a population.

    Parameters
    ----------
    source : Population or SpikeSource
    target : Population
    row : int
        Row of the state variable in the target's state array.
    rows : SparseRows
        Source and target indices count from the first neuron of `part`, and of the whole target group.
    delay : int
        Steps between a spike and its arrival.
    part : (int, int) or None
        First and past-the-last source neuron, where the source is a subgroup.
    """

    def __init__(self, source, target, row, rows, delay=0, part=None):
        self.source, self.target, self.row, self.rows = source, target, row, rows
        self.delay = delay
        self._part = None if part is None else np.array(part)
        self._first = 0 if part is None else part[0]
        self.under_way = deque()

    def next_event(self, step):
        """The step in which the next spike that is under way arrives."""
        return self.under_way[0][0] if self.under_way else _NEVER

    def deliver(self, now):
        """Add the weights of the spikes that arrive in this step."""
        spikes = self.source.spikes
        if self._part is not None and len(spikes):
            first, last = spikes.searchsorted(self._part)
            spikes = spikes[first:last] - self._first
        if self.delay:
            if len(spikes):
                self.under_way.append((now + self.delay, spikes))
            if not self.under_way or self.under_way[0][0] != now:
                return
            spikes = self.under_way.popleft()[1]
        if not len(spikes):
            return
        self.rows.deliver(spikes, self.target.current[self.row])
