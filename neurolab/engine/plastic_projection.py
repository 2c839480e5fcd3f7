"""Projections whose weights change during a run, or count more or less from spike to spike."""

from collections import deque
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ..array_types import FloatArray, IntArray
from ..grid import Steps
from .plastic_weights import PlasticWeights, Some
from .projection import Source

if TYPE_CHECKING:
    from .population import Population

_NEVER = int(np.iinfo(np.int64).max)
_NOBODY: IntArray = np.empty(0, dtype=int)

Factors = Callable[[IntArray, Steps], FloatArray]
"""``factors(neurons, now)``: by what the weights of each of these source neurons are multiplied."""


class SpikeQueue:
    """The spikes of a group, as they arrive after a delay.

    Parameters
    ----------
    source : Population or SpikeSource
    first, size : int
        The neurons whose spikes count: the first one in the whole group, and how many there are.
    delay : int
        Steps between a spike and its arrival.
    """

    row = -1
    largest = 0.0
    target: "Population | None" = None

    def __init__(self, source: Source, first: int, size: int, delay: Steps) -> None:
        self.source = source
        self.delay = delay
        self.under_way: deque[tuple[Steps, Any]] = deque()
        self._first = first
        self._size = size

    def next_event(self, step: Steps) -> Steps:
        """Return the step in which the next spike that is on its way arrives."""
        return self.under_way[0][0] if self.under_way else _NEVER

    def sent(self) -> IntArray:
        """Return the neurons that fire now; they count from the first one of the part."""
        spikes = self.source.spikes
        if not len(spikes):
            return spikes
        if self._first:
            spikes = spikes - self._first
        if spikes[0] < 0 or spikes[-1] >= self._size:
            spikes = spikes[(spikes >= 0) & (spikes < self._size)]
        return spikes

    def arriving(self, now: Steps) -> IntArray:
        """Return the neurons whose spikes arrive now."""
        spikes = self.sent()
        if not self.delay:
            return spikes
        if len(spikes):
            self.under_way.append((now + self.delay, spikes))
        if self.under_way and self.under_way[0][0] == now:
            return self.under_way.popleft()[1]
        return _NOBODY


class PlasticProjection(SpikeQueue):
    """Delivers spikes with the weights that hold when they arrive.

    Parameters
    ----------
    source, first, size, delay
        The parameters of `SpikeQueue`.
    target : Population
    row : int
        Row of the state variable in the target's state array.
    start : int
        The first target neuron of the connection in its whole group.
    weights : PlasticWeights
    largest : float
        The largest weight, without its sign, that can occur.
    factors : callable, optional
        By what the weights are multiplied.
    """

    def __init__(
        self,
        source: Source,
        first: int,
        size: int,
        delay: Steps,
        target: "Population",
        row: int,
        start: int,
        weights: PlasticWeights,
        largest: float,
        factors: Factors | None = None,
    ) -> None:
        super().__init__(source, first, size, delay)
        self.target = target
        self.row = row
        self.largest = largest
        self._weights = weights.values
        self._factors = factors
        self._rows = {
            neuron: (_shifted(targets, start), synapses)
            for neuron, (targets, synapses) in weights.by_source.items()
        }

    def deliver(self, now: Steps) -> None:
        """Add the weights of the spikes that arrive in this step."""
        spikes = self.arriving(now)
        if not len(spikes):
            return
        assert self.target is not None
        values = self.target.current[self.row]
        weights = self._weights
        rows = self._rows
        if self._factors is None:
            for neuron in spikes.tolist():
                if neuron in rows:
                    targets, synapses = rows[neuron]
                    values[targets] += weights[synapses]
            return
        factors = self._factors(spikes, now).tolist()
        for neuron, factor in zip(spikes.tolist(), factors):
            if neuron in rows:
                targets, synapses = rows[neuron]
                values[targets] += weights[synapses] * factor


class SentProjection(SpikeQueue):
    """Delivers spikes with the weights that hold when they are sent.

    Parameters
    ----------
    source, first, size, delay, target, row, start, weights, largest, factors
        The parameters of `PlasticProjection`.
    chosen : ndarray of bool, shape (synapses,)
        The synapses that have this delay.
    """

    def __init__(
        self,
        source: Source,
        first: int,
        size: int,
        delay: Steps,
        target: "Population",
        row: int,
        start: int,
        weights: PlasticWeights,
        largest: float,
        factors: Factors | None = None,
        *,
        chosen: Any,
    ) -> None:
        super().__init__(source, first, size, delay)
        self.target = target
        self.row = row
        self.largest = largest
        self._weights = weights.values
        self._factors = factors
        numbers = np.flatnonzero(chosen)
        sources = weights.sources[numbers]
        ends = np.searchsorted(sources, np.arange(size + 1)).tolist()
        targets = weights.targets[numbers] + start
        self._rows = {
            neuron: (targets[begin:end], numbers[begin:end])
            for neuron, (begin, end) in enumerate(pairwise(ends))
            if end > begin
        }

    def deliver(self, now: Steps) -> None:
        """Send the weights of the present spikes, and add what arrives in this step."""
        spikes = self.sent()
        if len(spikes):
            self._send(spikes, now)
        if self.under_way and self.under_way[0][0] == now:
            assert self.target is not None
            targets, amounts = self.under_way.popleft()[1]
            np.add.at(self.target.current[self.row], targets.astype(int), amounts)

    def _send(self, spikes: IntArray, now: Steps) -> None:
        factors = None if self._factors is None else self._factors(spikes, now)
        amounts = []
        targets = []
        for place, neuron in enumerate(spikes.tolist()):
            if neuron in self._rows:
                reached, synapses = self._rows[neuron]
                weights = self._weights[synapses]
                targets.append(reached)
                amounts.append(weights if factors is None else weights * factors[place])
        if targets:
            sent = np.stack([np.concatenate(targets).astype(float), np.concatenate(amounts)])
            self.under_way.append((now + self.delay, sent))


def _shifted(targets: Some, start: int) -> Some:
    """Return target neurons as numbers in their whole group."""
    if isinstance(targets, slice):
        return slice(targets.start + start, targets.stop + start)
    return targets + start
