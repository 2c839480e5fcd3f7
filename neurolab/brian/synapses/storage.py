"""What synapses store: the neurons that they join, their variables and their delays."""

from typing import Any

import numpy as np

from ...array_types import FloatArray, IntArray
from ...engine.synapse_block import LAST_UPDATE, StoredVariables
from ...errors import RangeError, UnknownAttributeError
from ...units import Dimension
from ..checked_calls import checked_call
from ..clock import Clock
from ..program_objects import forgotten
from ..synapse_set import SynapseSet
from .model import SynapticModel
from .run import SynapsesRun

MAX_SYNAPSES = 100_000_000


class StoredSynapses(SynapseSet):
    """Synapses and their values; `Synapses` adds how programs make, set and read them.

    Attributes
    ----------
    presynaptic, postsynaptic : ndarray of int, shape (synapses,)
    values : ndarray, shape (variables, synapses)
        SI.
    told_delays : list of float
        Delays (s) that the program has written down. A warning names those that are rounded.
    sums : dict
        Variable of the target → the variable that is summed, and first and past-the-last neuron.
    """

    _model: SynapticModel

    def _store_nothing(self) -> None:
        """Begin without synapses."""
        self.presynaptic: IntArray = np.empty(0, dtype=int)
        self.postsynaptic: IntArray = np.empty(0, dtype=int)
        self.values: FloatArray = np.empty((len(self._model.rows), 0))
        self._delays = [np.empty(0) for _ in self._model.codes]
        self.told_delays: list[float] = []
        self.sums: dict[str, tuple[str, tuple[int, int]]] = {}
        self._run = SynapsesRun(self)

    @property
    def synaptic_model(self) -> SynapticModel:
        """The checked equations and code."""
        return self._model

    @property
    def model(self) -> StoredVariables:
        """The names of the variables that are stored."""
        return self._model.stored

    @property
    def paths(self) -> SynapsesRun:
        """What a run uses of it."""
        return self._run

    @property
    def is_blank(self) -> bool:
        """Whether there are no synapses."""
        return not len(self)

    @property
    def whole(self) -> "StoredSynapses":
        """The synapses themselves, as monitors ask for the whole of a group."""
        return self

    @property
    def span(self) -> tuple[int, int]:
        """First and past-the-last synapse."""
        return 0, len(self)

    @property
    def clock(self) -> Clock:
        """The clock on which they run."""
        return self.source.clock

    def attach_object(self, item: Any) -> None:
        """Note that a monitor records their variables, and runs with them."""
        for group in (self.source.whole, self.target.whole):
            group.attach_object(item)

    def is_watched(self) -> bool:
        """Whether something sees their variables after each step."""
        attached = self.source.whole.attached_objects
        return bool(self.sums) or any(
            getattr(item, "source", None) is self and item not in forgotten for item in attached
        )

    def __len__(self) -> int:
        return len(self.presynaptic)

    def _add(self, pre: IntArray, post: IntArray) -> None:
        count = len(self) + len(pre)
        if count > MAX_SYNAPSES:
            raise RangeError(
                f"There would be {count:,} synapses.",
                where=self.label,
                mend=f"Make at most {MAX_SYNAPSES:,}.",
            )
        object.__setattr__(self, "presynaptic", np.append(self.presynaptic, pre))
        object.__setattr__(self, "postsynaptic", np.append(self.postsynaptic, post))
        new = np.zeros((len(self.values), len(pre)))
        object.__setattr__(self, "values", np.concatenate([self.values, new], axis=1))
        self._delays = [np.append(delays, np.zeros(len(pre))) for delays in self._delays]
        self._run.changes()

    def dimension(self, name: object) -> Dimension:
        """Return the dimension of a variable.

        Raises
        ------
        UnknownAttributeError
            There is no such variable.
        """
        known = self._model.dimensions
        own = (*self._model.rows, *self._model.statics)
        if not isinstance(name, str) or name not in own:
            raise UnknownAttributeError(
                f"'{name}' is not a variable of the synapses.",
                where=self.label,
                mend=f"The variables are {', '.join(own)}." if own else "They have no variables.",
            )
        return known[name]

    def si_values(self, name: str) -> FloatArray:
        """Return the present SI values of a variable, shape (synapses,)."""
        self.dimension(name)
        if name in self._model.rows:
            return self.values[self._model.rows[name]]
        return self._static(name)

    def _static(self, name: str) -> FloatArray:
        model = self._model
        env: dict[str, Any] = {**model.constants, "t": float(self.clock.t)}
        env.update({own: self.values[row] for own, row in model.rows.items()})
        ends = {True: (self.source, self.presynaptic), False: (self.target, self.postsynaptic)}
        for alias, variable in model.neurons.items():
            end, neurons = ends[variable.of_source]
            env[alias] = np.asarray(end.state_(variable.name))[neurons]
        with np.errstate(all="ignore"):
            for static, expression in model.static_formulas():
                env[static] = expression.evaluate(env)
        return np.broadcast_to(env[name], (len(self),)).astype(float)

    def known_values(self, chosen: IntArray) -> tuple[dict[str, Any], dict[str, Dimension]]:
        """Return what texts may use for some synapses: values, and their dimensions."""
        model = self._model
        values: dict[str, Any] = {
            name: self.values[row, chosen] for name, row in model.rows.items()
        }
        values["i"] = self.presynaptic[chosen]
        values["j"] = self.postsynaptic[chosen]
        values["n"] = len(chosen)
        return values, {name: model.dimensions[name] for name in model.rows}

    def store(self, name: str, chosen: IntArray, values: FloatArray) -> None:
        """Set a variable of some synapses, in SI units."""
        if name not in self._model.rows or name == LAST_UPDATE:
            raise UnknownAttributeError(
                f"'{name}' follows from its equation and cannot be set.",
                where=self.label,
                mend=f"Set one of {', '.join(self._model.equations.stored)}.",
            )
        self.values[self._model.rows[name], chosen] = values
        if name in getattr(self._model, "changing", ()):
            self._run.changes()

    def delays_of(self, pathway: int) -> FloatArray:
        """Return the delays of a pathway in seconds, shape (synapses,)."""
        return self._delays[pathway]

    def store_delays(self, pathway: int, chosen: IntArray, values: FloatArray) -> None:
        """Set the delays of some synapses on a pathway, in seconds."""
        self._delays[pathway][chosen] = values
        if len(values) and np.ptp(values) == 0:
            self.told_delays.append(float(values[0]))
        self._run.changes()

    def clear_last_updates(self) -> None:
        """Let no synapse have had an event."""
        if LAST_UPDATE in self._model.rows:
            self.values[self._model.rows[LAST_UPDATE]] = 0.0

    def reinit(self, states: bool = True) -> None:
        """Drop the events that are on their way, and set all variables to 0, weights as well.

        Parameters
        ----------
        states : bool
            Whether the variables become 0; else they stay.
        """
        if states:
            self.values[:] = 0.0
        self._run.forget()
        self._run.changes()

    @checked_call
    def state(self, name: str) -> Any:
        """Return the SI values of a variable; an array that is stored can be changed in place."""
        return self.si_values(name)
