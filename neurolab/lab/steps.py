"""Delays and refractory times of an experiment in time steps."""

from ..core.clock import to_steps


def steps_of(time, experiment):
    """The time steps of a delay or a refractory time: the nearest whole number.

    Parameters
    ----------
    time : float
        In ms.
    experiment : Experiment

    Returns
    -------
    int
    """
    # Half a step is rounded as its last bit says, so it is counted in seconds, as the script API does.
    return int(to_steps(time * 1e-3, experiment.dt * 1e-3))
