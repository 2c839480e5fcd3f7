"""Populations: groups, or the parts of a group from which connections differ; their rates."""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np

from ..array_types import FloatArray
from ..experiment.expansion import connected
from ..experiment.experiment import Entries, Experiment, Inputs, Neurons, Rule, Synapses
from ..experiment.result import Result
from .effect_signs import effect_sign

_MOST_PARTS = 4
_BINS = 100  # about; with fewer bins a rate is coarse, with more it is noisy


Weights: TypeAlias = tuple[tuple[float, ...], ...] | Rule | Entries


class Population(NamedTuple):
    """Neurons ``first … last - 1`` of a group."""

    group: str
    first: int
    last: int
    effect: int
    """1 if all connections from here excite, -1 if all inhibit, else 0."""

    @property
    def label(self) -> str:
        """Such as ``'neurons 0–3199'``."""
        if self.last - self.first == 1:
            return f"{self.group} {self.first}"
        return f"{self.group} {self.first}–{self.last - 1}"


def populations(experiment: Experiment, group: Inputs | Neurons) -> list[Population]:
    """Split a group into the parts from which different connections begin.

    Returns
    -------
    list of Population
        The whole group if its neurons have the same connections.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> [part.label for part in populations(TUTORIAL, TUTORIAL.groups[0])]
    ['inputs 0–1']
    """
    starting = [
        (*connected(connection.weights, group.size, 1)[0], _sign(experiment, connection))
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


def _sign(experiment: Experiment, connection: Synapses) -> int:
    """Return the sign of a connection's effect; 0 if its weights have both signs."""
    target = experiment.neurons_of(connection.target)
    effect = _effect(connection.weights)
    return effect * effect_sign(experiment, target, connection.state) if effect else 0


@lru_cache(maxsize=64)
def _effect(weights: Weights) -> int:
    if isinstance(weights, Rule):
        return int(np.sign(weights.weight))
    values = np.array(weights.weights if isinstance(weights, Entries) else weights)
    return int((values > 0).any()) - int((values < 0).any())


def bin_width(experiment: Experiment) -> float:
    """Choose the width of the bins in which spikes are counted, in ms: a round number of steps.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> bin_width(TUTORIAL)
    0.1
    """
    steps = max(1.0, experiment.duration / _BINS / experiment.dt)
    round_steps = 10.0 ** np.floor(np.log10(steps))
    while round_steps < steps * (1 - 1e-9):
        round_steps *= 2.5 if f"{round_steps:e}"[0] == "2" else 2
    return float(f"{round(round_steps) * experiment.dt:.12g}")


def population_rate(result: Result, population: Population, width: float) -> FloatArray:
    """Compute the mean firing rate of a population's neurons over time.

    Parameters
    ----------
    result : Result
    population : Population
    width : float
        Width of a bin, in ms.

    Returns
    -------
    ndarray, shape (bins,)
        Rate in each bin, in Hz; the last bin may be shorter.
    """
    experiment = result.experiment
    steps = len(result.times)
    steps_in_bin = round(width / experiment.dt)
    neurons, times = result.spikes(population.group)
    own = (population.first <= neurons) & (neurons < population.last)
    bins = np.rint(times[own] / (experiment.dt * 1e-3)).astype(int) // steps_in_bin
    edges = np.append(np.arange(0, steps, steps_in_bin), steps)
    counts = np.bincount(bins, minlength=len(edges) - 1)
    return counts / (np.diff(edges) * experiment.dt * 1e-3 * (population.last - population.first))
