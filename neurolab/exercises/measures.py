"""Measurements of a run, from which the right answers of worksheets are computed."""

import math
from collections.abc import Callable

import numpy as np

from ..array_types import FloatArray
from ..errors import LimitError, NeurolabError
from ..experiment.experiment import Experiment
from ..experiment.result import Result
from ..units import unit
from .curves import check_window, curve_of, group_of, neurons_of, train
from .runs import run
from .tables import Table, chosen


def measured(table: Table, experiment: Experiment) -> float:
    """Measure a quantity of an experiment's run.

    Parameters
    ----------
    table : dict
        ``what``, one of `MEASURES`, and its arguments; times in ms.
    experiment : Experiment

    Returns
    -------
    float
        In SI units.

    Raises
    ------
    NeurolabError
        There is nothing to measure.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> round(measured({"what": "highest", "of": "Va"}, TUTORIAL), 6)
    0.006299
    """
    measure, arguments = chosen(MEASURES, table, "what")
    try:
        value = float(measure(run(experiment), **arguments))
    except (TypeError, IndexError, ValueError, ZeroDivisionError, LimitError) as error:
        if isinstance(error, NeurolabError) and not isinstance(error, LimitError):
            raise
        raise NeurolabError(
            f"There is no '{table['what']}' to measure. {error}.", where="measure"
        ) from None
    if not math.isfinite(value):
        raise NeurolabError(
            f"The '{table['what']}' is {value}, which no answer can be compared with.",
            where="measure",
        )
    return value


def _trace(result: Result, of: str, begin: float = 0.0, end: float = math.inf) -> FloatArray:
    group, state, neuron = curve_of(result.experiment, of)
    check_window(result, begin, end)
    times = result.times * 1e3
    return result.trace(group, state)[neuron][(times >= begin - 1e-9) & (times <= end + 1e-9)]


def _highest(result: Result, of: str, begin: float = 0.0, end: float = math.inf) -> float:
    return _trace(result, of, begin, end).max()


def _lowest(result: Result, of: str, begin: float = 0.0, end: float = math.inf) -> float:
    return _trace(result, of, begin, end).min()


def _value(result: Result, of: str, at: float) -> float:
    return _trace(result, of)[round(at / result.experiment.dt)]


def _time_of_highest(result: Result, of: str, since: float = 0.0) -> float:
    return (result.times[_trace(result, of).argmax()] * 1e3 - since) * 1e-3


def _falling(result: Result, of: str, level: float) -> float:
    """Measure the time from the peak of a variable to a level (in its own unit).

    Between two steps, the variable is interpolated as an exponential.
    """
    curve = curve_of(result.experiment, of)
    group = neurons_of(result.experiment, curve.group)
    level *= unit(result.checked.unit(group.name, curve.state))[0]
    trace = _trace(result, of)
    later = trace[trace.argmax() :]
    step = int(np.flatnonzero(later <= level)[0])
    before, after = np.log(later[step - 1 : step + 1] / level)
    return (step - 1 + before / (before - after)) * result.experiment.dt * 1e-3


def _spikes(result: Result, group: str = "", neuron: int = 0) -> int:
    return len(train(result, group, neuron))


def _spike_time(result: Result, group: str = "", neuron: int = 0, number: int = 1) -> float:
    return train(result, group, neuron)[number - 1] * 1e-3


def _crossing(result: Result, of: str, other: str, number: int = 1) -> float:
    return crossings(result, of, other)[number - 1] * 1e-3


def _rate(result: Result, group: str = "", begin: float = 0.0) -> float:
    check_window(result, begin)
    found = group_of(result.experiment, group)
    duration = result.experiment.duration
    spikes = (result.spikes(found.name)[1] * 1e3 >= begin - 1e-9).sum()
    return spikes / found.size / ((duration - begin) * 1e-3)


def crossings(result: Result, of: str, other: str) -> list[float]:
    """Return the times (ms) at which two variables cross; touching does not count."""
    side = np.sign(_trace(result, of) - _trace(result, other))
    places = np.flatnonzero(side)
    turned = places[1:][side[places[1:]] != side[places[:-1]]]
    return [float(f"{time:.9g}") for time in (result.times[turned] * 1e3).tolist()]


MEASURES: dict[str, Callable[..., float]] = {
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
