"""Synapses with equations and code of their own, in the script API."""

from collections.abc import Sequence
from typing import Any, NoReturn

from ...array_types import IntArray
from ...errors import ArgumentError, NotReadyError, RangeError, UnitsError, UnknownAttributeError
from ...units import Quantity, dimension_name
from .. import magic
from ..checked_calls import checked_call
from ..clock import Clock, seconds
from ..groups import Group
from ..namespace import check_variable_names
from .equations import SynapticEquations
from .indices import chosen_synapses, pair_of
from .making import made_pairs, random_pairs
from .model import Options, SynapticModel
from .names import SynapticNames
from .storage import StoredSynapses
from .variables import DelayVariable, SynapticVariable

_TUNING = ("level", "freeze", "unit_checking", "compile")


class Synapses(StoredSynapses):
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
        self._store_nothing()
        for group in {source.whole: None, target.whole: None}:
            group.attach_object(self)
        self._made = True

    def __setitem__(self, index: Any, value: Any) -> None:
        self._add(*made_pairs(value, *pair_of(index, self), self.label))

    @checked_call
    def connect_one_to_one(self, source: Any = None, target: Any = None) -> None:
        """Join neuron k of the source (or a part of it) with neuron k of the target."""
        sources, targets = self._parts(source, target)
        if len(sources) != len(targets):
            raise RangeError(
                f"{len(sources)} source and {len(targets)} target neurons cannot be paired.",
                where=self.label,
                mend="Give as many of one as of the other.",
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
                "The sparseness is missing.",
                where=self.label,
                mend="Give a probability, such as sparseness=0.1.",
            )
        self._add(*random_pairs(float(sparseness), sources, targets, self.label))

    def _parts(self, source: Any, target: Any) -> tuple[IntArray, IntArray]:
        ends = (slice(None) if end is None else end for end in (source, target))
        sources, targets = pair_of(tuple(ends), self)
        return sources.numbers, targets.numbers

    @property
    def delay(self) -> Any:
        """Delays from spikes of the source; one variable for each code where `pre` is a list."""
        count = len(self._model.codes) - 1
        if self._has_list:
            return [DelayVariable(self, k, f"delay[{k}]") for k in range(count)]
        if not count:
            raise NotReadyError(
                "There is no code pre, so there are no delays from the source.",
                where=self.label,
                mend="Give pre=…, such as pre='V += w'.",
            )
        return DelayVariable(self, 0, "delay")

    @delay.setter
    def delay(self, value: Any) -> None:
        if self._has_list:
            raise ArgumentError(
                "There are several pathways from the source.",
                where=f"{self.label}, delay",
                mend="Set the delays of each: S.delay[0][:] = 2*ms.",
            )
        self.delay[:] = value

    @property
    def delay_post(self) -> DelayVariable:
        """Delays from spikes of the target."""
        if not self._has_post:
            raise NotReadyError(
                "There is no code post, so there are no delays from the target.",
                where=self.label,
                mend="Give post=…, such as post='w += x'.",
            )
        return DelayVariable(self, len(self._model.codes) - 1, "delay_post")

    @delay_post.setter
    def delay_post(self, value: Any) -> None:
        self.delay_post[:] = value

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
                f"{group.label} is not the target of {self.label}.",
                where=where,
                mend=f"Set a variable of {self.target.label}.",
            )
        if group.dimension(variable) != self.dimension(name):
            raise UnitsError(
                f"{name} is in {dimension_name(self.dimension(name))}, but {variable} is in "
                f"{dimension_name(group.dimension(variable))}.",
                where=where,
                mend="Give both the same unit.",
            )
        if variable in group.model.parameters:
            group.whole.let_spikes_move(variable)
        if variable not in group.model.states:
            raise UnknownAttributeError(
                f"'{variable}' follows from its equation and cannot be set.", where=where
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
            f"'{name}' cannot be set.",
            where=self.label,
            mend=f"Set {' or '.join(known)}. Add it to the model as a parameter, such as w : 1.",
        )


def _check_groups(source: object, target: Any, clock: object) -> None:
    for group, role in ((source, "source"), (target, "target")):
        if not isinstance(group, Group):
            raise ArgumentError(
                f"The {role} is a {type(group).__name__}.",
                where="Synapses",
                mend="Give a group of neurons.",
            )
    if not hasattr(target.whole, "let_spikes_move"):
        raise ArgumentError(
            f"{target.label} has no state variables.",
            where="Synapses",
            mend="Give a NeuronGroup as target.",
        )
    if clock is not None and clock is not target.clock:
        raise ArgumentError(
            "The synapses have another clock than their groups.",
            where="Synapses",
            mend="Leave clock=… out, or give the groups the same clock.",
        )
