"""Which spikes of a run arrive where and when, and what the step loop does with those who fire."""

from functools import lru_cache

import numpy as np

from ..engine.recorders import spike_arrays
from ..experiment.step_counts import steps_of
from ..experiment.validate import model_of


class Rules:
    """What the step loop does with the neurons of a group: those of a model, held for so many steps after they fired."""

    def __init__(self, model, hold):
        self.states, self.hold = model.states, hold
        self.held_state = "" if model.held_row is None else model.states[model.held_row]
        self.reset = {}  # variable → its statements
        for item in model.reset:
            self.reset.setdefault(item.variable, []).append(item)
        self.overwritten = {
            name
            for name, items in self.reset.items()
            if any(not item.adds and name not in item.expression.names for item in items)
        }

    def is_addition(self, state):
        """Whether a reset only adds to a variable."""
        return all(item.adds for item in self.reset[state])


_rules = lru_cache(maxsize=128)(Rules)


class Plan:
    """Which spikes there were, when they arrive, and when refractory times end."""

    def __init__(self, result):
        experiment, self.result, self.end = result.experiment, result, len(result.times)
        self.rules = {
            group.name: _rules(
                model_of(experiment, group)[0], steps_of(group.refractory, experiment)
            )
            for group in experiment.neurons
        }
        self.firings, self.arrivals, self.releases = {}, {}, {}
        self.delays = {c.name: steps_of(c.delay, experiment) for c in experiment.connections}
        # A source whose spikes arrive somewhere in their own step is named there.
        self.at_once = {c.source for c in experiment.connections if not self.delays[c.name]}
        for group, firings in result.firings.items():
            hold, by_step = self.rules[group].hold if group in self.rules else 0, dict(firings)
            for place, (step, neurons) in enumerate(firings):
                self.firings.setdefault(step, []).append((group, neurons, place))
                if hold and step + hold + 1 < self.end:
                    # One that fires again in the last step of its refractory time is held anew.
                    free = (
                        np.setdiff1d(neurons, by_step[step + hold])
                        if step + hold in by_step
                        else neurons
                    )
                    self.releases.setdefault(step + hold + 1, []).append((group, free))
        for connection in experiment.connections:
            delay = self.delays[connection.name]
            for step, sources in result.firings[connection.source]:
                if step + delay < self.end:
                    self.arrivals.setdefault(step + delay, []).append((connection, sources, step))

    def steps(self):
        """Steps in which something happens, in order."""
        return sorted(self.firings.keys() | self.arrivals.keys() | self.releases.keys())

    def is_small(self, most):
        """Whether there are certainly no more than so many events, and all neurons they happen to were recorded."""
        experiment = self.result.experiment
        spikes = sum(
            len(neurons) for firings in self.result.firings.values() for _, neurons in firings
        )
        each = sum(group.size for group in experiment.groups) * len(self.delays) + max(
            3 + len(rules.reset) for rules in self.rules.values()
        )
        recorded = all(
            self.result.recorded[group.name].shape[2] == group.size for group in experiment.neurons
        )
        return recorded and spikes * each <= most

    def count(self):
        """How many events there are in all."""
        total = 0
        for connection in self.result.experiment.connections:
            steps, sources = spike_arrays(self.result.firings[connection.source])
            arriving = sources[steps + self.delays[connection.name] < self.end]
            widths = np.maximum(np.diff(self.result.rows[connection.name].starts), 1)
            total += int(widths[arriving].sum())
        for group, firings in self.result.firings.items():
            spikes, rules = sum(len(neurons) for _, neurons in firings), self.rules.get(group)
            if rules:
                total += spikes * (1 + len(rules.reset) + bool(rules.hold))
            elif group not in self.at_once:
                total += spikes
        return total + sum(len(neurons) for part in self.releases.values() for _, neurons in part)
