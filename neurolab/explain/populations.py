"""Populations: groups, or the parts of a group that connections tell apart, and how often they fire."""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ..experiment.expansion import connected
from ..experiment.experiment import Entries, Rule

_MOST_PARTS = 4
_BINS = 100  # about; fewer make a rate coarse, more make it noisy


class Population(NamedTuple):
    """Neurons ``first … last - 1`` of a group."""

    group: str
    first: int
    last: int
    effect: int
    """1 where they only excite, -1 where they only inhibit, 0 for neither or both."""

    @property
    def label(self):
        """Such as ``'neurons 0–3199'``."""
        return (
            f"{self.group} {self.first}–{self.last - 1}"
            if self.last - self.first > 1
            else f"{self.group} {self.first}"
        )


def populations(experiment, group):
    """The parts of a group that differ in where their connections begin; the whole group where none do.

    Returns
    -------
    list of Population
    """
    starting = [
        (*connected(connection.weights, group.size, 1)[0], _effect(connection.weights))
        for connection in experiment.connections
        if connection.source == group.name
    ]
    edges = sorted({0, group.size, *(end for first, last, _ in starting for end in (first, last))})
    if len(edges) > _MOST_PARTS + 1:
        edges = [0, group.size]
    found = []
    for begin, end in pairwise(edges):
        effects = {effect for first, last, effect in starting if first < end and begin < last}
        found.append(Population(group.name, begin, end, effects.pop() if len(effects) == 1 else 0))
    return found


@lru_cache(maxsize=64)
def _effect(weights):
    if isinstance(weights, Rule):
        return int(np.sign(weights.weight))
    values = np.array(weights.weights if isinstance(weights, Entries) else weights)
    return int((values > 0).any()) - int((values < 0).any())


def bin_width(experiment):
    """Width of the bins in which spikes are counted, in ms: a round number of time steps."""
    steps = max(1.0, experiment.duration / _BINS / experiment.dt)
    round_steps = 10.0 ** np.floor(np.log10(steps))
    while round_steps < steps * (1 - 1e-9):
        round_steps *= 2.5 if f"{round_steps:e}"[0] == "2" else 2
    return float(f"{round(round_steps) * experiment.dt:.12g}")


def population_rate(result, population, width):
    """How often a neuron of a population fires, on average.

    Parameters
    ----------
    result : Result
    population : Population
    width : float
        Of a bin, in ms.

    Returns
    -------
    ndarray
        Rate in each bin, in Hz; the last bin may be a short one.
    """
    experiment = result.experiment
    steps_in_bin, steps = round(width / experiment.dt), len(result.times)
    neurons, times = result.spikes(population.group)
    own = (population.first <= neurons) & (neurons < population.last)
    bins = np.rint(times[own] / (experiment.dt * 1e-3)).astype(int) // steps_in_bin
    edges = np.append(np.arange(0, steps, steps_in_bin), steps)
    counts = np.bincount(bins, minlength=len(edges) - 1)
    return counts / (np.diff(edges) * experiment.dt * 1e-3 * (population.last - population.first))
