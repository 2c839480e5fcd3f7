"""Warnings about valid input that can have no effect in a run.

The first functions judge plain data.
"""

from typing import Any

import numpy as np

from ..array_types import FloatArray, IntArray, Number
from ..engine.integrators import rates_of_change
from ..grid import TOLERANCE, Seconds, Steps, time_of
from . import magic
from .clock import Clock
from .generators import SpikeGeneratorGroup
from .neurons import NeuronGroup
from .operations import Operation
from .poisson import PoissonGroup
from .program_objects import runs_again
from .rate_monitors import PopulationRateMonitor
from .state_monitors import StateMonitor
from .synapse_set import SynapseSet
from .warnings_given import say


def never_firing(neurons: IntArray, times: FloatArray, end: float) -> list[tuple[int, float]]:
    """Return the neurons whose spikes all lie after the end of a run.

    Parameters
    ----------
    neurons : ndarray of int
    times : ndarray of float
        Of each spike, in the unit of `end`.
    end : float

    Returns
    -------
    list of (int, float)
        Each such neuron, with the time of its first spike.

    Examples
    --------
    >>> never_firing(np.array([0, 0, 1]), np.array([1.0, 9.0, 9.0]), end=5.0)
    [(1, 9.0)]
    """
    late = times >= end * (1 - TOLERANCE)
    silent = np.setdiff1d(neurons[late], neurons[~late])
    return [(int(neuron), float(times[neurons == neuron].min())) for neuron in silent]


def in_the_past(times: FloatArray, start: float) -> FloatArray:
    """Return the times that lie before the beginning of a run, sorted.

    Parameters
    ----------
    times : ndarray of float
    start : float

    Returns
    -------
    ndarray
    """
    return np.sort(times[times < start * (1 - TOLERANCE)])


def cannot_reach(level: Number, values: Number, change: Number, strict: bool = True) -> bool:
    """Return whether no value can get above a threshold, as nothing changes the variable.

    Parameters
    ----------
    level, values, change : float or ndarray
        The threshold, the values at the beginning, and their rates of change there.
    strict : bool
        Whether a value must lie above the threshold to fire, or may be equal to it.
    """
    margin = TOLERANCE * np.abs(level)
    reached = values > level + margin if strict else values >= level - margin
    return not np.any(change) and not np.any(reached)


def say_what_cannot_act(
    objects: list[Any], groups: list[Any], clock: Clock, first: Steps, end: Steps
) -> None:
    """Warn of input that can have no effect in a run from step `first` to step `end`."""
    dt = clock._dt
    connections = [item for item in objects if isinstance(item, SynapseSet)]
    # An operation may change anything.
    free = not any(isinstance(item, Operation) for item in objects)
    for group in groups:
        if isinstance(group, SpikeGeneratorGroup):
            _judge_spikes(group, clock, first, time_of(first, dt), time_of(end, dt))
        elif isinstance(group, PoissonGroup) and not group.rates_given and free:
            say(
                f"{group.label}: no rates were given, so its neurons never fire.",
                "Give rates=…, such as 10*Hz.",
                group,
            )
        elif isinstance(group, NeuronGroup):
            _judge_neurons(group, connections, free)
    for item in objects:
        if isinstance(item, StateMonitor):
            _judge_monitor(item, clock, first, end)
        elif isinstance(item, PopulationRateMonitor):
            _judge_bin(item, first, end, dt)
    for connection in connections:
        if connection.is_blank and free:
            problem, mend = connection.nothing_made
            say(f"{connection.label}: {problem}, so its spikes have no effect.", mend, connection)


def _judge_spikes(
    group: SpikeGeneratorGroup, clock: Clock, first: Steps, start: Seconds, end: Seconds
) -> None:
    new = not clock.has_moved(group)
    neurons = group.indices
    times = group.times
    late = group.spikes_set_late(start)
    past = in_the_past(times, start) if new and start > clock.start else late
    if len(past):
        say(
            f"{group.label}: the spike at {past[0] * 1e3:.6g} ms lies before the present time "
            f"({start * 1e3:.6g} ms), so it does not fire.",
            "Give times after it, or put the time back with reinit_default_clock().",
            group,
        )
    if not new or group.period or end <= start:
        return
    silent = never_firing(neurons, times, end)
    if silent and (group.bare_times or not runs_again(magic.caller())):
        neuron, time = min(silent, key=lambda one: one[1])
        if group.bare_times:
            say(
                f"{group.label}: spike times without a unit are read in seconds. Neuron {neuron} "
                f"fires at {time:.6g} s, after the end of the run ({end * 1e3:.6g} ms).",
                f"Write {time:.6g}*ms if milliseconds were meant.",
                group,
            )
        else:
            say(
                f"{group.label}: neuron {neuron} does not fire in this run. Its first spike is at "
                f"{time * 1e3:.6g} ms, after the end of the run ({end * 1e3:.6g} ms).",
                "Run longer or again, or give an earlier time.",
                group,
            )


def _judge_monitor(monitor: StateMonitor, clock: Clock, first: int, end: int) -> None:
    count, every = end - first, monitor.steps_between(clock)
    if not monitor.recorded or clock.has_moved(monitor) or not 0 < count <= every or every == 1:
        return
    if not runs_again(magic.caller()):
        values = "one value" if monitor.first_step(clock, first) < end else "no value"
        say(
            f"{monitor.label} records only every {every:,}th step, and this run has {count:,} "
            "steps.",
            f"It keeps {values}. Give a smaller timestep, or run longer.",
            monitor,
        )


def _judge_bin(monitor: PopulationRateMonitor, first: int, end: int, dt: float) -> None:
    width = monitor.bin_steps(dt)
    if first == 0 and width > end > 0 and not runs_again(magic.caller()):
        say(
            f"{monitor.label} counts in bins of {time_of(width, dt) * 1e3:.6g} ms, which is longer "
            f"than this run ({time_of(end, dt) * 1e3:.6g} ms). Its rate is that of an unfinished "
            "bin and too low.",
            "Give a smaller bin, or run longer.",
            monitor,
        )


def _judge_neurons(group: NeuronGroup, connections: list[SynapseSet], free: bool) -> None:
    model = group.model
    if model.threshold is None and not any(group.functions):
        for what, given in (
            ("reset", group.reset.strip()),
            ("refractory period", float(group.refractory)),
        ):
            if given:
                say(
                    f"{group.label}: there is a {what} but no threshold, so its neurons never fire "
                    f"and the {what} has no effect.",
                    "Give threshold=…, such as 10*mV.",
                    group,
                )
    if not free or not model.level or any(group.functions):
        return
    row, comparison, expression = model.level
    if any(item.target.whole is group and not item.is_blank for item in connections):
        return
    rates = rates_of_change(model, group.constants(), group.state_array())
    if rates is None:
        return
    variable, values = model.states[row], group.state_array()[row]
    with np.errstate(all="ignore"):  # a level that has no value is refused when the run is prepared
        level = expression.evaluate(group.constants())
    if cannot_reach(level, values, rates, strict=comparison is np.greater):
        say(
            f"{group.label}: nothing changes {variable} in this run, and it is not above the "
            "threshold, so its neurons never fire.",
            f"Connect something to {variable}, give it another initial value, or change the "
            "equations.",
            group,
        )
