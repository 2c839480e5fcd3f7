"""Synapses in a run: what the step loop does for them, and what is under way from run to run."""

import weakref
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ...array_types import IntArray
from ...engine.integrators import integrator
from ...engine.synapse_block import ContinuousEquations, Lump, Pathway, SynapseBlock
from ...engine.synaptic_code import Surroundings
from ...grid import Seconds, Steps, to_steps
from .. import magic
from ..clock import steps_up
from .model import SynapticModel

if TYPE_CHECKING:
    from .storage import StoredSynapses


class SynapsesRun:
    """Builds the block of some synapses, and keeps events that are on their way.

    Parameters
    ----------
    synapses : StoredSynapses
    """

    def __init__(self, synapses: "StoredSynapses") -> None:
        self._synapses = weakref.proxy(synapses)
        self._version = 0
        self._seen = -1
        self._built_for: tuple[object, ...] = ()
        self._block: SynapseBlock | None = None
        self._calendars: list[dict[Steps, list[IntArray]]] = []
        self._end: Steps | None = None
        self._dt: Seconds = 0.0

    def changes(self) -> None:
        """Note that what was prepared is out of date."""
        self._version += 1

    @property
    def changed(self) -> bool:
        """Whether synapses or delays have changed since they were prepared."""
        return self._seen != self._version

    def prepare(self, dt: Seconds, step: Steps, groups: Mapping[Any, Any]) -> list[Any]:
        """Return the block for the steps from this one on."""
        synapses = self._synapses
        source, target = groups[synapses.source.whole], groups[synapses.target.whole]
        if self._end is not None and (self._end, self._dt) != (step, dt):
            shift = step - self._end
            ratio = self._dt / dt
            for calendar in self._calendars:
                due = sorted(calendar.items())
                calendar.clear()
                for arrival, events in due:
                    steps = int(to_steps((arrival - self._end) * ratio, 1.0))
                    calendar.setdefault(self._end + shift + steps, []).extend(events)
        built_for = (dt, source, target, self._version)
        if self._built_for != built_for:
            self._build(dt, source, target)
        assert self._block is not None
        self._block.is_watched = synapses.is_watched()
        self._built_for, self._seen = built_for, self._version
        self._end, self._dt = step, dt
        return [self._block]

    def _build(self, dt: Seconds, source: Any, target: Any) -> None:
        synapses = self._synapses
        model: SynapticModel = synapses.synaptic_model
        sources = synapses.presynaptic + synapses.source.span[0]
        targets = synapses.postsynaptic + synapses.target.span[0]
        around = Surroundings(source, target, sources, targets, magic.generator)
        last = len(model.codes) - 1
        pathways = [
            Pathway(
                target if number == last else source,
                targets if number == last else sources,
                self._steps(number, dt),
                code,
            )
            for number, code in enumerate(model.codes)
        ]
        before = self._calendars or [{} for _ in pathways]
        for pathway, calendar in zip(pathways, before):
            pathway.calendar = calendar
        self._calendars = before
        values = synapses.values
        self._block = SynapseBlock(
            model.stored,
            values,
            dt,
            around,
            pathways,
            model.event_driven,
            model.constants,
            self._continuous(model, dt, values),
            model.static_formulas(),
            model.neurons,
            synapses.label,
        )

    def _steps(self, pathway: int, dt: Seconds) -> IntArray:
        """Return the delays of a pathway in steps."""
        synapses = self._synapses
        delays = synapses.delays_of(pathway)
        for delay in synapses.told_delays:
            steps_up(delay, dt, f"a delay of {synapses.label}", self)
        return to_steps(delays, dt)

    def _continuous(
        self, model: SynapticModel, dt: Seconds, values: Any
    ) -> ContinuousEquations | None:
        if model.continuous is None or not values.shape[1]:
            return None
        size = values.shape[1]
        constants: dict[str, Any] = dict(model.constants)
        for name in model.changing:
            row = model.rows.get(name)
            constants[name] = np.zeros(size) if row is None else values[row].copy()
        stepper = integrator(model.continuous, constants, dt, size, model.method, magic.generator)
        changing = () if model.is_steady else tuple(model.changing)
        return ContinuousEquations(stepper, len(model.continuous.states), constants, changing)

    def lumps(self, groups: Mapping[Any, Any]) -> list[Lump]:
        """Return what sets sums over synapses after each step."""
        synapses = self._synapses
        assert self._block is not None
        target = groups[synapses.target.whole]
        targets = synapses.postsynaptic + synapses.target.span[0]
        return [
            Lump(
                self._block,
                name,
                target,
                target.model.states.index(variable),
                targets,
                slice(*span),
                self._dt,
            )
            for variable, (name, span) in synapses.sums.items()
        ]

    @property
    def block(self) -> SynapseBlock:
        """The synapses as the step loop sees them."""
        assert self._block is not None
        return self._block

    def finish(self, end: Steps) -> None:
        """Note where the run has ended."""
        self._end = end

    def forget(self) -> None:
        """Begin anew: nothing is on its way, and no synapse has had an event."""
        self._calendars = []
        self._end = None
        self._built_for = ()
        self._synapses.clear_last_updates()
