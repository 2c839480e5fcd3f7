"""A rule of spike-timing-dependent plasticity in a run: what the step loop does for it."""

import weakref
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from ...engine.event_code import EventCode
from ...engine.linear_integrators import decoupled
from ...engine.plastic_weights import PlasticWeights
from ...engine.spike_timing import (
    WEIGHT,
    DelayedWeightUpdate,
    NoteTraces,
    SpikeTimingUpdate,
    TraceHistory,
    TraceSide,
)
from ...engine.traces import EventDrivenTraces, IntegratedTraces
from ...errors import RangeError
from ...grid import Seconds, Steps, to_step
from ...model.linearity import linear_coefficients
from ..clock import steps_up
from ..delays import Delays
from ..neurons import NeuronGroup
from ..transmission import moved
from .code import CodeNames
from .rule import Prepared, StoredState
from .trace_equations import Side

if TYPE_CHECKING:
    from .spike_timing import STDP

End: TypeAlias = tuple[Any, int, int]
"""A population or source, its first neuron that counts, and how many there are."""


class SpikeTimingRun:
    """Builds the updates of a rule, and keeps what is on its way from one run to the next.

    Parameters
    ----------
    rule : STDP
    sides : (Side, Side)
        Source and target.
    names : CodeNames
    """

    def __init__(self, rule: "STDP", sides: tuple[Side, Side], names: CodeNames) -> None:
        self._rule = weakref.proxy(rule)
        self._sides = sides
        self._codes = [names.code(side.statements, side.kind) for side in sides]
        self._parts = [
            tuple(
                EventCode(
                    [one for one in side.statements if (one.variable == WEIGHT) == weighty],
                    code.constants,
                )
                for weighty in (False, True)
            )
            for side, code in zip(sides, self._codes)
        ]
        self._updates: list[Any] = []
        self._traces: list[EventDrivenTraces] = []
        self._built_for: tuple[object, ...] = ()
        self._end: Steps | None = None
        self._dt: Seconds = 0.0

    def groups(self, observed: bool) -> Sequence[NeuronGroup]:
        """Return the groups of traces that a run must integrate in every step."""
        rule = self._rule
        if observed or isinstance(rule.C.delay, Delays):
            return rule.trace_groups
        return [group for group in rule.trace_groups if _coefficients(group) is None]

    def prepare(self, dt: Seconds, step: Steps, groups: Prepared) -> list[Any]:
        """Return the updates for the steps from this one on."""
        rule = self._rule
        connection = rule.C
        source, target = groups[connection.source.whole], groups[connection.target.whole]
        if self._end is not None and (self._end, self._dt) != (step, dt):
            for update in self._updates:
                if hasattr(update, "under_way"):
                    update.under_way = moved(update.under_way, self._end, self._dt, step, dt)
        delays = rule.delays()
        weights = connection.plastic_weights()
        holders = tuple(groups.get(group) for group in rule.trace_groups)
        steps = delays and tuple(
            steps_up(delay, dt, f"the delay of {kind} of {rule.label}", rule)
            for kind, delay in zip(("pre", "post"), delays)
        )
        built_for = (dt, source, target, weights, holders, steps)
        if steps is None or built_for != self._built_for:
            before = self._updates
            self._build(built_for, step)
            for old, new in zip(before, self._updates):
                if hasattr(old, "under_way"):
                    new.under_way = old.under_way
        for traces in self._traces:
            traces.last[:] = step - 1
        self._built_for, self._end, self._dt = built_for, step, dt
        return self._updates

    def _build(self, built_for: tuple[Any, ...], step: Steps) -> None:
        dt, source, target, weights, holders, steps = built_for
        connection = self._rule.C
        self._traces = []
        own = [
            TraceSide(group.model.states, self._bound(group, holder, dt))
            for group, holder in zip(self._rule.trace_groups, holders)
        ]
        ends: list[End] = [
            (group, span[0], span[1] - span[0])
            for group, span in (
                (source, connection.source.span),
                (target, connection.target.span),
            )
        ]
        bounds = self._rule.bounds
        if steps is None:
            self._updates = self._delayed_updates(ends, own, weights, dt, step)
            return
        partners = weights.by_source, weights.by_target
        self._updates = [
            SpikeTimingUpdate(
                *ends[side], delay, own[side], own[1 - side], code, weights, synapses, bounds, dt
            )
            for side, (delay, code, synapses) in enumerate(zip(steps, self._codes, partners))
        ]

    def _bound(
        self, group: NeuronGroup, holder: Any, dt: Seconds
    ) -> IntegratedTraces | EventDrivenTraces:
        """Return the traces of one side as a run computes them."""
        if holder is not None:
            return IntegratedTraces(holder)
        coefficients = _coefficients(group)
        assert coefficients is not None
        rates, constants = coefficients
        last = np.zeros(len(group))
        traces = EventDrivenTraces(StoredState(group), rates, constants, dt, last)
        self._traces.append(traces)
        return traces

    def _delayed_updates(
        self,
        ends: list[End],
        own: list[TraceSide],
        weights: PlasticWeights,
        dt: Seconds,
        step: Steps,
    ) -> list[Any]:
        """Return the updates where each synapse has a delay of its own."""
        connection = self._rule.C
        bounds = self._rule.bounds
        steps = connection.paths.steps_of_synapses(dt)
        longest = max(to_step(connection.longest_delay, dt), int(steps.max(initial=0)))
        before = self._histories(dt)
        histories = [TraceHistory(side, step, longest + 3, kept) for side, kept in zip(own, before)]
        (traces_pre, weights_pre), _ = self._parts
        pre, post = own
        at_spike = SpikeTimingUpdate(*ends[0], 0, pre, post, traces_pre, weights, {}, bounds, dt)
        of_targets = DelayedWeightUpdate(
            *ends[1], 0, post, pre, self._codes[1], weights, weights.by_target, bounds, dt
        )
        of_targets.look_back(histories[0], steps + 1)
        late, sources = longest + 1, weights.by_source
        of_sources = DelayedWeightUpdate(
            *ends[0], late, pre, post, weights_pre, weights, sources, bounds, dt
        )
        of_sources.look_back(histories[1], longest + 2 - steps)
        return [at_spike, of_targets, of_sources, NoteTraces(histories)]

    def _histories(self, dt: Seconds) -> list[Any]:
        """Return what the histories of the last updates have kept, if it is of use."""
        for update in self._updates:
            if isinstance(update, NoteTraces) and self._dt == dt:
                return [history.kept for history in update.histories]
        return [(), ()]

    def finish(self, end: Steps) -> None:
        """Bring traces that are computed at events to the end of the step before `end`."""
        self._end = end
        for traces in self._traces:
            traces.finish(end)

    def forget(self) -> None:
        """Drop the spikes that are on their way."""
        self._end = None
        self._updates = []
        self._built_for = ()


def _coefficients(group: NeuronGroup) -> tuple[list[Any], list[Any]] | None:
    """Return a and b of dx/dt = a x + b for each trace; None if the equations have another form."""
    coefficients = linear_coefficients(group.model, group.constants())
    if coefficients is None:
        return None
    apart = decoupled(group.model.states, coefficients)
    if apart is not None and not all(np.isfinite(value).all() for part in apart for value in part):
        raise RangeError(
            "A time constant is 0.",
            where=f"{group.label}, traces",
            mend="It must be more than 0 ms.",
        )
    return apart
