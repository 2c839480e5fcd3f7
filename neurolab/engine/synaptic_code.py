"""Code that is executed for synapses: where its variables live, and in which order it acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..array_types import FloatArray, IntArray
from ..model.random_names import is_normal, is_random
from .event_code import EventCode
from .projection import values_of


@dataclass(frozen=True)
class NeuronVariable:
    """A variable of the neurons on one side, as code of synapses names it.

    Attributes
    ----------
    name : str
        Of the group's variable.
    of_source : bool
        Whether it belongs to the source neurons; else to the target neurons.
    """

    name: str
    of_source: bool


class Surroundings:
    """The neurons that synapses join, and the numbers of the neurons of each synapse.

    Parameters
    ----------
    source, target : Population or SpikeSource
    sources, targets : ndarray of int, shape (synapses,)
        Numbers of the neurons in their whole groups.
    rng : numpy.random.Generator
    """

    def __init__(
        self,
        source: Any,
        target: Any,
        sources: IntArray,
        targets: IntArray,
        rng: np.random.Generator,
    ) -> None:
        self._populations = source, target
        self.target = target
        self.targets = targets
        self._neurons = sources, targets
        self._rng = rng

    def values(self, variable: NeuronVariable, synapses: IntArray | slice) -> FloatArray:
        """Return the present values of a variable of the neurons of some synapses."""
        side = 0 if variable.of_source else 1
        return values_of(self._populations[side], variable.name)[self._neurons[side][synapses]]

    def random(self, name: str, count: int) -> FloatArray:
        """Draw numbers for a name that stands for random numbers."""
        return self._rng.standard_normal(count) if is_normal(name) else self._rng.random(count)


class SynapticCode:
    """Statements that an event executes for the synapses that it reaches.

    Parameters
    ----------
    code : EventCode
    rows : mapping
        Row of each variable of the synapses.
    neurons : mapping
        The names that stand for variables of neurons.
    """

    def __init__(
        self, code: EventCode, rows: Mapping[str, int], neurons: Mapping[str, NeuronVariable]
    ) -> None:
        self._code = code
        self._own = {name: row for name, row in rows.items() if name in code.reads}
        self._neurons = {name: one for name, one in neurons.items() if name in code.reads}
        self._random = [name for name in code.reads if is_random(name)]
        self._changes_own = {name: row for name, row in rows.items() if name in code.assigned}
        self._changes_target = {
            name: one.name for name, one in neurons.items() if name in code.assigned
        }
        self._only_adds = self._events_are_independent(code)
        self.reads_time = "t" in code.reads

    def _events_are_independent(self, code: EventCode) -> bool:
        """Return whether no event sees what another one has done to a target neuron."""
        changed = {self._changes_target[name] for name in self._changes_target}
        aliases = {name for name, one in self._neurons.items() if one.name in changed}
        if any(one.expression.names & aliases for one in code.statements):
            return False
        changes = [one for one in code.statements if one.variable in self._changes_target]
        once = len({one.variable for one in changes}) == len(changes)
        return once and all(one.adds for one in changes)

    def run(
        self, values: FloatArray, around: Surroundings, synapses: IntArray, time: float
    ) -> None:
        """Execute the code for some synapses, in this order.

        Parameters
        ----------
        values : ndarray, shape (rows, synapses)
            The variables of all synapses; changed in place.
        around : Surroundings
        synapses : ndarray of int
            A number that is given twice has two events.
        time : float
            Seconds.
        """
        if len(synapses) == 1:
            self._run_at_once(values, around, synapses, time)
            return
        # Events that share a synapse, or a target whose value they see, act one after the other.
        in_turn = self._changes_target and not self._only_adds
        for part in _rounds(around.targets[synapses] if in_turn else synapses):
            self._run_at_once(values, around, synapses[part], time)

    def _run_at_once(
        self, values: FloatArray, around: Surroundings, synapses: IntArray, time: float
    ) -> None:
        env: dict[str, Any] = dict(self._code.constants)
        env["t"] = time
        for name, row in self._own.items():
            env[name] = values[row, synapses]
        for name, variable in self._neurons.items():
            env[name] = around.values(variable, synapses)
        for name in self._random:
            env[name] = around.random(name, len(synapses))
        if self._only_adds:
            env.update(dict.fromkeys(self._changes_target, 0.0))
        self._code.run(env)
        for name, row in self._changes_own.items():
            values[row, synapses] = env[name]
        targets = around.targets[synapses]
        for name, state in self._changes_target.items():
            row = around.target.model.states.index(state)
            reached = around.target.current[row]
            if self._only_adds:
                np.add.at(reached, targets, env[name])
            else:
                reached[targets] = env[name]


def _rounds(numbers: IntArray) -> Sequence[Any]:
    """Split events into rounds in which no number occurs twice, in their order.

    Examples
    --------
    >>> [part.tolist() for part in _rounds(np.array([3, 5, 3, 3]))]
    [[0, 1], [2], [3]]
    """
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    if len(starts) == len(numbers):
        return [slice(None)]
    lengths = np.diff(np.append(starts, len(numbers)))
    ranks = np.empty(len(numbers), dtype=int)
    ranks[order] = np.arange(len(numbers)) - np.repeat(starts, lengths)
    return [np.flatnonzero(ranks == rank) for rank in range(int(ranks.max()) + 1)]
