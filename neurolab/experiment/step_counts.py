"""Times of an experiment in time steps."""

from collections.abc import Sequence

import numpy as np

from ..array_types import FloatArray, IntArray
from ..grid import Ms, Steps, to_step, to_steps
from .experiment import Experiment


def steps_of(time: Ms, experiment: Experiment) -> Steps:
    """Convert a delay or a refractory period to time steps, rounded up.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> steps_of(0.25, TUTORIAL)
    3
    """
    return to_step(time, experiment.dt)


def spike_steps(times: Sequence[Ms] | FloatArray, dt: Ms) -> IntArray:
    """Return the time steps in which spikes at these times fire, rounded up."""
    return to_steps(np.asarray(times, dtype=float), dt)


def sharing_a_step(times: Sequence[Ms], dt: Ms) -> list[list[Ms]]:
    """Return the spike times that fall into one time step, in which a neuron fires only once.

    Parameters
    ----------
    times : sequence of float
    dt : float
        Time step.

    Returns
    -------
    list of list of float
        For each such step the different times in it, in order.

    Examples
    --------
    >>> sharing_a_step([1.0, 1.05, 1.08, 4.0], dt=0.1)
    [[1.05, 1.08]]
    """
    different = np.unique(np.asarray(times, dtype=float))
    steps = spike_steps(different, dt)
    parts = np.split(different, np.flatnonzero(np.diff(steps)) + 1)
    return [shared.tolist() for shared in parts if len(shared) > 1]
