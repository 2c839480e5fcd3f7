"""A drawn prediction of a trace: its score, and the limits of the axis on which it is drawn."""

from typing import NamedTuple

import numpy as np

from ..array_types import FloatArray
from ..experiment.experiment import Experiment
from ..experiment.result import Result
from ..units import unit
from .comparison import MOST_NEURONS

_NOTHING = 1e-9


class Score(NamedTuple):
    """The score of a prediction."""

    rms: float
    """Root mean squared error of the prediction, in the variable's SI unit."""
    flat: float
    """The same for a flat line at the last visible value."""
    share: float
    """The part of the flat line's error that the prediction removes; negative if it is worse."""

    @property
    def words(self) -> str:
        """The verdict in a sentence."""
        for least, words in (
            (0.95, "Nearly exact."),
            (0.75, "Close."),
            (0.4, "Partly right."),
            (0.05, "A beginning."),
            (-0.05, "About as close as a flat line."),
        ):
            if self.share >= least:
                return words
        return "A flat line would have been closer."


def score(
    result: Result, group: str, state: str, neuron: int, times: FloatArray, values: FloatArray
) -> Score:
    """Score a prediction.

    Parameters
    ----------
    result : Result
        The whole run.
    group, state : str
    neuron : int
    times, values : ndarray, shape (corners,)
        Corners of the drawn line, in ms and in the variable's SI unit. The trace is hidden after
        the first of these times.

    Returns
    -------
    Score
    """
    hidden = result.times * 1e3 > times[0] + _NOTHING
    trace = result.trace(group, state)[neuron]
    truth = trace[hidden]
    seen = trace[~hidden]
    rms = _rms(np.interp(result.times[hidden] * 1e3, times, values) - truth)
    flat = _rms((seen[-1] if seen.size else 0.0) - truth)
    peak = np.abs(trace).max()
    # If the trace is flat, its peak is the measure instead.
    measure = flat if flat > _NOTHING * peak else peak
    return Score(rms, flat, 1.0 - rms / measure if measure else float(rms == 0))


def _rms(values: FloatArray) -> float:
    return float(np.sqrt(np.mean(np.square(values))))


def drawing_room(experiment: Experiment, result: Result, unit_name: str) -> tuple[float, float]:
    """Choose limits of the value axis that do not reveal the hidden part of the traces.

    Parameters
    ----------
    experiment : Experiment
    result : Result
        The visible part.
    unit_name : str
        Unit of the axis.

    Returns
    -------
    low, high : float
        In the unit: twice the largest visible value or weight, and as far below 0 if any is
        negative.
    """
    known = _visible_numbers(experiment, result, unit_name) / unit(unit_name)[0]
    largest = float(np.abs(known).max(initial=0.0)) or 1.0
    below = 2.0 if (known < 0).any() else 0.5
    return -below * largest, 2.0 * largest


def _visible_numbers(experiment: Experiment, result: Result, unit_name: str) -> FloatArray:
    """Return all visible values and weights of the variables with this unit."""
    numbers = [np.zeros(0)]
    for group in experiment.neurons:
        for state in result.states[group.name]:
            if result.checked.unit(group.name, state) != unit_name:
                continue
            numbers.append(result.trace(group.name, state)[:MOST_NEURONS].ravel())
            numbers += [
                result.rows[connection.name].weights
                for connection in experiment.connections
                if (connection.target, connection.state) == (group.name, state)
            ]
    return np.concatenate(numbers)
