"""What a trace will do next, as someone has drawn it: how close it is, and how much room there is to draw."""

from typing import NamedTuple

import numpy as np

from ..experiment.validate import state_unit
from ..units import unit
from .comparison import MOST_NEURONS

_NOTHING = 1e-9


class Score(NamedTuple):
    """How close a prediction is."""

    rms: float
    """Root of its mean squared distance from the trace, in the variable's SI unit."""
    flat: float
    """The same for a line that stays where the trace was hidden."""
    share: float
    """How much of the way from that line to the trace it goes: 1 is exact, 0 no better than the line, below 0 worse."""

    @property
    def words(self):
        """The verdict in a sentence."""
        for least, words in (
            (0.95, "Nearly exact."),
            (0.75, "Close."),
            (0.4, "The right idea."),
            (0.05, "A beginning."),
            (-0.05, "About as close as a flat line."),
        ):
            if self.share >= least:
                return words
        return "A flat line would have been closer."


def score(result, group, state, neuron, times, values):
    """Judge a prediction.

    Parameters
    ----------
    result : Result
        All of it.
    group, state : str
    neuron : int
    times, values : ndarray
        What was drawn: corners of a line, in ms and in the variable's SI unit. The first is where the trace was hidden.

    Returns
    -------
    Score
    """
    hidden = result.times * 1e3 > times[0] + _NOTHING
    trace = result.trace(group, state)[neuron]
    truth, seen = trace[hidden], trace[~hidden]
    rms = _rms(np.interp(result.times[hidden] * 1e3, times, values) - truth)
    flat = _rms((seen[-1] if seen.size else 0.0) - truth)
    peak = np.abs(trace).max()
    # Where nothing more happens, the flat line is the answer and cannot be the measure.
    measure = flat if flat > _NOTHING * peak else peak
    return Score(rms, flat, 1.0 - rms / measure if measure else float(rms == 0))


def _rms(values):
    return float(np.sqrt(np.mean(np.square(values))))


def drawing_room(experiment, result, unit_name):
    """Limits of the value axis while a part of the traces is hidden: they follow from what is to be seen.

    Parameters
    ----------
    experiment : Experiment
    result : Result
        The part that is to be seen.
    unit_name : str
        Of the axis.

    Returns
    -------
    (float, float)
        In that unit: twice the largest value and the largest weight, downwards too where anything is negative.
    """
    largest, negative = 0.0, False
    factor = unit(unit_name)[0]
    for group in experiment.neurons:
        for state in result.states[group.name]:
            if state_unit(experiment, group, state) != unit_name:
                continue
            known = (
                np.concatenate(
                    [
                        result.trace(group.name, state)[:MOST_NEURONS].ravel(),
                        *(
                            result.rows[connection.name].weights
                            for connection in experiment.connections
                            if (connection.target, connection.state) == (group.name, state)
                        ),
                    ]
                )
                / factor
            )
            largest, negative = (
                max(largest, float(np.abs(known).max(initial=0.0))),
                negative or bool((known < 0).any()),
            )
    largest = largest or 1.0
    return (-2.0 if negative else -0.5) * largest, 2.0 * largest
