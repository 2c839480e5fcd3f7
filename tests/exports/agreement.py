"""Whether what Brian 2 recorded agrees with the lab, trace by trace."""

from dataclasses import replace

import numpy as np

from neurolab.errors import NeurolabError
from neurolab.experiment.experiment import Spread
from neurolab.experiment.simulate import simulate

RELATIVE = 1e-9
"""Of a trace's peak. Both compute with rounding errors of 1e-16, in another order."""


def traces(result):
    """All recorded traces, in the order in which an exported program records them."""
    return [
        result.trace(group.name, state)
        for group in result.experiment.neurons
        for state in result.states[group.name]
    ]


def difference(ours, theirs):
    """The largest difference of two recordings, relative to the peak of each trace; infinite where they cannot be compared."""
    farthest = 0.0
    for mine, other in zip(ours, theirs, strict=True):
        if mine.shape != other.shape or not np.isfinite(other).all():
            return np.inf
        farthest = max(farthest, np.abs(mine - other).max() / max(np.abs(mine).max(), 1e-12))
    return farthest


def is_chaotic(experiment):
    """Whether the lab's own traces change as soon as the initial values change by a rounding error."""
    (neurons,) = experiment.neurons
    shifted = tuple(
        (
            name,
            values
            if isinstance(values, Spread)
            else tuple(value * (1 + 1e-13) for value in values),
        )
        for name, values in neurons.initial
    )
    try:
        other = simulate(experiment.with_group(replace(neurons, initial=shifted)))
    except NeurolabError:
        return True
    return difference(traces(simulate(experiment)), traces(other)) > RELATIVE
