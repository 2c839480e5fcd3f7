"""Transmission of a connection's spikes, which can be on their way from one run to the next."""

import weakref
from collections import deque
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from ..array_types import IntArray
from ..engine.plastic_projection import Factors, PlasticProjection, SentProjection
from ..engine.projection import ModulatedProjection, Projection, SparseRows, values_of
from ..engine.sources import Schedule, SpikeSource
from ..grid import Seconds, Steps, to_steps
from .clock import steps_up
from .delays import Delays

if TYPE_CHECKING:
    from .plasticity.rule import Rule

_UnderWay: TypeAlias = deque[tuple[Steps, Any]]
"""The step of arrival, and what arrives."""
_NOBODY = SpikeSource(Schedule(np.empty(0, dtype=int), np.empty(0, dtype=int)), 0)


class Paths:
    """Projections of a connection, one for each length of delay.

    Parameters
    ----------
    connection : Connection
    """

    def __init__(self, connection: Any) -> None:
        # The connection holds its paths, so a strong reference back would be a cycle, and a
        # connection that a program has dropped would stay until the next garbage collection.
        self._connection: Any = weakref.proxy(connection)
        self._projections: dict[Steps, Any] = {}
        self._old: list[Any] = []
        self._built_for: tuple[Seconds, Any, Any, int] | None = None
        self._delays_for: tuple[Seconds, int] | None = None
        self._end: Steps | None = None
        self._dt: Seconds = 0.0
        self._version = 0
        self._delay_version = 0
        self._seen = 0
        self._rules: tuple[Rule, ...] = ()

    def follow(self, rules: "tuple[Rule, ...]") -> None:
        """Take part in a run with these rules of the connection."""
        if rules != self._rules:
            self._rules = rules
            self.delays_changed()  # spikes that are under way stay on their way

    def weights_changed(self) -> None:
        """Note that the prepared projections are out of date."""
        self._version += 1

    def delays_changed(self) -> None:
        """Note that the delays are others, too."""
        self._version += 1
        self._delay_version += 1

    @property
    def changed(self) -> bool:
        """Whether a weight or a delay has changed since the last step."""
        return self._seen != self._version

    def prepare(self, dt: Seconds, step: Steps, groups: Mapping[Any, Any]) -> list[Any]:
        """Return the projections that the step loop uses from this step on.

        Parameters
        ----------
        dt : float
        step : int
        groups : mapping
            Group → its population or source.
        """
        source = groups[self._connection.source.whole]
        target = groups[self._connection.target.whole]
        if self._end is not None and (self._end, self._dt) != (step, dt):
            for projection in (*self._projections.values(), *self._old):
                projection.under_way = moved(projection.under_way, self._end, self._dt, step, dt)
        built_for = dt, source, target, self._version
        if self._built_for != built_for:
            self._build(dt, source, target)
        self._built_for = built_for
        self._seen = self._version
        self._end = step
        self._dt = dt
        return [*self._projections.values(), *self._old]

    def _build(self, dt: Seconds, source: Any, target: Any) -> None:
        before = self._projections
        made = self._made_for_rules if self._rules else self._made
        self._projections = made(dt, source, target)
        if self._delays_for == (dt, self._delay_version):
            # Spikes that are on their way meet the weights of their arrival.
            for delay in self._projections.keys() & before.keys():
                self._projections[delay].under_way = before[delay].under_way
        else:
            # They arrive with the delay and the weights with which they were sent.
            for projection in before.values():
                projection.source = _NOBODY
            self._old += before.values()
        self._delays_for = dt, self._delay_version

    def _made(self, dt: Seconds, source: Any, target: Any) -> dict[Steps, Any]:
        """Return projections with fixed weights, by their delay."""
        connection = self._connection
        row = target.model.states.index(connection.state)
        modulation = connection.modulation
        if not modulation:
            return {
                delay: Projection(source, target, row, rows, delay)
                for delay, rows in self._by_delay(dt)
            }
        at_spike = isinstance(connection.delay, Delays)
        return {
            delay: ModulatedProjection(source, target, row, rows, delay, modulation, at_spike)
            for delay, rows in self._by_delay(dt)
        }

    def _made_for_rules(self, dt: Seconds, source: Any, target: Any) -> dict[Steps, Any]:
        """Return projections with weights that rules change, by their delay."""
        connection = self._connection
        weights = connection.plastic_weights()
        first, last = connection.source.span
        bounds = [bound for rule in self._rules for bound in rule.bounds if np.isfinite(bound)]
        arguments = (
            target,
            target.model.states.index(connection.state),
            connection.target.span[0],
            weights,
            float(np.abs([*weights.values, *bounds, 0.0]).max()),
            self._factors(source),
        )
        if not isinstance(connection.delay, Delays):
            delay = self._steps_of_delay(dt)
            return {delay: PlasticProjection(source, first, last - first, delay, *arguments)}
        steps = self.steps_of_synapses(dt)
        return {
            int(delay): SentProjection(
                source, first, last - first, int(delay), *arguments, chosen=steps == delay
            )
            for delay in np.unique(steps)
        }

    def _factors(self, source: Any) -> Factors | None:
        """Return the factors of weights: the modulation, or a rule of short-term plasticity."""
        for rule in self._rules:
            if rule.factors is not None:
                return rule.factors
        name = self._connection.modulation
        if not name:
            return None
        first = self._connection.source.span[0]
        return lambda neurons, now: values_of(source, name)[neurons + first]

    def _steps_of_delay(self, dt: Seconds) -> Steps:
        connection = self._connection
        return steps_up(float(connection.delay), dt, f"the delay of {connection.label}", self)

    def steps_of_synapses(self, dt: Seconds) -> IntArray:
        """Return the delay of each synapse of `plastic_weights`, in steps."""
        connection = self._connection
        weights = connection.plastic_weights()
        for delay in connection.delay.told:
            steps_up(delay, dt, f"a delay of {connection.label}", self)
        return to_steps(connection.delay.of(weights.sources, weights.targets), dt)

    def _by_delay(self, dt: Seconds) -> list[tuple[Steps, SparseRows]]:
        """Return delays with the weights of the synapses that have each."""
        connection = self._connection
        rows = connection.rows
        first = connection.source.span[0]
        start = connection.target.span[0]
        if not isinstance(connection.delay, Delays):
            targets = rows.targets + start if start else rows.targets
            weights = rows.weights.copy() if rows.changing else rows.weights
            whole = SparseRows(rows.starts, targets, weights, first)
            return [(self._steps_of_delay(dt), whole)]
        sources = np.repeat(np.arange(connection.shape[0]), np.diff(rows.starts))
        steps = to_steps(connection.delay.of(sources, rows.targets), dt)
        for delay in connection.delay.told:
            steps_up(delay, dt, f"a delay of {connection.label}", self)
        parts = []
        for delay in np.unique(steps):
            own = steps == delay
            part = SparseRows.from_entries(
                sources[own], rows.targets[own] + start, rows.weights[own], connection.shape[0]
            )
            part.first = first
            parts.append((int(delay), part))
        return parts

    def finish(self, end: Steps) -> None:
        """End a run: all steps before `end` are done."""
        self._end = end
        self._old = [projection for projection in self._old if projection.under_way]

    def forget(self) -> None:
        """Drop the spikes that are on their way."""
        self._old = []
        for projection in self._projections.values():
            projection.under_way.clear()


def moved(
    under_way: Iterable[tuple[Steps, Any]], end: Steps, old_dt: Seconds, step: Steps, dt: Seconds
) -> _UnderWay:
    """Return what is on its way, where time goes on from another step, or in other steps.

    Parameters
    ----------
    under_way : deque of (int, ndarray)
        Step of arrival, and what arrives.
    end, step : int
        The step at which time stopped, and the one from which it goes on.
    old_dt, dt : float
    """
    shifted: dict[Steps, Any] = {}
    for arrival, spikes in under_way:
        arrival = step + int(to_steps((arrival - end) * old_dt, dt))
        shifted[arrival] = (
            np.concatenate([shifted[arrival], spikes], axis=-1) if arrival in shifted else spikes
        )
    return deque(shifted.items())
