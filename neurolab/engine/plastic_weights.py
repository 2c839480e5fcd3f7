"""Weights that change during a run, found by source and by target neuron."""

from functools import cached_property
from itertools import pairwise

import numpy as np

from ..array_types import FloatArray, IntArray
from ..errors import BlowUpError
from ..grid import Seconds, Steps
from .projection import SparseRows

Some = int | slice | IntArray
"""One number, a range of numbers, or some numbers."""
Partners = dict[int, tuple[Some, Some]]
"""Neuron → the neurons on the other side of its synapses, and the numbers of these synapses."""


class PlasticWeights:
    """The synapses of a connection whose weights change during a run.

    Parameters
    ----------
    rows : SparseRows
        Its weights are changed in place. Sources and targets count within the connection's parts.
    targets : int
        Number of target neurons.
    label : str
        Of the connection, for messages.

    Examples
    --------
    >>> starts, targets = [0, 2, 3], np.array([0, 1, 1])
    >>> rows = SparseRows(starts, targets, np.array([0.5, 0.2, 0.3]), changing=True)
    >>> sources, synapses = PlasticWeights(rows, targets=2, label="C").by_target[1]
    >>> sources, synapses
    (slice(0, 2, None), slice(1, 3, None))
    """

    def __init__(self, rows: SparseRows, targets: int, label: str) -> None:
        self.values: FloatArray = rows.weights
        self.label = label
        self._rows = rows
        self._starts = rows.starts
        self._targets = rows.targets
        self._size = targets

    @property
    def sources(self) -> IntArray:
        """The source neuron of each synapse."""
        return self._rows.sources

    @property
    def targets(self) -> IntArray:
        """The target neuron of each synapse."""
        return self._targets

    @cached_property
    def by_source(self) -> Partners:
        """Targets and synapses of each source neuron that has any."""
        starts = self._starts
        return {
            source: (_compact(self._targets[start:stop]), _range(start, stop))
            for source, (start, stop) in enumerate(pairwise(starts))
            if stop > start
        }

    @cached_property
    def by_target(self) -> Partners:
        """Sources and synapses of each target neuron that has any."""
        order = np.argsort(self._targets, kind="stable")
        ends = np.searchsorted(self._targets[order], np.arange(self._size + 1))
        return {
            target: (_compact(self.sources[order[start:stop]]), _compact(order[start:stop]))
            for target, (start, stop) in enumerate(pairwise(ends.tolist()))
            if stop > start
        }

    def check(self, now: Steps, dt: Seconds) -> None:
        """Raise BlowUpError if a weight is infinite or not a number."""
        wrong = ~np.isfinite(self.values)
        if wrong.any():
            synapse = int(wrong.argmax())
            value = self.values[synapse]
            state = "infinite" if np.isinf(value) else "not a number"
            raise BlowUpError(
                f"The weight [{self.sources[synapse]}, {self._targets[synapse]}] became {state} "
                f"at {now * dt * 1e3:.6g} ms.",
                where=self.label,
                mend="Give bounds for the weights, such as wmin and wmax, or change the rule.",
            )


def _range(start: int, stop: int) -> int | slice:
    return start if stop - start == 1 else slice(start, stop)


def _compact(numbers: IntArray) -> Some:
    """Return an int for one number and a slice for a range, which are faster to look up."""
    first = int(numbers[0])
    if len(numbers) == 1:
        return first
    if int(numbers[-1]) - first == len(numbers) - 1 and bool((np.diff(numbers) == 1).all()):
        return slice(first, first + len(numbers))
    return numbers
