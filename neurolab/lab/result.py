"""What a simulation gives: times, traces, spikes, and what each spike added to whom."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..core.recorders import spike_arrays


class Delivery(NamedTuple):
    """One spike's effect on one neuron."""

    time: float
    """When it arrives, in seconds."""
    connection: str
    source: int
    """The neuron that fired."""
    fired: float
    """When that neuron fired, in seconds."""
    target: int
    state: str
    amount: float
    """What is added to the target's state variable, in its SI unit."""


@dataclass(frozen=True, eq=False)
class Result:
    """A finished simulation; arrays are read-only, in SI units.

    Attributes
    ----------
    experiment : Experiment
    times : ndarray, shape (times,)
        Seconds.
    recorded : dict
        Group name → array of shape (times, states, neurons).
    states : dict
        Group name → names of its state variables.
    firings : dict
        Group name → list of (step, neurons that fired in it).
    crossings : dict
        Group name → for each entry of its firings, the states (states × neurons) that the threshold saw; only groups with a
        threshold.
    rows : dict
        Connection name → its `SparseRows`.
    """

    experiment: object
    times: np.ndarray
    recorded: dict = field(repr=False)
    states: dict
    firings: dict = field(repr=False)
    crossings: dict = field(repr=False)
    rows: dict = field(repr=False)

    def trace(self, group, state):
        """Values of a state variable, shape (neurons, times); neurons beyond those recorded are left out."""
        return self.recorded[group][:, self.states[group].index(state)].T

    def spikes(self, group):
        """Neurons and times (seconds) of a group's spikes, as two parallel arrays in order of time."""
        steps, neurons = spike_arrays(self.firings[group])
        return neurons, steps * (self.experiment.dt * 1e-3)

    @cached_property
    def deliveries(self):
        """Every effect of every spike that arrived during the run, in order of time.

        Returns
        -------
        tuple of Delivery
        """
        dt = self.experiment.dt * 1e-3
        found = []
        for connection in self.experiment.connections:
            delay = round(connection.delay / self.experiment.dt)
            for step, source in zip(*(array.tolist() for array in spike_arrays(self.firings[connection.source]))):
                if step + delay >= len(self.times):
                    continue
                targets, weights = self.rows[connection.name].row(source)
                found += [Delivery((step + delay) * dt, connection.name, source, step * dt, target, connection.state,
                                   weight) for target, weight in zip(targets.tolist(), weights.tolist())]
        return tuple(sorted(found, key=lambda delivery: delivery.time))
