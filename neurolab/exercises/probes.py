"""Probes: the effect of one jump, or of one spike alone, in a network that is otherwise at rest.

They judge the behaviour of a network, whatever its parameters are called and however its equations
are written.
"""

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..array_types import FloatArray
from ..errors import BlowUpError, LimitError
from ..experiment.expansion import initial_values
from ..experiment.experiment import Experiment, Inputs
from .curves import AbsentError, Curve
from .runs import run

_LONGER = 5  # times the duration of the run, so that effects have time to decay
_MOST_STEPS = 20_000
_MOST_INPUTS = 20
_NOTHING = 1e-12


class Effect(NamedTuple):
    """The effect of an input's spike on a variable."""

    group: str
    neuron: int
    area: float
    """Area under the change, in SI units; positive if it excites."""
    peak: float
    """Largest change, in SI units, with its sign."""
    lasts: float
    """Mean delay of the area after the onset, in ms."""


@lru_cache(maxsize=32)
def _quiet(experiment: Experiment) -> Experiment:
    """Return the network without spikes and with a longer duration."""
    groups = tuple(
        replace(group, spikes=((),) * group.size, rates=(), period=0.0)
        if isinstance(group, Inputs)
        else replace(group, threshold="", reset="", refractory=0.0)
        for group in experiment.groups
    )
    return replace(
        experiment,
        groups=groups,
        duration=min(_LONGER * experiment.duration, _MOST_STEPS * experiment.dt),
    )


def _trace(experiment: Experiment, curve: Curve) -> FloatArray:
    return run(experiment).trace(curve.group, curve.state)[curve.neuron]


def after_a_bump(experiment: Experiment, bumped: Curve, seen: Curve) -> FloatArray:
    """Return the change of one variable if another one is higher by one unit at the start.

    Returns
    -------
    ndarray, shape (steps,)
    """
    quiet = _quiet(experiment)
    group = quiet.neurons_of(bumped.group)
    initial = dict(group.initial)
    values = initial_values(initial.get(bumped.state, (0.0,) * group.size), group.size).astype(
        float
    )
    values[bumped.neuron] += 1.0
    initial[bumped.state] = tuple(values.tolist())
    moved = _trace(quiet.with_group(replace(group, initial=tuple(initial.items()))), seen) - _trace(
        quiet, seen
    )
    return _checked(moved, seen)


def _checked(moved: FloatArray, curve: Curve) -> FloatArray:
    """Return the change of a variable if its area is finite."""
    if not np.isfinite(moved.sum()) or not np.isfinite((np.arange(len(moved)) * moved).sum()):
        raise BlowUpError(
            f"{curve.state} changes beyond all bounds.",
            mend="Look for a growing term in the equations.",
        )
    return moved


def fading_time(experiment: Experiment, curve: Curve) -> float:
    """Return the time in which a jump of a variable decays to 1/e, in ms, or infinity."""
    moved = np.abs(after_a_bump(experiment, curve, curve))
    if not moved[0]:
        raise AbsentError(f"A jump of {curve.state} does not show in its trace.")
    below = np.flatnonzero(moved <= moved[0] / np.e)
    if not below.size:
        return np.inf
    last = below[0]
    # Between two steps a straight line of the logarithm, on which an exponential lies.
    before, after = np.log(np.maximum(moved[last - 1 : last + 1] / moved[0], _NOTHING))
    return float((last - 1 + (before + 1) / (before - after)) * experiment.dt)


@lru_cache(maxsize=32)
def effects(experiment: Experiment, curve: Curve) -> tuple[Effect, ...]:
    """Return the effect of a spike of each input on a variable; zero effects are left out."""
    if sum(group.size for group in experiment.inputs) > _MOST_INPUTS:
        raise LimitError(
            f"There are too many inputs to look at each by itself. At most {_MOST_INPUTS} "
            "are allowed."
        )
    quiet, found = _quiet(experiment), []
    base = _trace(quiet, curve)
    for group in quiet.inputs:
        for neuron in range(group.size):
            spikes = tuple((0.0,) if neuron == each else () for each in range(group.size))
            moved = _checked(
                _trace(quiet.with_group(replace(group, spikes=spikes)), curve) - base, curve
            )
            if np.abs(moved).max() > _NOTHING:
                found.append(_effect(group.name, neuron, moved, experiment.dt))
    return tuple(found)


def _effect(group: str, neuron: int, moved: FloatArray, dt: float) -> Effect:
    steps = np.arange(len(moved))
    onset = np.flatnonzero(np.abs(moved) > 1e-6 * np.abs(moved).max())[0]
    area = float(moved.sum())
    return Effect(
        group,
        neuron,
        area * dt * 1e-3,
        float(moved[np.abs(moved).argmax()]),
        float((steps * moved).sum() / area - onset) * dt if area else 0.0,
    )
