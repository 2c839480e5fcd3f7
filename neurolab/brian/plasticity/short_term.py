"""Short-term plasticity in the script API."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...array_types import FloatArray, IntArray, Number
from ...engine.short_term import NAMES, ShortTermFactors
from ...engine.traces import EventDrivenTraces
from ...errors import ArgumentError, RangeError
from ...grid import Seconds, Steps
from ...units import DIMENSIONLESS, SECOND, Dimension, Quantity
from ..checked_calls import checked_call
from ..checked_values import checked_values
from ..connection import Connection
from ..delays import Delays
from ..neurons import NeuronGroup
from .rule import Prepared, Rule, StoredState, TraceGroup

_MODEL = "x : 1\nu : 1\nux : 1"


class STP(Rule):
    """Short-term plasticity: spikes in a row count less and less, or more and more.

    Each source neuron has resources x, of which a spike uses the share u. Between spikes
    dx/dt = (1 - x)/taud and du/dt = (U - u)/tauf. A spike that arrives adds its weight times u x;
    then x decreases by u x, and u increases by U (1 - u).

    Parameters
    ----------
    C : Connection
        With one delay for all synapses.
    taud : quantity
        Time constant of the recovery from depression; one value, or one for each source neuron.
    tauf : quantity
        Time constant of facilitation.
    U : float
        The share of the resources that the first spike uses, from 0 to 1.

    Attributes
    ----------
    vars : NeuronGroup
        The variables x, u and ux of each source neuron, as its last spike has left them.

    Raises
    ------
    ArgumentError
        The connection has a delay for each synapse, a modulation, or such a rule already.
    UnitsError, RangeError
        A time constant is not a positive time, or U is not between 0 and 1.

    Notes
    -----
    The model is that of Tsodyks, Pawelzik and Markram, Neural Comput 10 (1998), 821.

    Examples
    --------
    >>> from neurolab import *
    >>> inputs = SpikeGeneratorGroup(1, [(0, 1*ms), (0, 6*ms)])
    >>> neurons = NeuronGroup(1, 'V : volt')
    >>> C = Connection(inputs, neurons, 'V', weight=10*mV)
    >>> rule = STP(C, taud=1*second, tauf=1*ms, U=0.5)
    >>> M = StateMonitor(neurons, 'V', record=True)
    >>> Network(inputs, neurons, C, rule, M).run(10*ms)
    >>> [round(float(M[0][step]/mV), 2) for step in (20, 90)]  # the second adds about half
    [5.0, 7.52]
    """

    @checked_call
    def __init__(self, C: Connection, taud: Quantity, tauf: Quantity, U: float) -> None:
        super().__init__(C)
        self._check_connection()
        size = len(C.source)
        self.taud, self.tauf, self.U = taud, tauf, U
        self._depression = self._values(taud, SECOND, "taud")
        self._facilitation = self._values(tauf, SECOND, "tauf")
        self._utilization = self._values(U, DIMENSIONLESS, "U")
        if ((self._utilization < 0) | (self._utilization > 1)).any():
            raise RangeError(
                f"U is {U}.", where=self.label, mend="It must be a number from 0 to 1."
            )
        self.vars = TraceGroup(size, _MODEL, clock=C.source.clock)
        self._start()
        self.factors = self._factors_now
        self._made_factors: ShortTermFactors | None = None
        self._traces: EventDrivenTraces | None = None
        self._built_for: tuple[object, ...] = ()
        self._last: FloatArray = np.zeros(size)
        self._end: Steps | None = None
        self._dt: Seconds = 0.0
        self.vars.attach_object(C)
        C.attach_rule(self)
        self._made = True

    def _check_connection(self) -> None:
        problem = mend = ""
        if isinstance(self.C.delay, Delays):
            problem = "the connection has a delay for each synapse"
            mend = "Give it one delay, delay=2*ms, or make one connection for each delay."
        elif self.C.modulation:
            problem = f"the connection is modulated by '{self.C.modulation}' already"
            mend = "Leave one of the two out."
        elif any(rule.factors is not None for rule in self.C.rules):
            problem = "the connection has short-term plasticity already"
            mend = "Give each connection one such rule."
        if problem:
            raise ArgumentError(problem, where=self.label, mend=mend)

    def _values(self, value: Any, dimension: Dimension, name: str) -> FloatArray:
        where = f"{self.label}, {name}"
        values = checked_values(value, dimension, (len(self.C.source),), where)
        if dimension == SECOND and (values <= 0).any():
            raise RangeError(
                f"{name} is {value}.", where=self.label, mend="It must be more than 0 ms."
            )
        return values

    @property
    def trace_groups(self) -> Sequence[NeuronGroup]:
        """All groups of traces of the rule."""
        return (self.vars,)

    def prepare(self, dt: Seconds, step: Steps, groups: Prepared) -> list[Any]:
        """Take up x and u where they are; the connection asks for the factors."""
        self._check_connection_again()
        if self._end is not None and (self._end, self._dt) != (step, dt):
            elapsed = (self._end - self._last) * (self._dt / dt)
            self._last[:] = step - elapsed
            self._built_for = ()
        holder = groups.get(self.vars)
        if self._built_for != (dt, holder):
            self._build(dt, holder)
        self._built_for, self._end, self._dt = (dt, holder), step, dt
        return []

    def _check_connection_again(self) -> None:
        if isinstance(self.C.delay, Delays):
            self._check_connection()

    def _build(self, dt: Seconds, holder: Any) -> None:
        rates: list[Number] = [-1 / self._depression, -1 / self._facilitation, 0.0]
        constants: list[Number] = [
            1 / self._depression,
            self._utilization / self._facilitation,
            0.0,
        ]
        traces = EventDrivenTraces(
            holder or StoredState(self.vars), rates, constants, dt, self._last
        )
        assert self.vars.model.states == NAMES
        self._made_factors = ShortTermFactors(traces, self._utilization)

    def _factors_now(self, neurons: IntArray, now: Steps) -> FloatArray:
        assert self._made_factors is not None
        return self._made_factors(neurons, now)

    def _start(self) -> None:
        """Set the variables to what they are before any spike."""
        self.vars.x = np.ones(len(self.C.source))
        self.vars.u = self._utilization
        self.vars.ux = self._utilization

    def reinit(self, states: bool = True) -> None:
        """Begin anew: with `states`, resources are full again."""
        super().reinit(states)
        if states:
            self._start()

    def finish(self, end: Steps) -> None:
        """Note where the run has ended."""
        self._end = end
