"""Synapses with equations and code of their own, in the script API."""

from collections.abc import Sequence
from typing import Any, NoReturn

import numpy as np

from ...array_types import FloatArray, IntArray
from ...engine.synapse_block import LAST_UPDATE, StoredVariables
from ...errors import ArgumentError, NotReadyError, RangeError, UnitsError, UnknownAttributeError
from ...units import DIMENSIONLESS, Dimension, Quantity, dimension_name
from .. import magic
from ..checked_calls import checked_call
from ..clock import Clock, seconds
from ..groups import Group
from ..namespace import check_variable_names
from ..program_objects import forgotten
from ..synapse_set import SynapseSet
from .equations import SynapticEquations
from .indices import all_pairs, chosen_synapses, pair_of
from .model import Options, SynapticModel
from .names import SynapticNames
from .run import SynapsesRun
from .texts import Text
from .variables import DelayVariable, SynapticVariable

MAX_SYNAPSES = 100_000_000
_TUNING = ("level", "freeze", "unit_checking", "compile")


class Synapses(SynapseSet):
    """Synapses with equations of their own, and code that spikes execute.

    Parameters
    ----------
    source : Group
    target : NeuronGroup, optional
        By default the source.
    model : SynapticEquations or str, optional
        One equation a line: a parameter (``w : 1``), a differential equation that is integrated
        in every step, one that is solved from one event of a synapse to the next
        (``dx/dt = -x/tau : 1 (event-driven)``), or a static equation.
    pre : str or list of str, optional
        Code that a spike of the source executes for each of its synapses, after the delay. It
        reads and changes variables of the synapses and of the target (``V`` or ``V_post``), reads
        those of the source (``V_pre``), ``t`` and ``lastupdate``, and calls ``rand()``. A list
        makes one pathway, with delays of its own, for each code.
    post : str, optional
        Code that a spike of the target executes.
    max_delay : quantity, optional
        The longest delay that may be set.
    clock : Clock, optional
        That of the groups.
    code_namespace : dict, optional
        Values of names in the code, which count before the program's.
    method, order, implicit
        How continuous equations are integrated, as for `NeuronGroup`. If one equation uses a
        variable of neurons, it is by Euler's method unless another is given.

    Attributes
    ----------
    presynaptic, postsynaptic : ndarray of int, shape (synapses,)
        The neurons that each synapse joins, counted within `source` and `target`.
    delay, delay_post : SynapticVariable
        Time from a spike to the execution of the code; a list where `pre` is a list.

    Raises
    ------
    ParseError
        Equations or code cannot be read, or change something that they cannot change.
    UndefinedNameError
        A name is not known.
    UnitsError
        A value does not have the dimension of its variable.

    Notes
    -----
    Synapses are made by ``S[sources, targets] = …``: True for one synapse a pair, a whole number
    for several, a number with a point for a probability, and a text for a condition on the numbers
    i and j. The events of a step act after those of connections and before resets; events of one
    target neuron act one after the other.

    Examples
    --------
    >>> from neurolab import *
    >>> inputs = SpikeGeneratorGroup(2, [(0, 1*ms), (1, 2*ms)])
    >>> neurons = NeuronGroup(2, 'V : volt')
    >>> S = Synapses(inputs, neurons, 'w : volt', pre='V += w')
    >>> S[:, :] = 'i == j'
    >>> S.w = '(1 + i)*mV'
    >>> Network(inputs, neurons, S).run(3*ms)
    >>> [round(float(V/mV), 3) for V in neurons.V]
    [1.0, 2.0]
    """

    _settable = ("delay", "delay_post")

    @checked_call(tuning=_TUNING)
    def __init__(
        self,
        source: Group,
        target: Any = None,
        model: Any = "",
        pre: Any = None,
        post: str | None = None,
        max_delay: Quantity | None = None,
        *,
        clock: Clock | None = None,
        code_namespace: dict[str, Any] | None = None,
        method: str | None = "",
        order: int = 1,
        implicit: bool = False,
    ) -> None:
        target = source if target is None else target
        _check_groups(source, target, clock)
        self.source, self.target = source, target
        self.label = f"Synapses({source.label} → {target.label})"
        equations = SynapticEquations(model or "")
        check_variable_names(equations.lines, type(self))
        self._has_list = isinstance(pre, (list, tuple))
        codes: list[Any] = [*pre] if isinstance(pre, (list, tuple)) else [pre] * (pre is not None)
        seen, given = magic.names_seen_by_caller(), code_namespace or {}
        names = SynapticNames(equations, source, target, self.label)
        options = Options(method or "", order, implicit)
        self._model = SynapticModel(equations, codes, post, names, seen, given, options, self.label)
        self._has_post = post is not None
        for variable in sorted(self._model.assigned):
            if variable in target.model.parameters:
                target.whole.let_spikes_move(variable)
        self.longest_delay = (
            0.0 if max_delay is None else seconds(max_delay, f"{self.label}, max_delay")
        )
        self.presynaptic: IntArray = np.empty(0, dtype=int)
        self.postsynaptic: IntArray = np.empty(0, dtype=int)
        self.values: FloatArray = np.empty((len(self._model.rows), 0))
        self._delays = [np.empty(0) for _ in self._model.codes]
        self.told_delays: list[float] = []
        self.sums: dict[str, tuple[str, tuple[int, int]]] = {}
        self._run = SynapsesRun(self)
        for group in {source.whole: None, target.whole: None}:
            group.attach_object(self)
        self._made = True

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
    def whole(self) -> "Synapses":
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

    def __setitem__(self, index: Any, value: Any) -> None:
        sources, targets = pair_of(index, self)
        pre, post = all_pairs(sources.numbers.tolist(), targets.numbers.tolist())
        if isinstance(value, (bool, np.bool_)):
            if not value:
                raise RangeError(
                    "S[…] = False makes no synapses, and synapses cannot be taken away",
                    where=self.label,
                    expected="True, a number of synapses, a probability or a condition",
                )
            self._add(pre, post)
        elif isinstance(value, str):
            known: dict[str, Any] = {"i": pre - sources.first, "j": post - targets.first}
            known["n"] = len(targets.numbers)
            self._add_by_text(value, pre, post, known)
        elif isinstance(value, (float, np.floating)):
            self._add_at_random(float(value), pre, post)
        elif isinstance(value, (int, np.integer)):
            count = int(value)
            if count < 1:
                raise RangeError(
                    f"{count} synapses were asked for",
                    where=self.label,
                    expected="1 or more synapses for each pair, or 0.0 as a probability",
                )
            self._add(np.tile(pre, count), np.tile(post, count))
        else:
            raise ArgumentError(
                f"synapses cannot be made by a {type(value).__name__}",
                where=self.label,
                expected="True, a number of synapses, a probability or a condition as text",
            )

    def _add_by_text(self, text: str, pre: IntArray, post: IntArray, known: Any) -> None:
        if text.strip() == "True":
            self._add(pre, post)
            return
        where = f"{self.label}[…] = {text!r}"
        formula = Text(text, known, {}, len(pre), where)
        if formula.dimension != DIMENSIONLESS:
            raise UnitsError(
                f"the condition is in {dimension_name(formula.dimension)}",
                where=where,
                expected="a condition such as i == j",
            )
        values = formula.values()
        if values.dtype == bool:
            self._add(pre[values], post[values])
            return
        if ((values < 0) | (values != np.floor(values))).any():
            raise RangeError(
                "the text is neither a condition nor a whole number of synapses",
                where=where,
                mend="For a probability, write rand() < 0.1.",
            )
        counts = values.astype(int)
        self._add(np.repeat(pre, counts), np.repeat(post, counts))

    def _add_at_random(self, probability: float, pre: IntArray, post: IntArray) -> None:
        if not 0 <= probability <= 1:
            raise RangeError(
                f"the probability is {probability:g}",
                where=self.label,
                expected="a number from 0.0 to 1.0",
                mend="A number of synapses is written without a point.",
            )
        chosen = magic.generator.random(len(pre)) < probability
        self._add(pre[chosen], post[chosen])

    def _add(self, pre: IntArray, post: IntArray) -> None:
        count = len(self) + len(pre)
        if count > MAX_SYNAPSES:
            raise RangeError(
                f"there would be {count:,} synapses",
                where=self.label,
                expected=f"at most {MAX_SYNAPSES:,}",
            )
        object.__setattr__(self, "presynaptic", np.append(self.presynaptic, pre))
        object.__setattr__(self, "postsynaptic", np.append(self.postsynaptic, post))
        new = np.zeros((len(self.values), len(pre)))
        object.__setattr__(self, "values", np.concatenate([self.values, new], axis=1))
        self._delays = [np.append(delays, np.zeros(len(pre))) for delays in self._delays]
        self._run.changes()

    @checked_call
    def connect_one_to_one(self, source: Any = None, target: Any = None) -> None:
        """Join neuron k of the source (or a part of it) with neuron k of the target."""
        sources, targets = self._parts(source, target)
        if len(sources) != len(targets):
            raise RangeError(
                f"{len(sources)} source and {len(targets)} target neurons cannot be paired",
                where=self.label,
                expected="as many of one as of the other",
            )
        self._add(sources, targets)

    @checked_call
    def connect_random(
        self, source: Any = None, target: Any = None, sparseness: float | None = None
    ) -> None:
        """Join each source neuron with each target neuron with a probability."""
        sources, targets = self._parts(source, target)
        if sparseness is None:
            raise ArgumentError(
                "sparseness is missing", where=self.label, expected="a probability, such as 0.1"
            )
        self._add_at_random(float(sparseness), *all_pairs(sources.tolist(), targets.tolist()))

    def _parts(self, source: Any, target: Any) -> tuple[IntArray, IntArray]:
        ends = (slice(None) if end is None else end for end in (source, target))
        sources, targets = pair_of(tuple(ends), self)
        return sources.numbers, targets.numbers

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
                f"'{name}' is not a variable of the synapses",
                where=self.label,
                expected="one of " + ", ".join(own) if own else "no variable: there are none",
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
                f"'{name}' follows from its equation and cannot be set",
                where=self.label,
                expected="one of " + ", ".join(self._model.equations.stored),
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

    @property
    def delay(self) -> Any:
        """Delays from spikes of the source; one variable for each code where `pre` is a list."""
        count = len(self._model.codes) - 1
        if self._has_list:
            return [DelayVariable(self, k, f"delay[{k}]") for k in range(count)]
        if not count:
            raise NotReadyError(
                "there is no code pre, so there are no delays from the source",
                where=self.label,
                mend="Give pre=…, such as pre='V += w'.",
            )
        return DelayVariable(self, 0, "delay")

    @delay.setter
    def delay(self, value: Any) -> None:
        if self._has_list:
            raise ArgumentError(
                "there are several pathways from the source",
                where=f"{self.label}, delay",
                mend="Set the delays of each: S.delay[0][:] = 2*ms.",
            )
        self.delay[:] = value

    @property
    def delay_post(self) -> DelayVariable:
        """Delays from spikes of the target."""
        if not self._has_post:
            raise NotReadyError(
                "there is no code post, so there are no delays from the target",
                where=self.label,
                mend="Give post=…, such as post='w += x'.",
            )
        return DelayVariable(self, len(self._model.codes) - 1, "delay_post")

    @delay_post.setter
    def delay_post(self, value: Any) -> None:
        self.delay_post[:] = value

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

    def sum_into(self, name: str, group: Any, variable: str) -> None:
        """Set a variable of the target neurons to the sum over their synapses, after each step.

        Raises
        ------
        ArgumentError
            The group is not the target.
        UnitsError
            The two variables differ in dimension.
        """
        where = f"{group.label}.{variable} = S.{name}"
        if group.whole is not self.target.whole:
            raise ArgumentError(
                f"{group.label} is not the target of {self.label}",
                where=where,
                expected=f"a variable of {self.target.label}",
            )
        if group.dimension(variable) != self.dimension(name):
            raise UnitsError(
                f"{name} is in {dimension_name(self.dimension(name))}",
                where=where,
                expected=dimension_name(group.dimension(variable)),
            )
        if variable in group.model.parameters:
            group.whole.let_spikes_move(variable)
        if variable not in group.model.states:
            raise UnknownAttributeError(
                f"'{variable}' follows from its equation and cannot be set", where=where
            )
        start, end = self.target.span
        first, last = group.span
        for item in group.whole.attached_objects:
            if isinstance(item, Synapses) and variable in item.sums:
                del item.sums[variable]
                item.paths.changes()
        self.sums[variable] = (name, (max(start, first), min(end, last)))
        self._run.changes()

    @checked_call
    def state(self, name: str) -> Any:
        """Return the SI values of a variable; an array that is stored can be changed in place."""
        return self.si_values(name)

    @checked_call
    def synapse_index(self, index: Any) -> IntArray:
        """Return the numbers of the synapses that ``S.w[index]`` names."""
        return chosen_synapses(index, self)[0]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not self._made:
            raise AttributeError(name)
        if name in self._model.rows or name in self._model.statics:
            return SynapticVariable(self, name)
        return super().__getattr__(name)

    def __setattr__(self, name: str, value: Any) -> None:
        if not self._made or name.startswith("_") or name in self._settable:
            object.__setattr__(self, name, value)
        elif name in self._model.rows or name in self._model.statics:
            if not isinstance(value, SynapticVariable):
                SynapticVariable(self, name)[:] = value
        else:
            self._refuse(name)

    def _refuse(self, name: str) -> NoReturn:
        known: Sequence[str] = (*self._model.equations.stored, "delay")
        raise UnknownAttributeError(
            f"'{name}' cannot be set",
            where=self.label,
            expected=" or ".join(known),
            mend="Add it to the model as a parameter: w : 1, for example.",
        )


def _check_groups(source: object, target: Any, clock: object) -> None:
    for group, role in ((source, "source"), (target, "target")):
        if not isinstance(group, Group):
            raise ArgumentError(
                f"the {role} is a {type(group).__name__}",
                where="Synapses",
                expected="a group of neurons",
            )
    if not hasattr(target.whole, "let_spikes_move"):
        raise ArgumentError(
            f"{target.label} has no state variables",
            where="Synapses",
            expected="a NeuronGroup as target",
        )
    if clock is not None and clock is not target.clock:
        raise ArgumentError(
            "the synapses have another clock than their groups",
            where="Synapses",
            mend="Leave clock=… out, or give the groups the same clock.",
        )
