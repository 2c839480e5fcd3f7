"""Spike-timing-dependent plasticity in the step loop: spikes on either side change weights.

Source and target neurons have traces. A spike on one side executes statements that change the
traces of the neuron that fired and the weights of its synapses; they see the traces of the neurons
on the other side. Then the weights of these synapses are clipped.
"""

from collections import deque
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..array_types import FloatArray, IntArray
from ..grid import Seconds, Steps
from .event_code import EventCode
from .plastic_projection import SpikeQueue
from .plastic_weights import Partners, PlasticWeights, Some
from .projection import Source
from .traces import Traces

WEIGHT = "w"
"""The name of the weight in the statements."""
_NO_SYNAPSES: tuple[IntArray, IntArray] = (np.empty(0, dtype=int), np.empty(0, dtype=int))


class TraceSide:
    """The traces of the neurons on one side of a connection.

    Parameters
    ----------
    names : sequence of str
        In the order of the rows.
    traces : Traces
    """

    def __init__(self, names: Sequence[str], traces: Traces) -> None:
        self.names = tuple(names)
        self.traces = traces
        self.rows = range(len(self.names))


class SpikeTimingUpdate(SpikeQueue):
    """Executes the statements of one side when its spikes arrive.

    Parameters
    ----------
    source, first, size, delay
        The parameters of `SpikeQueue`.
    own, other : TraceSide
    code : EventCode
    weights : PlasticWeights
    synapses : dict
        Neuron of this side → the neurons on the other side, and the synapses with them.
    bounds : (float, float)
        Between which weights are clipped.
    dt : float
    """

    def __init__(
        self,
        source: Source,
        first: int,
        size: int,
        delay: Steps,
        own: TraceSide,
        other: TraceSide,
        code: EventCode,
        weights: PlasticWeights,
        synapses: Partners,
        bounds: tuple[float, float],
        dt: Seconds,
    ) -> None:
        super().__init__(source, first, size, delay)
        self._own = own
        self._other = other
        self._other_rows = [
            (row, name) for row, name in enumerate(other.names) if name in code.reads
        ]
        self._rows_read = [row for row, _ in self._other_rows]
        self._names_read = [name for _, name in self._other_rows]
        self._code = code
        self._plastic = weights
        self._weights = weights.values
        self._synapses = synapses
        self._low, self._high = bounds
        self._dt = dt
        self._values: dict[str, Any] = dict(code.constants)

    def deliver(self, now: Steps) -> None:
        """Execute the statements for each neuron whose spike arrives in this step."""
        for neuron in self.arriving(now).tolist():
            self._fire(neuron, now)

    def _fire(self, neuron: int, now: Steps) -> None:
        values = self._values
        own = self._own
        traces = own.traces
        weights = self._weights
        partners, synapses = self._synapses.get(neuron, _NO_SYNAPSES)
        values.update(zip(own.names, traces.read(own.rows, neuron, now)))
        if self._names_read:
            read = self._other.traces.read(self._rows_read, partners, now)
            values.update(zip(self._names_read, read))
        if isinstance(synapses, int):
            values[WEIGHT] = weights.item(synapses)
        else:
            values[WEIGHT] = weights[synapses]
        self._code.run(values)
        traces.write(own.rows, neuron, [values[name] for name in own.names], now)
        self._store(synapses, values[WEIGHT])

    def _store(self, synapses: Some, weight: Any) -> None:
        low = self._low
        high = self._high
        if not isinstance(weight, float):
            self._weights[synapses] = np.minimum(np.maximum(weight, low), high)
        elif weight < low:
            self._weights[synapses] = low
        elif weight > high:
            self._weights[synapses] = high
        else:
            self._weights[synapses] = weight

    def check_finite(self, now: Steps) -> None:
        """Raise BlowUpError if a weight is infinite or not a number."""
        self._plastic.check(now, self._dt)


class TraceHistory:
    """The traces of one side at the end of the latest steps.

    Parameters
    ----------
    side : TraceSide
    first : int
        The first step that will be noted.
    steps : int
        How many steps are kept.
    before : list of FloatArray, optional
        Values of the steps before `first`, as `kept` of an earlier history.
    """

    def __init__(
        self, side: TraceSide, first: Steps, steps: int, before: Sequence[FloatArray] = ()
    ) -> None:
        self._side = side
        self._next = first
        self.kept: deque[FloatArray] = deque(before, maxlen=steps)

    def note(self, now: Steps) -> None:
        """Keep the values at the end of step `now`."""
        values = self._side.traces.read(self._side.rows, slice(None), now)
        self.kept.append(np.array(values, dtype=float))
        self._next = now + 1

    def read(self, rows: Sequence[int], neurons: IntArray, steps: IntArray) -> list[FloatArray]:
        """Return the values of some neurons, each at the end of a step of its own.

        What lies before the first step that was noted is 0.
        """
        ages = self._next - steps  # 1 for the step that was noted last
        known = (ages >= 1) & (ages <= len(self.kept))
        values = np.zeros((len(rows), len(neurons)))
        if known.any():
            table = np.array(self.kept)
            values[:, known] = table[-ages[known]][:, list(rows)][
                np.arange(int(known.sum()))[:, None],
                np.arange(len(rows)),
                neurons[known][:, None],
            ].T
        return list(values)


class DelayedWeightUpdate(SpikeTimingUpdate):
    """Executes statements that change weights, where each synapse has a delay of its own.

    Parameters
    ----------
    source, first, size, delay, own, other, code, weights, synapses, bounds, dt
        The parameters of `SpikeTimingUpdate`.
    """

    def look_back(self, history: TraceHistory, ages: IntArray) -> None:
        """Let the statements see past traces of the other side.

        Parameters
        ----------
        history : TraceHistory
            Of the other side.
        ages : ndarray of int, shape (synapses,)
            How many steps before the present one the trace of the other side is read.
        """
        self._history = history
        self._ages = ages

    def _fire(self, neuron: int, now: Steps) -> None:
        values = self._values
        own = self._own
        found = self._synapses.get(neuron, _NO_SYNAPSES)
        partners, synapses = (_as_array(numbers) for numbers in found)
        values.update(zip(own.names, own.traces.read(own.rows, neuron, now)))
        steps = now - self._ages[synapses]
        read = self._history.read(self._rows_read, partners, steps)
        values.update(zip(self._names_read, read))
        values[WEIGHT] = self._weights[synapses]
        self._code.run(values)
        own.traces.write(own.rows, neuron, [values[name] for name in own.names], now)
        self._store(synapses, values[WEIGHT])


class NoteTraces:
    """Keeps the traces of both sides at the end of each step, after all spikes have acted."""

    row = -1
    largest = 0.0
    target = None
    delay = 1

    def __init__(self, histories: Sequence[TraceHistory]) -> None:
        self.histories = histories

    def next_event(self, step: Steps) -> Steps:
        """Return `step`, because traces change in every step."""
        return step

    def deliver(self, now: Steps) -> None:
        """Keep the values of this step."""
        for history in self.histories:
            history.note(now)


def _as_array(numbers: Some) -> IntArray:
    if isinstance(numbers, slice):
        return np.arange(numbers.start, numbers.stop)
    return np.atleast_1d(numbers)
