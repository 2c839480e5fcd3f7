"""Short-term plasticity in the step loop: each source neuron's weights count more or less.

The equations are those of Markram, Wang and Tsodyks (1998), in the form of Tsodyks, Pawelzik and
Markram, Neural Comput 10 (1998), 821.
"""

from ..array_types import FloatArray, IntArray
from ..grid import Steps
from ..model.event_code import parse_event_code
from .event_code import EventCode
from .traces import EventDrivenTraces

NAMES = ("x", "u", "ux")
"""Resources that are left, the share of them that a spike uses, and their product."""
_STATEMENTS = parse_event_code("ux = u*x; x *= 1 - u; u += U*(1 - u)")


class ShortTermFactors:
    """By what a spike multiplies the weights of its source neuron.

    Parameters
    ----------
    traces : EventDrivenTraces
        Rows x and u, which decay between spikes, and ux.
    utilization : ndarray, shape (neurons,)
        The parameter U of each source neuron.

    Examples
    --------
    The second of two spikes at once finds less resources:

    >>> import numpy as np
    >>> class State:
    ...     current = np.array([[1.0], [0.5], [0.5]])
    >>> traces = EventDrivenTraces(State, [-1.0, -1.0, 0.0], [1.0, 0.5, 0.0], 1e-3, np.zeros(1))
    >>> factors = ShortTermFactors(traces, np.array([0.5]))
    >>> factors(np.array([0]), 0).tolist(), factors(np.array([0]), 0).tolist()
    ([0.5], [0.375])
    """

    def __init__(self, traces: EventDrivenTraces, utilization: FloatArray) -> None:
        self._traces = traces
        self._utilization = utilization
        self._code = EventCode(_STATEMENTS, {})

    def __call__(self, neurons: IntArray, now: Steps) -> FloatArray:
        """Return the product ux of each of these neurons at its spike, which changes x and u."""
        rows = range(len(NAMES))
        values = dict(zip(NAMES, self._traces.read(rows, neurons, now)))
        values["U"] = self._utilization[neurons]
        self._code.run(values)
        self._traces.write(rows, neurons, [values[name] for name in NAMES], now)
        return values["ux"]
