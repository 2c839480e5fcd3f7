"""Delays and refractory times of an experiment in time steps."""

from collections.abc import Sequence

import numpy as np

from ..grid import to_step, to_steps


def steps_of(time, experiment):
    """The time steps of a delay or a refractory period: rounded up, as all times are.

    Parameters
    ----------
    time : float
        In ms.
    experiment : Experiment

    Returns
    -------
    int
    """
    return to_step(time, experiment.dt)


def spike_steps(times: Sequence[float], dt: float) -> np.ndarray:
    """The time steps in which spikes at these times fire, rounded up; the times and dt are in ms."""
    return to_steps(np.asarray(times, dtype=float), dt)


def sharing_a_step(times: Sequence[float], dt: float) -> list[list[float]]:
    """Spike times that fall into one time step, in which a neuron fires once.

    Parameters
    ----------
    times : sequence of float
        In ms.
    dt : float
        Time step in ms.

    Returns
    -------
    list of list of float
        For each such step the different times in it, in order.
    """
    different = np.unique(np.asarray(times, dtype=float))
    steps = spike_steps(different, dt)
    parts = np.split(different, np.flatnonzero(np.diff(steps)) + 1)
    return [shared.tolist() for shared in parts if len(shared) > 1]
