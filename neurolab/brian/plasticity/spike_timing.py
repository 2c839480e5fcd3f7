"""Spike-timing-dependent plasticity in the script API."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...errors import ArgumentError, RangeError
from ...grid import Steps
from ...units import DIMENSIONLESS, SECOND, Quantity, dimension_name, si_quantity, si_value
from .. import magic
from ..checked_calls import checked_call
from ..checked_values import checked_values
from ..clock import seconds
from ..connection import Connection
from ..delays import Delays
from ..neurons import NeuronGroup
from ..script_equations import Equations
from .code import CodeNames, statements_of
from .exponential_code import exponential_code
from .rule import Prepared, Rule, TraceGroup
from .spike_timing_run import SpikeTimingRun
from .trace_equations import Side, sides_of

_INFINITE = float("inf")
_TUNING = ("level",)
_LACKING = {"clock": "Leave it out: traces are on the clock of the connection's groups."}


class STDP(Rule):
    """Spike-timing-dependent plasticity with traces and code of its own.

    Each source neuron has the traces that `pre` changes, and each target neuron those that `post`
    changes. A spike executes the code of its side: for a source neuron, w stands for the weights
    of all its synapses, and a trace of the other side for the values of their target neurons. Then
    these weights are clipped.

    Parameters
    ----------
    C : Connection
    eqs : Equations or str
        One equation for each trace, such as ``dA_pre/dt = -A_pre/tau : 1``.
    pre, post : str
        Statements such as ``'A_pre += dA; w += A_post'``. They use traces, w, functions such as
        exp and clip, and names of the program.
    wmin, wmax : quantity, optional
        Bounds of the weights; 0 and infinity by default.
    delay_pre, delay_post : quantity, optional
        Time from a spike to the execution of the code. By default, `pre` is executed when the
        spike arrives and `post` at once. If one is given, the other is the rest of the
        connection's delay.

    Attributes
    ----------
    pre_group, post_group : NeuronGroup
        The traces of the source and of the target neurons; ``rule.A_pre`` is
        ``rule.pre_group.A_pre``.

    Raises
    ------
    ParseError
        The equations or the code cannot be read, or a trace belongs to neither or both sides.
    UnitsError
        A value does not have the dimension of the variable to which it is assigned.
    RangeError
        A bound or a delay is not possible.

    Notes
    -----
    With a delay for each synapse, the weights of a source neuron change one step after the
    connection's `max_delay`, as in Brian 1; they see each trace of a target neuron as it was one
    step before the spike arrived there.

    Examples
    --------
    The target fires 2 ms after the source, which strengthens the synapse:

    >>> from neurolab import *
    >>> inputs = SpikeGeneratorGroup(1, [(0, 1*ms)])
    >>> neurons = NeuronGroup(1, 'dV/dt = 10*mV/ms : volt', threshold=29.5*mV, reset=0*mV)
    >>> C = Connection(inputs, neurons, 'V', weight=1*mV)
    >>> rule = STDP(C, eqs='''dp/dt = -p/(10*ms) : 1
    ...                       dq/dt = -q/(10*ms) : 1''',
    ...             pre='p += 1; w -= 0.1*mV*q', post='q += 1; w += 0.1*mV*p', wmax=2*mV)
    >>> Network(inputs, neurons, C, rule).run(4*ms)
    >>> print(round(float(C[0, 0]/mV), 3))  # 1 + 0.1*exp(-0.18)
    1.084
    """

    @checked_call(tuning=_TUNING, lacking=_LACKING)
    def __init__(
        self,
        C: Connection,
        eqs: Any,
        pre: str,
        post: str,
        wmin: Quantity | float = 0,
        wmax: Quantity | float = _INFINITE,
        delay_pre: Quantity | None = None,
        delay_post: Quantity | None = None,
    ) -> None:
        super().__init__(C)
        self._build(Equations(eqs), pre, post, wmin, wmax, delay_pre, delay_post, {})

    def _build(
        self,
        equations: Equations,
        pre: str,
        post: str,
        wmin: Quantity | float,
        wmax: Quantity | float,
        delay_pre: Quantity | None,
        delay_post: Quantity | None,
        names: Mapping[str, Any],
    ) -> None:
        """Make the rule; `names` are those that count before the program's."""
        self.bounds = self._checked_bounds(wmin, wmax)
        codes = [
            statements_of(code, f"{self.label}, {kind}")
            for kind, code in (("pre", pre), ("post", post))
        ]
        sides = sides_of(equations, codes[0], codes[1], self.label)
        self.pre_group, self.post_group = (
            TraceGroup(len(end), side.equations, clock=end.clock)
            for end, side in zip((self.C.source, self.C.target), sides)
        )
        seen = {**magic.names_seen_by_caller(), **equations.values, **names}
        self._run = SpikeTimingRun(self, sides, self._codes(sides, seen))
        self._given_delays = (delay_pre, delay_post)
        self.delays()
        for group in self.trace_groups:
            group.attach_object(self.C)
        self.C.attach_rule(self)
        self._made = True

    def _codes(self, sides: tuple[Side, Side], seen: Mapping[str, Any]) -> CodeNames:
        variables = {"w": self.C.target.dimension(self.C.state)}
        for side, group in zip(sides, self.trace_groups):
            variables |= {name: group.dimension(name) for name in side.traces}
        return CodeNames(seen, variables, self.label)

    def _checked_bounds(self, *bounds: Any) -> tuple[float, float]:
        """Return wmin and wmax as SI values."""
        dimension = self.C.target.dimension(self.C.state)
        values = []
        for bound, name in zip(bounds, ("wmin", "wmax")):
            if np.ndim(si_value(bound)) == 0 and abs(si_value(bound)) == _INFINITE:
                values.append(float(si_value(bound)))
            else:
                where = f"{self.label}, {name}"
                values.append(float(checked_values(bound, dimension, (), where)))
        low, high = values
        if low > high:
            raise RangeError(
                f"wmin is {si_quantity(low, dimension)} and wmax is "
                f"{si_quantity(high, dimension)}.",
                where=self.label,
                mend="wmin must be below wmax.",
            )
        return low, high

    @property
    def trace_groups(self) -> tuple[NeuronGroup, NeuronGroup]:
        """The traces of the source and of the target neurons."""
        return self.pre_group, self.post_group

    def delays(self) -> tuple[float, float] | None:
        """Seconds from a spike to the execution of pre and of post.

        Returns
        -------
        tuple of float, or None
            None if each synapse has a delay of its own.

        Raises
        ------
        ArgumentError, RangeError
            The delays that were given do not fit the connection.
        """
        given = [
            None if delay is None else seconds(delay, f"{self.label}, {name}")
            for delay, name in zip(self._given_delays, ("delay_pre", "delay_post"))
        ]
        if isinstance(self.C.delay, Delays):
            if given != [None, None]:
                raise ArgumentError(
                    "The connection has a delay for each synapse, so delay_pre and delay_post do "
                    "not apply.",
                    where=self.label,
                    mend="Leave them out, or give the connection one delay.",
                )
            return None
        pre, post = given
        whole = float(self.C.delay)
        if pre is None:
            if post is None:
                return whole, 0.0
            return self._rest(whole, post, "delay_post"), post
        if post is None:
            return pre, self._rest(whole, pre, "delay_pre")
        return pre, post

    def _rest(self, whole: float, given: float, name: str) -> float:
        if given > whole * (1 + 1e-12):
            raise RangeError(
                f"{name} is {given * 1e3:g} ms, longer than the delay of the connection "
                f"({whole * 1e3:g} ms), so that the other one would be negative.",
                where=self.label,
                mend="Give both, delay_pre=… and delay_post=….",
            )
        return max(whole - given, 0.0)

    def groups(self, observed: bool) -> Sequence[NeuronGroup]:
        """Return the groups of traces that a run must integrate in every step."""
        return self._run.groups(observed)

    def prepare(self, dt: float, step: Steps, groups: Prepared) -> list[Any]:
        """Return what the step loop does for the rule from this step on."""
        return self._run.prepare(dt, step, groups)

    def finish(self, end: Steps) -> None:
        """Take over what the steps before `end` have made of the traces."""
        self._run.finish(end)

    def forget(self) -> None:
        """Drop the spikes that are on their way: the clock was put back."""
        self._run.forget()

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_") and self._made:
            for group in self.trace_groups:
                if name.removesuffix("_") in group.model.states:
                    return getattr(group, name)
        return super().__getattr__(name)

    def __setattr__(self, name: str, value: Any) -> None:
        if self._made and not name.startswith("_"):
            for group in self.trace_groups:
                if name in group.model.states:
                    setattr(group, name, self._trace_value(group, name, value))
                    return
        super().__setattr__(name, value)

    def _trace_value(self, group: NeuronGroup, name: str, value: Any) -> Any:
        """Return a value for a trace; a plain number is in SI units, as all traces of Brian 1."""
        if isinstance(value, Quantity):
            return value
        return si_quantity(np.asarray(value, dtype=float), group.dimension(name))


class ExponentialSTDP(STDP):
    """Spike-timing-dependent plasticity with exponential windows.

    A pair of a source spike and a target spike a time T later changes the weight by
    wmax Ap exp(-T/taup); a target spike a time T before a source spike changes it by
    wmax Am exp(-T/taum).

    Parameters
    ----------
    C : Connection
    taup, taum : quantity
        Time constants of the windows.
    Ap, Am : float
        Their heights, as shares of `wmax` (but see `update`); Am is usually negative.
    interactions : {'all', 'nearest', 'nearest_pre', 'nearest_post'}
        Whether all pairs of spikes count. ``'nearest'``: only the latest spike of the other side
        counts. ``'nearest_post'``: only the latest target spike counts, but all source spikes do.
        ``'nearest_pre'`` does the same as ``'nearest'``, as it does in Brian 1.
    wmin, wmax : quantity
        Bounds of the weights; `wmin` is 0 by default.
    update : {'additive', 'multiplicative', 'mixed'}
        ``'additive'``: the changes do not depend on the weight. ``'multiplicative'``: a negative
        change is multiplied by the weight, a positive one by wmax - w. ``'mixed'``: only the
        negative change is multiplied by the weight.
    delay_pre, delay_post : quantity, optional
        As for `STDP`.

    Raises
    ------
    ArgumentError
        An option does not exist, `wmax` is missing, or both changes have the same sign where
        `update` is ``'mixed'``.
    UnitsError, RangeError
        A value is not possible.

    Notes
    -----
    The rule is that of Song, Miller and Abbott, Nat Neurosci 3 (2000), 919. The traces are A_pre
    and A_post.

    Examples
    --------
    >>> from neurolab import *
    >>> inputs = SpikeGeneratorGroup(1, [(0, 1*ms)])
    >>> neurons = NeuronGroup(1, 'dV/dt = 10*mV/ms : volt', threshold=29.5*mV, reset=0*mV)
    >>> C = Connection(inputs, neurons, 'V', weight=1*mV)
    >>> rule = ExponentialSTDP(C, taup=10*ms, taum=10*ms, Ap=0.05, Am=-0.05, wmax=2*mV)
    >>> Network(inputs, neurons, C, rule).run(4*ms)
    >>> print(round(float(C[0, 0]/mV), 3))  # 1 + 0.05*2*exp(-0.18)
    1.084
    """

    @checked_call(tuning=_TUNING, lacking=_LACKING)
    def __init__(
        self,
        C: Connection,
        taup: Quantity,
        taum: Quantity,
        Ap: float,
        Am: float,
        interactions: str = "all",
        wmin: Quantity | float = 0,
        wmax: Quantity | float | None = None,
        update: str = "additive",
        delay_pre: Quantity | None = None,
        delay_post: Quantity | None = None,
    ) -> None:
        Rule.__init__(self, C)
        if wmax is None:
            raise ArgumentError(
                "wmax is missing.",
                where=self.label,
                mend="Give the largest weight, such as wmax=2*mV.",
            )
        up, down = (
            float(checked_values(value, DIMENSIONLESS, (), f"{self.label}, {name}"))
            for value, name in ((Ap, "Ap"), (Am, "Am"))
        )
        code = exponential_code(up, down, interactions, update, self.label)
        self._checked_bounds(wmin, wmax)
        weight = C.target.dimension(C.state)
        units = {
            trace: dimension_name(weight) if scaled and weight != DIMENSIONLESS else "1"
            for trace, scaled in code.scaled.items()
        }
        names = {
            "taup": self._time_constant(taup, "taup"),
            "taum": self._time_constant(taum, "taum"),
            "Ap": up * wmax if code.scaled["A_pre"] else up,
            "Am": down * wmax if code.scaled["A_post"] else down,
            "wmax": wmax,
        }
        equations = Equations(
            f"dA_pre/dt = -A_pre/taup : {units['A_pre']}\n"
            f"dA_post/dt = -A_post/taum : {units['A_post']}",
            taup=names["taup"],
            taum=names["taum"],
        )
        self._build(equations, code.pre, code.post, wmin, wmax, delay_pre, delay_post, names)

    def _time_constant(self, value: Any, name: str) -> Any:
        return si_quantity(seconds(value, f"{self.label}, {name}", positive=True), SECOND)
