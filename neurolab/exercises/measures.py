"""Numbers that are read off a run: the right answers of worksheets are measured, not written down."""

import math

import numpy as np

from ..errors import LimitError, NeurolabError
from ..experiment.validate import state_unit
from ..units import unit
from .curves import check_window, curve_of, group_of, train
from .runs import run
from .tables import chosen


def measured(table, experiment):
    """What a table asks for, in SI units, at an experiment.

    Parameters
    ----------
    table : dict
        ``what``, one of `MEASURES`, and its arguments; times in ms.
    experiment : Experiment

    Raises
    ------
    NeurolabError
        There is nothing to measure.
    """
    measure, arguments = chosen(MEASURES, table, "what")
    try:
        value = float(measure(run(experiment), **arguments))
    except (TypeError, IndexError, ValueError, ZeroDivisionError, LimitError) as error:
        if isinstance(error, NeurolabError) and not isinstance(error, LimitError):
            raise
        raise NeurolabError(
            f"there is no '{table['what']}' to measure: {error}", where="measure"
        ) from None
    if not math.isfinite(value):
        raise NeurolabError(
            f"The '{table['what']}' is {value}, which no answer can be compared with.",
            where="measure",
        )
    return value


def _trace(result, of, begin=0.0, end=math.inf):
    group, state, neuron = curve_of(result.experiment, of)
    check_window(result, begin, end)
    times = result.times * 1e3
    return result.trace(group, state)[neuron][(times >= begin - 1e-9) & (times <= end + 1e-9)]


def _highest(result, of, begin=0.0, end=math.inf):
    return _trace(result, of, begin, end).max()


def _lowest(result, of, begin=0.0, end=math.inf):
    return _trace(result, of, begin, end).min()


def _value(result, of, at):
    return _trace(result, of)[round(at / result.experiment.dt)]


def _time_of_highest(result, of, since=0.0):
    return (result.times[_trace(result, of).argmax()] * 1e3 - since) * 1e-3


def _falling(result, of, level):
    """From the highest value until the variable is at a level (in its own unit), as an exponential between two steps."""
    curve = curve_of(result.experiment, of)
    level *= unit(state_unit(result.experiment, result.experiment.group(curve.group), curve.state))[
        0
    ]
    trace = _trace(result, of)
    later = trace[trace.argmax() :]
    step = int(np.flatnonzero(later <= level)[0])
    before, after = np.log(later[step - 1 : step + 1] / level)
    return (step - 1 + before / (before - after)) * result.experiment.dt * 1e-3


def _spikes(result, group="", neuron=0):
    return len(train(result, group, neuron))


def _spike_time(result, group="", neuron=0, number=1):
    return train(result, group, neuron)[number - 1] * 1e-3


def _crossing(result, of, other, number=1):
    return crossings(result, of, other)[number - 1] * 1e-3


def _rate(result, group="", begin=0.0):
    check_window(result, begin)
    found, duration = group_of(result.experiment, group), result.experiment.duration
    spikes = (result.spikes(found.name)[1] * 1e3 >= begin - 1e-9).sum()
    return spikes / found.size / ((duration - begin) * 1e-3)


def crossings(result, of, other):
    """Times in ms at which one variable passes another; where they only touch, or begin alike, they do not."""
    side = np.sign(_trace(result, of) - _trace(result, other))
    places = np.flatnonzero(side)
    turned = places[1:][side[places[1:]] != side[places[:-1]]]
    return [float(f"{time:.9g}") for time in (result.times[turned] * 1e3).tolist()]


MEASURES = {
    "highest": _highest,
    "lowest": _lowest,
    "value": _value,
    "time of highest": _time_of_highest,
    "falling": _falling,
    "number of spikes": _spikes,
    "spike time": _spike_time,
    "crossing": _crossing,
    "rate": _rate,
}
