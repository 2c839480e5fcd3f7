"""The ways of a connection's spikes through a run, and what is under way on them from one run to the next."""

import weakref
from collections import deque

import numpy as np

from ..engine.plastic_projection import Factors, PlasticProjection, SentProjection
from ..engine.projection import ModulatedProjection, Projection, SparseRows, values_of
from ..engine.sources import Schedule, SpikeSource
from ..grid import to_steps
from .clock import steps_up
from .delays import Delays

_NOBODY = SpikeSource(Schedule(np.empty(0, dtype=int), np.empty(0, dtype=int)), 0)


class Paths:
    """Projections of a connection, one for each length of delay.

    Parameters
    ----------
    connection : Connection
    """

    def __init__(self, connection):
        self._connection = weakref.proxy(
            connection
        )  # no circle: a connection that nobody holds is gone at once
        self._projections, self._old = {}, []
        self._built_for = self._delays_for = None
        self._end = self._dt = None
        self._version = self._delay_version = self._seen = 0
        self._rules = ()

    def follow(self, rules):
        """Take part in a run with these rules, which are rules of this connection."""
        if rules != self._rules:
            self._rules = rules
            self.delays_changed()  # spikes that are under way stay on their way

    def weights_changed(self):
        """Note that what was prepared is out of date."""
        self._version += 1

    def delays_changed(self):
        """Note that also the ways are others now."""
        self._version, self._delay_version = self._version + 1, self._delay_version + 1

    @property
    def changed(self):
        """Whether a weight or a delay has changed since the last step."""
        return self._seen != self._version

    def prepare(self, dt, step, groups):
        """The projections that the step loop uses from this step on.

        Parameters
        ----------
        dt : float
        step : int
        groups : mapping
            Group → its population or source.
        """
        source, target = (
            groups[self._connection.source.whole],
            groups[self._connection.target.whole],
        )
        if self._end is not None and (self._end, self._dt) != (step, dt):
            for projection in (*self._projections.values(), *self._old):
                projection.under_way = moved(projection.under_way, self._end, self._dt, step, dt)
        built_for = dt, source, target, self._version
        if self._built_for != built_for:
            self._build(dt, source, target)
        self._built_for, self._seen, self._end, self._dt = built_for, self._version, step, dt
        return [*self._projections.values(), *self._old]

    def _build(self, dt, source, target):
        before = self._projections
        made = self._made_for_rules if self._rules else self._made
        self._projections = made(dt, source, target)
        if self._delays_for == (
            dt,
            self._delay_version,
        ):  # what is under way meets the weights of its arrival
            for delay in self._projections.keys() & before.keys():
                self._projections[delay].under_way = before[delay].under_way
        else:  # it arrives when it was to arrive, by the way on which it is
            for projection in before.values():
                projection.source = _NOBODY
            self._old += before.values()
        self._delays_for = dt, self._delay_version

    def _made(self, dt, source, target):
        """Projections with fixed weights, by their delay."""
        connection = self._connection
        row = target.model.states.index(connection.state)
        kind, more = Projection, ()
        if connection.modulation:
            kind, more = (
                ModulatedProjection,
                (connection.modulation, isinstance(connection.delay, Delays)),
            )
        return {
            delay: kind(source, target, row, rows, delay, *more)
            for delay, rows in self._by_delay(dt)
        }

    def _made_for_rules(self, dt, source, target):
        """Projections with weights that rules change, by their delay."""
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

    def _factors(self, source) -> Factors | None:
        """By what weights are multiplied: the modulation, or a rule of short-term plasticity."""
        for rule in self._rules:
            if rule.factors is not None:
                return rule.factors
        name = self._connection.modulation
        if not name:
            return None
        first = self._connection.source.span[0]
        return lambda neurons, now: values_of(source, name)[neurons + first]

    def _steps_of_delay(self, dt):
        connection = self._connection
        return steps_up(float(connection.delay), dt, f"the delay of {connection.label}", self)

    def steps_of_synapses(self, dt):
        """Delay of each synapse of `plastic_weights`, in steps."""
        connection = self._connection
        weights = connection.plastic_weights()
        for delay in connection.delay.told:
            steps_up(delay, dt, f"a delay of {connection.label}", self)
        return to_steps(connection.delay.of(weights.sources, weights.targets), dt)

    def _by_delay(self, dt):
        connection = self._connection
        rows, (first, _), (start, _) = (
            connection.rows,
            connection.source.span,
            connection.target.span,
        )
        if not isinstance(connection.delay, Delays):
            return [
                (
                    self._steps_of_delay(dt),
                    SparseRows(
                        rows.starts,
                        rows.targets + start if start else rows.targets,
                        rows.weights.copy() if rows.changing else rows.weights,
                        first,
                    ),
                )
            ]
        sources = np.repeat(np.arange(connection.shape[0]), np.diff(rows.starts))
        steps = to_steps(connection.delay.of(sources, rows.targets), dt)
        for delay in connection.delay.told:
            steps_up(delay, dt, f"a delay of {connection.label}", self)
        found = []
        for delay in np.unique(steps):
            own = steps == delay
            part = SparseRows.from_entries(
                sources[own], rows.targets[own] + start, rows.weights[own], connection.shape[0]
            )
            part.first = first
            found.append((int(delay), part))
        return found

    def finish(self, end):
        """A run is over: all steps before `end` are done."""
        self._end = end
        self._old = [projection for projection in self._old if projection.under_way]

    def forget(self):
        """Nothing is under way any more."""
        self._old = []
        for projection in self._projections.values():
            projection.under_way.clear()


def moved(under_way, end, old_dt, step, dt):
    """Return what is on its way, where time goes on from another step, or in other steps.

    Parameters
    ----------
    under_way : deque of (int, ndarray)
        Step of arrival, and what arrives.
    end, step : int
        The step at which time stopped, and the one from which it goes on.
    old_dt, dt : float
    """
    shifted = {}
    for arrival, spikes in under_way:
        arrival = step + int(to_steps((arrival - end) * old_dt, dt))
        shifted[arrival] = (
            np.concatenate([shifted[arrival], spikes], axis=-1) if arrival in shifted else spikes
        )
    return deque(shifted.items())
