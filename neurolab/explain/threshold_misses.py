"""Peaks above the threshold at which a neuron does not fire, and the peaks at which it does.

The threshold is compared with the variables once in each step, before the spikes of that step
arrive. A spike can lift a variable above the threshold although the variable has decayed below it
when the threshold is checked again, one step later. Then the neuron does not fire.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from ..experiment.experiment import Neurons
from ..experiment.result import Result
from ..grid import TOLERANCE, Ms
from .drawn_paths import values_before
from .threshold_levels import threshold_level


class Peak(NamedTuple):
    """A value of the variable that the threshold compares.

    Attributes
    ----------
    neuron : int
    time : float
        In ms.
    value : float
        In SI units.
    """

    neuron: int
    time: Ms
    value: float


class Miss(NamedTuple):
    """A peak above the threshold at which the neuron does not fire.

    Attributes
    ----------
    peak : Peak
    checked : float
        The value that the threshold is compared with one step later, in SI units.
    """

    peak: Peak
    checked: float


def misses(result: Result, group: Neurons, neurons: Iterable[int]) -> list[Miss]:
    """List the peaks above the threshold at which neurons do not fire, in order of time.

    Examples
    --------
    With a weight of 10.5 mV, Va is above the threshold of 10 mV only until the next step:

    >>> from neurolab.experiment.edits import set_weight
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.experiment.simulate import simulate
    >>> experiment = set_weight(TUTORIAL, "C1", 0, 0, 10.5)
    >>> first = misses(simulate(experiment), experiment.neurons[0], [0])[0]
    >>> first.peak.time, round(first.peak.value * 1e3, 1), round(first.checked * 1e3, 1)
    (1.0, 10.5, 9.5)
    """
    level = threshold_level(result.experiment, group)
    if level is None:
        return []
    state, height, _ = level
    height += TOLERANCE * abs(height)
    row = result.states[group.name].index(state)
    found = []
    for neuron in neurons:
        before = values_before(result, group, neuron)[:, row]
        after = result.recorded[group.name][:, row, neuron]
        is_missed = (before[:-1] <= height) & (after[:-1] > height) & (before[1:] <= height)
        for step in np.flatnonzero(is_missed).tolist():
            peak = Peak(neuron, _time(result, step), float(after[step]))
            found.append(Miss(peak, float(before[step + 1])))
    return sorted(found, key=lambda miss: miss.peak.time)


def firing_peaks(result: Result, group: Neurons, neurons: Iterable[int]) -> list[Peak]:
    """List the peaks that made neurons fire.

    The peak is the value that the threshold saw, or the value one step earlier if a spike had just
    lifted the variable to it.

    Examples
    --------
    >>> from neurolab.experiment.edits import set_weight
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.experiment.simulate import simulate
    >>> experiment = set_weight(TUTORIAL, "C1", 0, 0, 12.0)
    >>> firing_peaks(simulate(experiment), experiment.neurons[0], [0])[0]
    Peak(neuron=0, time=1.0, value=0.012)
    """
    level = threshold_level(result.experiment, group)
    if level is None:
        return []
    row = result.states[group.name].index(level[0])
    shown = set(neurons)
    peaks = []
    for step, fired in result.firings[group.name]:
        for neuron in shown.intersection(fired.tolist()):
            seen = values_before(result, group, neuron)[step, row]
            earlier = result.recorded[group.name][step - 1, row, neuron] if step else seen
            if earlier > seen:
                peaks.append(Peak(neuron, _time(result, step - 1), float(earlier)))
            else:
                peaks.append(Peak(neuron, _time(result, step), float(seen)))
    return peaks


def _time(result: Result, step: int) -> Ms:
    return float(f"{step * result.experiment.dt:.12g}")
