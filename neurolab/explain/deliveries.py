"""Arrival times of the spikes of a run, and the rules of reset and refractoriness of each group."""

from functools import lru_cache

import numpy as np

from ..array_types import IntArray
from ..engine.recorders import spike_arrays
from ..experiment.experiment import Synapses
from ..experiment.result import Result
from ..experiment.step_counts import steps_of
from ..model.equations import Assignment
from ..model.model import Model


class Rules:
    """Rules of a group's neurons: their reset, and how many steps they are held after a spike."""

    def __init__(self, model: Model, hold: int) -> None:
        self.states = model.states
        self.hold = hold
        self.held_state = "" if model.held_row is None else model.states[model.held_row]
        self.reset: dict[str, list[Assignment]] = {}  # variable → its statements
        for item in model.reset:
            self.reset.setdefault(item.variable, []).append(item)
        self.overwritten = {
            name
            for name, items in self.reset.items()
            if any(not item.adds and name not in item.expression.names for item in items)
        }

    def is_addition(self, state: str) -> bool:
        """Return whether a reset only adds to a variable."""
        return all(item.adds for item in self.reset[state])


_rules = lru_cache(maxsize=128)(Rules)


class Plan:
    """The spikes of a run, their arrivals, and the ends of refractory periods, by time step."""

    def __init__(self, result: Result) -> None:
        experiment = result.experiment
        self.result = result
        self.end = len(result.times)
        self.rules = {
            group.name: _rules(
                result.checked.models[group.name].model, steps_of(group.refractory, experiment)
            )
            for group in experiment.neurons
        }
        self.firings: dict[int, list[tuple[str, IntArray, int]]] = {}
        self.arrivals: dict[int, list[tuple[Synapses, IntArray, int]]] = {}
        self.releases: dict[int, list[tuple[str, IntArray]]] = {}
        self.delays = {c.name: steps_of(c.delay, experiment) for c in experiment.connections}
        # These groups have a delivery, which names the source, in the step of each spike.
        self.at_once = {c.source for c in experiment.connections if not self.delays[c.name]}
        for group in result.firings:
            self._add_firings(group)
        for connection in experiment.connections:
            delay = self.delays[connection.name]
            for step, sources in result.firings[connection.source]:
                if step + delay < self.end:
                    self.arrivals.setdefault(step + delay, []).append((connection, sources, step))

    def _add_firings(self, group: str) -> None:
        """Collect the spikes of a group and the ends of their refractory periods."""
        firings = self.result.firings[group]
        hold = self.rules[group].hold if group in self.rules else 0
        by_step = dict(firings)
        for place, (step, neurons) in enumerate(firings):
            self.firings.setdefault(step, []).append((group, neurons, place))
            if not hold or step + hold + 1 >= self.end:
                continue
            free = neurons
            # A neuron that fires again in the last step of its refractory period is held again.
            if step + hold in by_step:
                free = np.setdiff1d(neurons, by_step[step + hold])
            self.releases.setdefault(step + hold + 1, []).append((group, free))

    def steps(self) -> list[int]:
        """List the steps in which something happens, in order."""
        return sorted(self.firings.keys() | self.arrivals.keys() | self.releases.keys())

    def is_small(self, most: int) -> bool:
        """Return whether there are surely at most `most` events, all in recorded neurons."""
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

    def count(self) -> int:
        """Count all events."""
        total = 0
        for connection in self.result.experiment.connections:
            steps, sources = spike_arrays(self.result.firings[connection.source])
            arriving = sources[steps + self.delays[connection.name] < self.end]
            widths = np.maximum(np.diff(self.result.rows[connection.name].starts), 1)
            total += int(widths[arriving].sum())
        for group, firings in self.result.firings.items():
            spikes = sum(len(neurons) for _, neurons in firings)
            rules = self.rules.get(group)
            if rules:
                total += spikes * (1 + len(rules.reset) + bool(rules.hold))
            elif group not in self.at_once:
                total += spikes
        return total + sum(len(neurons) for part in self.releases.values() for _, neurons in part)
