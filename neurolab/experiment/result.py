"""The result of a simulation: times, traces and spikes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from ..array_types import FloatArray, IntArray
from ..engine.projection import SparseRows
from ..engine.recorders import Firing, spike_arrays
from ..grid import Ms, time_of
from ..units import in_si
from .checked import Checked
from .experiment import Experiment


@dataclass(frozen=True, eq=False)
class Result:
    """A finished simulation; arrays are read-only, in SI units.

    Attributes
    ----------
    checked : Checked
        The experiment with its models.
    times : ndarray, shape (times,)
        Seconds.
    recorded : mapping
        Group name → array of shape (times, states, neurons).
    states : mapping
        Group name → names of its state variables.
    firings : mapping
        Group name → list of (step, neurons that fired in it).
    crossings : mapping
        Group name → for each entry of its firings, the states (states × neurons) when the threshold
        was checked; only groups with a threshold.
    rows : mapping
        Connection name → its `SparseRows`.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.experiment.simulate import simulate
    >>> result = simulate(TUTORIAL)
    >>> result.trace("target", "Va").shape
    (1, 100)
    >>> result.spikes("inputs")
    (array([0, 1, 1, 0]), array([0.001, 0.002, 0.003, 0.004]))
    """

    checked: Checked = field(repr=False)
    times: FloatArray
    recorded: Mapping[str, FloatArray] = field(repr=False)
    states: Mapping[str, tuple[str, ...]]
    firings: Mapping[str, list[Firing]] = field(repr=False)
    crossings: Mapping[str, list[FloatArray]] = field(repr=False)
    rows: Mapping[str, SparseRows] = field(repr=False)

    @property
    def experiment(self) -> Experiment:
        """What was simulated."""
        return self.checked.experiment

    def trace(self, group: str, state: str) -> FloatArray:
        """Return the values of a state variable, shape (neurons, times).

        In a large group, only the first neurons are recorded.
        """
        return self.recorded[group][:, self.states[group].index(state)].T

    def spikes(self, group: str) -> tuple[IntArray, FloatArray]:
        """Return the neurons and times (seconds) of a group's spikes, in order of time.

        Returns
        -------
        neurons : ndarray of int, shape (spikes,)
        times : ndarray, shape (spikes,)
        """
        steps, neurons = spike_arrays(self.firings[group])
        return neurons, time_of(steps, in_si(self.experiment.dt, 1e-3))

    def until(self, time: Ms) -> Self:
        """Return the same run up to and including a time.

        Inputs keep all their spikes, because these do not depend on the run.
        """
        count = int(np.searchsorted(self.times, time * 1e-3 + 1e-12, side="right"))
        firings = {
            name: [firing for firing in given if firing[0] < count]
            if name in self.recorded
            else given
            for name, given in self.firings.items()
        }
        return replace(
            self,
            times=self.times[:count],
            firings=firings,
            recorded={name: values[:count] for name, values in self.recorded.items()},
            crossings={name: seen[: len(firings[name])] for name, seen in self.crossings.items()},
        )
