"""Distance of a run from a target; only the traces count, whatever the parameters are."""

import numpy as np

from ..errors import RangeError, UnknownNameError
from ..experiment.result import Result
from .comparison import MOST_NEURONS, TraceDifference, trace_differences

_ENOUGH = 0.95  # of the target's length
_FEW = 20


def distance(target: Result, result: Result) -> float:
    """Compute the distance of the traces of a run from those of a target.

    It is the root mean squared difference of each trace, divided by the peak of the target's
    trace, and then the quadratic mean over all traces.

    Parameters
    ----------
    target, result : Result

    Returns
    -------
    float
        0 for equal traces; 1 if their difference is as large as the traces.

    Raises
    ------
    UnknownNameError
        The run lacks a variable or a neuron of the target.
    RangeError
        The run ends before the target does, or its time steps fall between those of the target.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.experiment.simulate import simulate
    >>> distance(simulate(TUTORIAL), simulate(TUTORIAL))
    0.0
    """
    found = trace_differences(target, result)
    _check_times(target, result, found)
    present = {(part.group, part.state, part.neuron) for part in found}
    for group, states in target.states.items():
        for neuron in range(min(target.recorded[group].shape[-1], MOST_NEURONS)):
            for state in states:
                if (group, state, neuron) not in present:
                    raise UnknownNameError(
                        f"The target has a trace of {state} of {group} {neuron}, "
                        "which this network lacks."
                    )
    peaks = [np.abs(target.trace(part.group, part.state)[part.neuron]).max() for part in found]
    # A trace that is 0 in the target has no peak of its own.
    shares = [part.rms / (peak or max(peaks) or 1.0) for part, peak in zip(found, peaks)]
    return float(np.sqrt(np.mean(np.square(shares))))


def _check_times(target: Result, result: Result, found: list[TraceDifference]) -> None:
    if result.times[-1] < _ENOUGH * target.times[-1]:
        raise RangeError(
            "This run ends before the target does.",
            mend=f"Choose a duration of {target.experiment.duration:g} ms.",
        )
    if found and len(found[0].times) < min(_FEW, len(target.times)):
        raise RangeError(
            "This run has hardly any moment in common with the target.",
            mend=f"Choose {target.experiment.dt:g} ms for dt.",
        )
