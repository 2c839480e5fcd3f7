"""Contributions of single spikes to the traces of a linear neuron: curves that add up to the trace.

Between resets, the effects of spikes add up (superposition). A reset that sets a variable ends all
earlier contributions to it, and the new value counts as a contribution of its own. A variable that
is held while the neuron is refractory is set again in each step. A reset that adds to a variable
(``w += b``) leaves the earlier contributions unchanged.
"""

from dataclasses import dataclass

import numpy as np

from ..array_types import FloatArray, IntArray
from ..errors import LimitError
from ..experiment.experiment import Neurons
from ..experiment.result import Result
from ..experiment.typed_values import format_number
from .interruptions import Arrival, Reset, arrivals, resets
from .linear_system import LinearSystem, linear_system

MAX_NUMBERS = 2_000_000
"""Most values of all contributions together; they take 100 ms on an old laptop."""


@dataclass(frozen=True, eq=False)
class Contribution:
    """A part of the traces that has one cause.

    Attributes
    ----------
    kind : {'start', 'drive', 'spike', 'reset'}
        The cause: the initial values; the constant terms of the equations; a spike through one
        connection; a reset.
    label : str
        Such as ``'inputs 0 at 1 ms through C1'``.
    begin : float
        In ms.
    values : ndarray, shape (states, times)
        In SI units, after the events of each step.
    stops : ndarray, shape (stops,)
        Steps at which the neuron's variables jump.
    before : ndarray, shape (states, stops)
        The values before these jumps.
    end : ndarray, shape (states,)
        The values one time step after the last one.
    """

    kind: str
    label: str
    begin: float
    values: FloatArray
    stops: IntArray
    before: FloatArray
    end: FloatArray

    def before_of(self, row: int) -> FloatArray:
        """Return the values of a variable before the events of each step, shape (times,)."""
        before = self.values[row].copy()
        before[self.stops] = self.before[row]
        return before


def contributions(result: Result, group: Neurons, neuron: int = 0) -> list[Contribution]:
    """Split the traces of one neuron by their causes.

    Parameters
    ----------
    result : Result
    group : Neurons
    neuron : int

    Returns
    -------
    list of Contribution
        In the order in which they begin; their sum is the trace. Parts that are 0 are left out,
        except spikes.

    Raises
    ------
    NotLinearError
        The effects of spikes do not add up in this model.
    LimitError
        There are too many spikes to tell them apart.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.experiment.simulate import simulate
    >>> [part.label for part in contributions(simulate(TUTORIAL), TUTORIAL.neurons[0])][:2]
    ['inputs 0 at 1 ms through C1', 'inputs 1 at 2 ms through C2']
    """
    system = linear_system(result.experiment, group, neuron)
    spikes = arrivals(result, group, neuron)
    ends = resets(result, group, neuron)
    fired = sorted({end.fired for end in ends})
    causes = _named_causes(spikes, fired, f"{group.name} {neuron}", result.experiment.dt)
    if len(causes) * len(result.times) * len(system.states) > MAX_NUMBERS:
        raise LimitError(
            f"{len(spikes):,} spikes arrive in {len(result.times):,} steps, "
            "too many for a curve each.",
            mend="Choose a shorter run, a larger dt or fewer spikes.",
        )
    trace = result.recorded[group.name][:, :, neuron]
    reset_places = {step: 2 + len(spikes) + place for place, step in enumerate(fired)}
    values, stops, before = _split(system, trace, spikes, ends, reset_places, len(causes))
    end = _end_values(system, values, ends)
    parts = [
        Contribution(
            kind,
            label,
            step * result.experiment.dt,
            values[:, :-1, place].T,
            stops,
            before[:, :-1, place].T,
            end[:, place],
        )
        for place, (kind, label, step) in enumerate(causes)
    ]
    parts = [part for part in parts if part.kind == "spike" or part.values.any()]
    return sorted(parts, key=lambda part: part.begin)


def _named_causes(
    spikes: list[Arrival], fired: list[int], neuron: str, dt: float
) -> list[tuple[str, str, int]]:
    """Return kind, label and first step of every cause."""
    return [
        ("start", "the initial values", 0),
        ("drive", "the constant terms", 0),
        *(("spike", spike_label(spike, dt), spike.step) for spike in spikes),
        *(("reset", f"{neuron} is reset at {time_text(step, dt)}", step) for step in fired),
    ]


def time_text(step: int, dt: float) -> str:
    """Write the time of a step, in ms."""
    return f"{format_number(float(f'{step * dt:.9g}'))} ms"


def spike_label(spike: Arrival, dt: float) -> str:
    """Write a spike's neuron, time and connection, and its arrival if that is later."""
    fired = f"{spike.source} {spike.neuron} at {time_text(spike.fired, dt)}"
    label = f"{fired} through {spike.connection}"
    if spike.step > spike.fired:
        return f"{label}, arriving at {time_text(spike.step, dt)}"
    return label


def _split(
    system: LinearSystem,
    trace: FloatArray,
    spikes: list[Arrival],
    ends: list[Reset],
    reset_places: dict[int, int],
    causes: int,
) -> tuple[FloatArray, IntArray, FloatArray]:
    """Compute the values of all causes, shape (times, states + 1, causes).

    The initial values come first, then the constant terms, the spikes and the resets. The last row
    is that of the constant terms: 1 for their own column, 0 for all others.

    Returns
    -------
    values, stops, before
        The steps at which variables jump, and the values before, shape (stops, states + 1, causes).
    """
    size = len(system.states)
    length = len(trace)
    ending = {end.step: end for end in ends}
    arriving: dict[int, list[tuple[int, int, float]]] = {}
    for place, spike in enumerate(spikes, 2):
        arriving.setdefault(spike.step, []).append((spike.row, place, spike.amount))
    values = np.zeros((length, size + 1, causes))
    state = np.zeros((size + 1, causes))
    state[:size, 0] = system.initial
    state[size, 1] = 1.0
    stops = sorted({*arriving, *ending, length - 1})
    before = np.empty((len(stops), size + 1, causes))
    powers = _powers(system.step, int(np.diff([-1, *stops]).max()))
    done = 0
    for number, stop in enumerate(stops):
        values[done : stop + 1] = powers[: stop + 1 - done] @ state
        done = stop + 1
        before[number] = values[stop]
        state = values[stop]
        for row, place, amount in arriving.get(stop, ()):
            state[row, place] += amount
        if stop in ending:
            _end(state, trace[stop], ending[stop], reset_places)
            if ending[stop].fired < stop:  # a held variable is drawn without tiny jumps
                held = list(ending[stop].given)
                before[number, held] = state[held]
    return values, np.array(stops), before


def _end_values(system: LinearSystem, values: FloatArray, ends: list[Reset]) -> FloatArray:
    """Compute the values one step after the last one, shape (states, causes)."""
    after = (system.step @ values[-1])[:-1]
    if ends and ends[-1].step == len(values) - 1 and ends[-1].fired < ends[-1].step:
        held = list(ends[-1].given)
        after[held] = values[-1, held]
    return after


def _end(state: FloatArray, trace: FloatArray, end: Reset, reset_places: dict[int, int]) -> None:
    place = reset_places[end.fired]
    for row in end.given:
        state[row] = 0.0
        state[row, place] = trace[row]
    for row in end.added:
        state[row, place] += trace[row] - state[row].sum()


def _powers(matrix: FloatArray, count: int) -> FloatArray:
    """Compute the first `count` powers, from the first on."""
    powers = matrix[None]
    while len(powers) < count:
        powers = np.concatenate([powers, powers[: count - len(powers)] @ powers[-1]])
    return powers
