"""How far a run is from a target: judged on the traces, whatever the parameters are."""

import numpy as np

from ..errors import RangeError, UnknownNameError
from .comparison import MOST_NEURONS, trace_differences

_ENOUGH = 0.95  # of the target's length
_FEW = 20


def distance(target, result):
    """How far the traces of a run are from those of a target.

    Of each trace the root of the mean squared difference, over the peak of the target's trace; of all traces the
    quadratic mean. 0 is the same; at 1 the traces are as far apart as they are high.

    Parameters
    ----------
    target, result : Result

    Returns
    -------
    float

    Raises
    ------
    UnknownNameError
        The run lacks a variable or a neuron of the target.
    RangeError
        The run ends before the target does, or its time steps fall between those of the target.
    """
    found = trace_differences(target, result)
    _check_times(target, result, found)
    present = {(part.group, part.state, part.neuron) for part in found}
    for group, states in target.states.items():
        for neuron in range(min(target.recorded[group].shape[-1], MOST_NEURONS)):
            for state in states:
                if (group, state, neuron) not in present:
                    raise UnknownNameError(
                        f"the target has a trace of {state} of {group} {neuron}, which this network lacks"
                    )
    peaks = [np.abs(target.trace(part.group, part.state)[part.neuron]).max() for part in found]
    # A trace that is flat in the target has no peak of its own.
    shares = [part.rms / (peak or max(peaks) or 1.0) for part, peak in zip(found, peaks)]
    return float(np.sqrt(np.mean(np.square(shares))))


def _check_times(target, result, found):
    if result.times[-1] < _ENOUGH * target.times[-1]:
        raise RangeError(
            "this run ends before the target does",
            mend=f"Choose a duration of {target.experiment.duration:g} ms.",
        )
    if found and len(found[0].times) < min(_FEW, len(target.times)):
        raise RangeError(
            "this run has hardly any moment in common with the target",
            mend=f"Choose {target.experiment.dt:g} ms for dt.",
        )
