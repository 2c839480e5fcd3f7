"""Synapses with equations and code of their own, as the step loop sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from ..array_types import FloatArray, IntArray
from ..errors import BlowUpError
from ..grid import Seconds, Steps
from ..model.affine import Affine, affine_value, parts
from ..model.expressions import Expression
from .integrator import Integrator
from .synaptic_code import NeuronVariable, Surroundings, SynapticCode

_NEVER = int(np.iinfo(np.int64).max)
LAST_UPDATE = "lastupdate"
"""The time of the last event of a synapse, in seconds."""


class Pathway:
    """Code for the synapses of neurons that fire, after the delay of each synapse.

    Parameters
    ----------
    source : Population or SpikeSource
        The neurons whose spikes count.
    neurons : ndarray of int, shape (synapses,)
        The neuron of each synapse on this side, in its whole group.
    delays : ndarray of int, shape (synapses,)
        Steps.
    code : SynapticCode
    """

    def __init__(
        self, source: Any, neurons: IntArray, delays: IntArray, code: SynapticCode
    ) -> None:
        self.code = code
        self.calendar: dict[Steps, list[IntArray]] = {}
        """Step of arrival → synapses, in the order in which they were sent."""
        self._source = source
        self._delays = delays
        order = np.argsort(neurons, kind="stable")
        ends = np.searchsorted(neurons[order], np.arange(source.size + 1)).tolist()
        self._synapses = {
            neuron: order[start:end]
            for neuron, (start, end) in enumerate(pairwise(ends))
            if end > start
        }

    def next_event(self) -> Steps:
        """Return the step in which the next event arrives."""
        return min(self.calendar, default=_NEVER)

    def send(self, now: Steps) -> None:
        """Enter the spikes of this step into the calendar."""
        spikes = self._source.spikes
        if not len(spikes):
            return
        known = self._synapses
        reached = [known[neuron] for neuron in spikes.tolist() if neuron in known]
        if not reached:
            return
        synapses = np.concatenate(reached) if len(reached) > 1 else reached[0]
        delays = self._delays[synapses]
        for delay in np.unique(delays).tolist():
            chosen = synapses[delays == delay]
            self.calendar.setdefault(now + delay, []).append(chosen)

    def arriving(self, now: Steps) -> IntArray | None:
        """Return the synapses that have an event in this step, in their order."""
        found = self.calendar.pop(now, None)
        if found is None:
            return None
        return np.concatenate(found) if len(found) > 1 else found[0]


class EventDriven:
    """An equation dx/dt = a + b x that is solved from one event of a synapse to the next.

    Parameters
    ----------
    name : str
    row : int
    derivative : Expression
        Linear in x; its other names are constants and variables of the synapse.
    """

    def __init__(self, name: str, row: int, derivative: Expression) -> None:
        self.name = name
        self.row = row
        self._names = derivative.names
        self._evaluate = derivative.evaluate

    def solve(
        self,
        values: FloatArray,
        rows: Mapping[str, int],
        constants: Mapping[str, Any],
        synapses: IntArray,
        elapsed: FloatArray,
    ) -> None:
        """Bring the values of some synapses to the present time."""
        env = dict(constants)
        for name in self._names & rows.keys():
            env[name] = values[rows[name], synapses]
        env[self.name] = Affine(0.0, {self.name: 1.0})
        factors, constant = parts(affine_value(self._evaluate, env))
        rate = np.asarray(factors.get(self.name, 0.0))
        present = values[self.row, synapses]
        still = rate == 0
        growth = np.expm1(rate * elapsed)
        gain = np.where(still, elapsed, growth / np.where(still, 1.0, rate))
        values[self.row, synapses] = present * (growth + 1) + constant * gain


@dataclass(frozen=True)
class StoredVariables:
    """The names of the variables that synapses store.

    Attributes
    ----------
    states : tuple of str
        In the order of their rows.
    """

    states: tuple[str, ...]


class SynapseBlock:
    """Synapses between two groups, with their variables and pathways.

    In its turn within a step, it integrates its continuous equations, then executes the code of the
    pathways from the source, and then that of the pathway from the target.

    Parameters
    ----------
    model : StoredVariables
    values : ndarray, shape (rows, synapses)
        Changed in place.
    dt : float
    around : Surroundings
    pathways : sequence of Pathway
        In the order in which they act.
    event_driven : sequence of EventDriven
    constants : mapping
        SI values of the names in the equations.
    continuous : ContinuousEquations, optional
    statics : sequence of (str, Expression)
        In the order in which they can be computed.
    neurons : mapping
        The names in the equations that stand for variables of neurons.
    label : str
    """

    delay = 0
    row = -1
    largest = 0.0
    target = None

    def __init__(
        self,
        model: StoredVariables,
        values: FloatArray,
        dt: Seconds,
        around: Surroundings,
        pathways: Sequence[Pathway],
        event_driven: Sequence[EventDriven],
        constants: Mapping[str, Any],
        continuous: "ContinuousEquations | None",
        statics: Sequence[tuple[str, Expression]],
        neurons: Mapping[str, NeuronVariable],
        label: str,
    ) -> None:
        self.model = model
        self.current = values
        self.size = values.shape[1]
        self.spikes: IntArray = np.empty(0, dtype=int)
        self.pathways = pathways
        self.is_watched = False
        self._rows = {name: row for row, name in enumerate(model.states)}
        self._dt = dt
        self._around = around
        self._event_driven = event_driven
        self._constants = constants
        self._continuous = continuous
        self._statics = statics
        self._neurons = neurons
        self._label = label

    def settle(self, now: Steps, count: int) -> None:
        """Synapses act in `deliver`, after the connections."""

    def next_event(self, step: Steps) -> Steps:
        """Return the next step in which something happens at a synapse."""
        if self.is_watched or self._continuous is not None:
            return step
        return min((pathway.next_event() for pathway in self.pathways), default=_NEVER)

    def deliver(self, now: Steps) -> None:
        """Integrate, and execute the code of the events that arrive in this step."""
        for pathway in self.pathways:
            pathway.send(now)
        time = now * self._dt
        with np.errstate(all="ignore"):  # what is not finite is refused in words
            if self._continuous is not None:
                self._continuous.integrate(self, time)
                self._check(self.current[: self._continuous.rows], slice(None), time)
            for pathway in self.pathways:
                synapses = pathway.arriving(now)
                if synapses is not None:
                    self._act(pathway, synapses, time)

    def _act(self, pathway: Pathway, synapses: IntArray, time: Seconds) -> None:
        values = self.current
        last = self._rows.get(LAST_UPDATE)
        if self._event_driven and last is not None:
            elapsed = time - values[last, synapses]
            for equation in self._event_driven:
                equation.solve(values, self._rows, self._constants, synapses, elapsed)
        pathway.code.run(values, self._around, synapses, time)
        if last is not None:
            values[last, synapses] = time
        self._check(values[:, synapses], synapses, time)

    def _check(self, values: FloatArray, synapses: IntArray | slice, time: Seconds) -> None:
        """Raise BlowUpError if a variable is infinite or not a number."""
        wrong = ~np.isfinite(values)
        if wrong.any():
            row, place = (int(index[0]) for index in np.nonzero(wrong))
            number = int(np.arange(self.size)[synapses][place])
            state = "infinite" if np.isinf(values[row, place]) else "not a number"
            name = self.model.states[row]
            raise BlowUpError(
                f"{name} of synapse {number} became {state} at {time * 1e3:.6g} ms.",
                where=self._label,
                mend="Check the code and the equations of the synapses.",
            )

    def environment(self, synapses: IntArray | slice, time: Seconds) -> dict[str, Any]:
        """Return the present values of all names in the equations, static equations among them."""
        env: dict[str, Any] = dict(self._constants)
        env["t"] = time
        for name, row in self._rows.items():
            env[name] = self.current[row, synapses]
        for name, variable in self._neurons.items():
            env[name] = self._around.values(variable, synapses)
        for name, expression in self._statics:
            env[name] = expression.evaluate(env)
        return env

    def value(self, name: str, time: Seconds) -> FloatArray:
        """Return the present values of a variable or a static equation, shape (synapses,)."""
        if name in self._rows:
            return self.current[self._rows[name]]
        with np.errstate(all="ignore"):
            value = self.environment(slice(None), time)[name]
        values: FloatArray = np.broadcast_to(value, (self.size,))
        if not np.isfinite(values).all():
            number = int((~np.isfinite(values)).argmax())
            raise BlowUpError(
                f"{name} of synapse {number} has no finite value at {time * 1e3:.6g} ms.",
                where=self._label,
                mend="Check the equations of the synapses.",
            )
        return values

    def block(self, count: int) -> FloatArray:
        """Return the values after the last step, shape (1, rows, synapses)."""
        return self.current[None]

    def static_values(self, name: str, step: Steps, count: int) -> FloatArray:
        """Compute a static equation after the last step, shape (1, synapses)."""
        return self.value(name, step * self._dt)[None]


class ContinuousEquations:
    """Equations of synapses that are integrated in every step.

    Parameters
    ----------
    stepper : Integrator
    rows : int
        The first rows of the block are the variables of these equations.
    changing : dict
        The mapping of constants that the integrator uses; values that change are put into it before
        each step.
    names : sequence of str
        Those whose values change.
    """

    def __init__(
        self, stepper: Integrator, rows: int, changing: dict[str, Any], names: Sequence[str]
    ) -> None:
        self.rows = rows
        self._stepper = stepper
        self._changing = changing
        self._names = names
        self._state: FloatArray | None = None

    def integrate(self, block: SynapseBlock, time: Seconds) -> None:
        """Compute the values after one step."""
        rows = self.rows
        if self._state is None:
            self._state = np.ones((self._stepper.rows, block.size))
            self._out = np.ones((self._stepper.longest, self._stepper.rows, block.size))
        if self._names:
            env = block.environment(slice(None), time)
            for name in self._names:
                self._changing[name] = np.broadcast_to(env[name], (block.size,))
        self._state[:rows] = block.current[:rows]
        self._stepper.advance(self._state, self._out, 1, time)
        block.current[:rows] = self._out[0, :rows]


class Lump:
    """Sets a variable of the target neurons to the sum over their synapses, after each step.

    Parameters
    ----------
    block : SynapseBlock
    name : str
        Of the variable or static equation that is summed.
    target : Population
    row : int
        Of the target's variable.
    targets : ndarray of int, shape (synapses,)
    neurons : slice
        The target neurons that are set.
    dt : float
    """

    def __init__(
        self,
        block: SynapseBlock,
        name: str,
        target: Any,
        row: int,
        targets: IntArray,
        neurons: slice,
        dt: Seconds,
    ) -> None:
        self._block = block
        self._name = name
        self._target = target
        self._row = row
        self._targets = targets
        self._neurons = neurons
        self._dt = dt
        block.is_watched = True

    def record(self, step: Steps, count: int) -> None:
        """Set the variable at the end of the last of these steps."""
        time = (step + count - 1) * self._dt
        values = self._block.value(self._name, time)
        sums = np.bincount(self._targets, weights=values, minlength=self._target.size)
        self._target.current[self._row, self._neurons] = sums[self._neurons]
