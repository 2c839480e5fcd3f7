"""The path of a variable over time, as it is drawn: with vertical jumps, and up to the run's end.

A run records one value in each step, after the spikes and the reset of the step. Lines between
these values would show a jump as a slope that begins one step too early. Therefore a path has two
values at the time of a jump: the value that the threshold was compared with, and the recorded one.
The last recorded step begins one time step before the end of the run; the equations give the value
at the end.
"""

from typing import Literal, NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np

from ..array_types import FloatArray
from ..engine.integrators import integrator
from ..engine.projection import SparseRows
from ..engine.recorders import spike_arrays
from ..errors import NeurolabError
from ..experiment.checked import model_of
from ..experiment.experiment import Neurons
from ..experiment.result import Result
from ..experiment.step_counts import steps_of
from ..grid import Ms
from .linear_system import constants_of

_Known: TypeAlias = "WeakKeyDictionary[Result, dict[tuple[str, int], FloatArray]]"
_before: _Known = WeakKeyDictionary()
_after: _Known = WeakKeyDictionary()
_ROUNDING = 1e-12  # of the largest value


class Path(NamedTuple):
    """A line through points.

    Attributes
    ----------
    times : ndarray, shape (points,)
        In ms, ascending; two points at the time of a jump.
    values : ndarray, shape (points,)
        In SI units.
    """

    times: FloatArray
    values: FloatArray


def path(result: Result, group: Neurons, state: str, neuron: int) -> Path:
    """Return the path of a variable of one neuron.

    Examples
    --------
    The spike at 1 ms adds 6 mV to Va:

    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.experiment.simulate import simulate
    >>> times, values = path(simulate(TUTORIAL), TUTORIAL.neurons[0], "Va", 0)
    >>> times[9:13].round(2).tolist(), (values[9:12] * 1e3).round(2).tolist()
    ([0.9, 1.0, 1.0, 1.1], [0.0, 0.0, 6.0])
    >>> float(times[-1])
    10.0
    """
    row = result.states[group.name].index(state)
    values = result.recorded[group.name][:, row, neuron]
    before = values_before(result, group, neuron)[:, row]
    return drawn(result, values, before, _value_at_end(result, group, row, neuron))


def drawn(
    result: Result,
    values: FloatArray,
    before: FloatArray | None = None,
    end: float | None = None,
    first: int = 0,
) -> Path:
    """Return the path through the values of a run's steps.

    Parameters
    ----------
    result : Result
        The run that has the times of the steps.
    values, before : ndarray, shape (times,)
        The values after and before the events of each step. Without `before` there are no jumps.
    end : float, optional
        The value one time step after the last one. The path reaches the end of the run with it.
    first : int
        The step at which the path begins.
    """
    times = result.times * 1e3
    jumps = np.flatnonzero(values[first:] != before[first:]) if before is not None else None
    times, values = times[first:], values[first:]
    if jumps is not None and before is not None:
        values = np.insert(values, jumps, before[first:][jumps])
        times = np.insert(times, jumps, times[jumps])
    share = _share_at_end(result)
    if share and end is not None:
        times = np.append(times, result.experiment.duration)
        values = np.append(values, values[-1] + share * (end - values[-1]))
    return Path(times, values)


def difference(first: Path, second: Path) -> Path:
    """Return the second path minus the first one, up to the end of the shorter one.

    Examples
    --------
    >>> flat = Path(np.array([0.0, 2.0]), np.array([1.0, 1.0]))
    >>> jump = Path(np.array([0.0, 1.0, 1.0, 2.0]), np.array([1.0, 1.0, 3.0, 3.0]))
    >>> times, values = difference(flat, jump)
    >>> times.tolist(), values.tolist()
    ([0.0, 1.0, 1.0, 2.0], [0.0, 0.0, 2.0, 2.0])
    """
    times = np.union1d(first.times, second.times)
    times = times[times <= min(first.times[-1], second.times[-1])]
    ends = [_limit(second, times, side) - _limit(first, times, side) for side in ("left", "right")]
    # Two equal jumps cancel each other but for rounding.
    rounding = _ROUNDING * max(np.abs(first.values).max(), np.abs(second.values).max())
    jumps = np.flatnonzero(np.abs(ends[0] - ends[1]) > rounding)
    return Path(np.insert(times, jumps, times[jumps]), np.insert(ends[1], jumps, ends[0][jumps]))


def _limit(path: Path, times: FloatArray, side: Literal["left", "right"]) -> FloatArray:
    """Return the values of a path just before (left) or after (right) its jumps at these times."""
    values = np.interp(times, path.times, path.values)
    places = np.searchsorted(path.times, times, side=side) - (side == "right")
    places = np.clip(places, 0, len(path.times) - 1)
    return np.where(path.times[places] == times, path.values[places], values)


def values_before(result: Result, group: Neurons, neuron: int) -> FloatArray:
    """Return a neuron's values before the spikes and the reset of each step.

    A variable that is held while the neuron is refractory is shown as it is held, without the
    tiny jumps from which it is set back in each step.

    Returns
    -------
    ndarray, shape (times, states)
    """
    known = _before.setdefault(result, {})
    key = (group.name, neuron)
    if key not in known:
        known[key] = _values_before(result, group, neuron)
    return known[key]


def _values_before(result: Result, group: Neurons, neuron: int) -> FloatArray:
    recorded = result.recorded[group.name][:, :, neuron]
    before = recorded.copy()
    length = len(recorded)
    for connection in result.experiment.connections:
        if connection.target == group.name:
            row = result.states[group.name].index(connection.state)
            steps, sources = spike_arrays(result.firings[connection.source])
            amounts = _weights_to(result.rows[connection.name], neuron, sources)
            steps = steps + steps_of(connection.delay, result.experiment)
            arriving = (steps < length) & (amounts != 0)
            np.subtract.at(before[:, row], steps[arriving], amounts[arriving])
    hold = steps_of(group.refractory, result.experiment)
    held_row = result.checked.models[group.name].model.held_row
    crossings = result.crossings.get(group.name, ())
    for (step, neurons), crossing in zip(result.firings[group.name], crossings):
        place = np.searchsorted(neurons, neuron)
        if place == len(neurons) or neurons[place] != neuron:
            continue
        if held_row is not None:
            held = slice(step + 1, step + 1 + hold)
            before[held, held_row] = recorded[held, held_row]
        before[step] = crossing[:, place]
    return before


def _weights_to(rows: SparseRows, neuron: int, sources: np.ndarray) -> FloatArray:
    """Return the weight of each source's synapse to a neuron; 0 for none."""
    entries = np.flatnonzero(rows.targets == neuron)
    owners = np.searchsorted(rows.starts, entries, side="right") - 1 + rows.first
    size = max(owners.max(initial=-1), sources.max(initial=-1)) + 1
    weights = np.zeros(size)
    weights[owners] = rows.weights[entries]
    return weights[sources]


def _share_at_end(result: Result) -> float:
    """Return the share of a step from the last recorded time to the end; 0 if that is hidden."""
    experiment = result.experiment
    last: Ms = (len(result.times) - 1) * experiment.dt
    share = (experiment.duration - last) / experiment.dt
    return share if share < 1 + 1e-9 else 0.0


def _value_at_end(result: Result, group: Neurons, row: int, neuron: int) -> float | None:
    """Return the value of a variable one time step after the last one, before the events there."""
    known = _after.setdefault(result, {})
    key = (group.name, neuron)
    if key not in known:
        known[key] = _integrated(result, group, neuron)
    after = known[key]
    if _is_held_at_end(result, group, row, neuron):
        return float(result.recorded[group.name][-1, row, neuron])
    return float(after[row]) if np.isfinite(after).all() else None


def _is_held_at_end(result: Result, group: Neurons, row: int, neuron: int) -> bool:
    hold = steps_of(group.refractory, result.experiment)
    if not hold or result.checked.models[group.name].model.held_row != row:
        return False
    fired = [step for step, neurons in result.firings[group.name] if neuron in neurons]
    return bool(fired) and fired[-1] + hold >= len(result.times)


def _integrated(result: Result, group: Neurons, neuron: int) -> FloatArray:
    """Return the state after one more step by the run's own method; with noise, the last state."""
    experiment = result.experiment
    last = result.recorded[group.name][-1, :, neuron]
    if "xi" in group.equations:
        return last
    model = model_of(experiment, group)[0]
    dt = experiment.dt * 1e-3
    try:
        constants = constants_of(experiment, group, neuron)
        stepper = integrator(model, constants, dt, 1, group.method)
        state = np.ones((2, stepper.longest, stepper.rows, 1))
        state[0, 0, : len(last), 0] = last
        with np.errstate(all="ignore"):
            stepper.advance(state[0, 0], state[1], 1, len(result.times) * dt)
    except NeurolabError:
        return last
    return state[1, 0, : len(last), 0]
