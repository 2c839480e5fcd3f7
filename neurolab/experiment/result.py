"""What a simulation gives: times, traces and spikes; what caused what is worked out from it by the ledger."""

from dataclasses import dataclass, field, replace

import numpy as np

from ..array_types import FloatArray, IntArray
from ..engine.projection import SparseRows
from ..engine.recorders import spike_arrays
from ..grid import time_of
from ..units import in_si
from .experiment import Experiment


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

    experiment: Experiment
    times: FloatArray
    recorded: dict[str, FloatArray] = field(repr=False)
    states: dict[str, tuple[str, ...]]
    firings: dict[str, list[tuple[int, IntArray]]] = field(repr=False)
    crossings: dict[str, list[FloatArray]] = field(repr=False)
    rows: dict[str, SparseRows] = field(repr=False)

    def trace(self, group, state):
        """Values of a state variable, shape (neurons, times); neurons beyond those recorded are left out."""
        return self.recorded[group][:, self.states[group].index(state)].T

    def spikes(self, group):
        """Neurons and times (seconds) of a group's spikes, as two parallel arrays in order of time."""
        steps, neurons = spike_arrays(self.firings[group])
        return neurons, time_of(steps, in_si(self.experiment.dt, 1e-3))

    def until(self, time):
        """The same run up to a time (ms), that included; of sources, which fire whatever comes, all spikes stay."""
        count = int(np.searchsorted(self.times, time * 1e-3 + 1e-12, side="right"))
        firings = {
            name: [(step, neurons) for step, neurons in found if step < count]
            if name in self.recorded
            else found
            for name, found in self.firings.items()
        }
        return replace(
            self,
            times=self.times[:count],
            firings=firings,
            recorded={name: values[:count] for name, values in self.recorded.items()},
            crossings={name: found[: len(firings[name])] for name, found in self.crossings.items()},
        )
