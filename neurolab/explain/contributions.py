"""What each spike contributed to the traces of a neuron whose equations are linear: curves that add up to the trace.

Between resets the effects of spikes simply add up. A reset is where they stop: it gives a variable a value whatever it
was, so that what came before ends there in this variable, and the new value counts as a contribution of its own. A
variable that is held while the neuron is refractory is given its value anew in each step. What a reset adds
(``w += b``) leaves the others as they are.
"""

from dataclasses import dataclass

import numpy as np

from ..errors import LimitError
from ..experiment.typed_values import format_number
from .interruptions import arrivals, resets
from .linear_system import linear_system

MAX_NUMBERS = 2_000_000
"""Most values of all contributions together: a hundred milliseconds on an old laptop."""


@dataclass(frozen=True, eq=False)
class Contribution:
    """A part of the traces that has one cause.

    Attributes
    ----------
    kind : {'start', 'drive', 'spike', 'reset'}
        The initial values; the constant terms of the equations; a spike through one connection; a reset.
    label : str
        Such as ``'inputs 0 at 1 ms through C1'``.
    begin : float
        In ms.
    values : ndarray, shape (states, times)
        In SI units.
    """

    kind: str
    label: str
    begin: float
    values: np.ndarray


def contributions(result, group, neuron=0):
    """Split the traces of one neuron by what caused them.

    Parameters
    ----------
    result : Result
    group : Neurons
    neuron : int

    Returns
    -------
    list of Contribution
        In the order in which they begin; their sum is the trace. Start and constant terms are left out where they
        contribute nothing, and so are resets; a spike stays even if a reset in its own step leaves nothing of it.

    Raises
    ------
    NotLinearError
        The effects of spikes do not add up in this model.
    LimitError
        There are too many spikes to tell them apart.
    """
    system = linear_system(result.experiment, group, neuron)
    spikes, ends = arrivals(result, group, neuron), resets(result, group, neuron)
    fired = sorted({end.fired for end in ends})
    causes = 2 + len(spikes) + len(fired)
    if causes * len(result.times) * len(system.states) > MAX_NUMBERS:
        raise LimitError(
            f"{len(spikes):,} spikes arrive in {len(result.times):,} steps, too many for a curve each",
            mend="Choose a shorter run, a larger dt or fewer spikes.",
        )
    trace = result.recorded[group.name][:, :, neuron]
    values = _split(
        system,
        trace,
        spikes,
        ends,
        {step: 2 + len(spikes) + place for place, step in enumerate(fired)},
        causes,
    )
    dt = result.experiment.dt
    named = [
        ("start", "the initial values", 0),
        ("drive", "the constant terms", 0),
        *(("spike", spike_label(spike, dt), spike.step) for spike in spikes),
        *(
            ("reset", f"{group.name} {neuron} is reset at {time_text(step, dt)}", step)
            for step in fired
        ),
    ]
    found = [
        Contribution(kind, label, step * dt, values[:, :, place].T)
        for place, (kind, label, step) in enumerate(named)
    ]
    found = [part for part in found if part.kind == "spike" or part.values.any()]
    return sorted(found, key=lambda part: part.begin)


def time_text(step, dt):
    """The time of a step, in ms."""
    return f"{format_number(float(f'{step * dt:.9g}'))} ms"


def spike_label(spike, dt):
    """A spike's neuron, time and way, and when it arrives where that is later."""
    later = f", arriving at {time_text(spike.step, dt)}" if spike.step > spike.fired else ""
    return f"{spike.source} {spike.index} at {time_text(spike.fired, dt)} through {spike.connection}{later}"


def _split(system, trace, spikes, ends, reset_places, causes):
    """Values of all causes: shape (times, states, causes); start first, constant terms second, then spikes, then resets."""
    size, length = len(system.states), len(trace)
    arriving, ending = {}, {end.step: end for end in ends}
    for place, spike in enumerate(spikes, 2):
        arriving.setdefault(spike.step, []).append((spike.row, place, spike.amount))
    # The last row is that of the constant terms: 1 for their own column, 0 for all others.
    values, state = np.zeros((length, size + 1, causes)), np.zeros((size + 1, causes))
    state[:size, 0], state[size, 1] = system.initial, 1.0
    stops = sorted({*arriving, *ending, length - 1})
    powers = _powers(system.step, int(np.diff([-1, *stops]).max()))
    done = 0
    for stop in stops:
        values[done : stop + 1] = powers[: stop + 1 - done] @ state
        done, state = stop + 1, values[stop]
        for row, place, amount in arriving.get(stop, ()):
            state[row, place] += amount
        if stop in ending:
            _end(state, trace[stop], ending[stop], reset_places)
    return values[:, :size]


def _end(state, trace, end, reset_places):
    place = reset_places[end.fired]
    for row in end.given:
        state[row] = 0.0
        state[row, place] = trace[row]
    for row in end.added:
        state[row, place] += trace[row] - state[row].sum()


def _powers(matrix, count):
    """The first `count` powers, from the first on."""
    powers = matrix[None]
    while len(powers) < count:
        powers = np.concatenate([powers, powers[: count - len(powers)] @ powers[-1]])
    return powers
