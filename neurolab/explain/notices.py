"""Notices about a valid experiment: input that has no effect, or acts at another time."""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from ..errors import NeurolabError
from ..experiment.checked import external_values, model_of, parameter_values, step_count
from ..experiment.experiment import Experiment, Inputs, Neurons, Spread, Synapses
from ..experiment.step_counts import sharing_a_step, spike_steps, steps_of
from ..experiment.typed_values import format_number
from ..model.equations import RESERVED
from ..model.model import Model

Key: TypeAlias = tuple[str | int, ...]
"""Key of a control of the lab."""

_MOST_TRAINS = 24
"""Number of lists of spike times that are checked; the page shows no more."""
_MOST_SPIKES = 2000
_EXACT = 1e-6
"""Part of a time step by which a time may differ from a whole number of steps."""


def notices(experiment: Experiment) -> dict[Key, str]:
    """Write the notices for the controls of the lab.

    A notice is not an error: the experiment runs as it is. A weight of 0 and an empty list of
    spikes get no notice, because they can be instructive.

    Parameters
    ----------
    experiment : Experiment
        A valid one.

    Returns
    -------
    dict
        Key of a control → one or more sentences.

    Examples
    --------
    >>> from neurolab.experiment.edits import set_run
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> list(notices(set_run(TUTORIAL, duration=5.55)).values())[-1]
    '5.55 ms is not a whole number of time steps. The run has 56 steps and lasts 5.6 ms.'
    """
    steps = step_count(experiment)
    found = dict(_of_spikes(experiment, steps))
    for group in experiment.neurons:
        if _is_never_reached(experiment, group):
            found["threshold", group.name] = _never_reached(experiment, group)
    found.update(_of_connections(experiment, steps))
    found.update(_of_times(experiment, steps))
    return found


def _of_spikes(experiment: Experiment, steps: int) -> Iterator[tuple[Key, str]]:
    leading_on = {connection.source for connection in experiment.connections}
    for group in experiment.inputs:
        if group.name not in leading_on and (group.rates or any(group.spikes)):
            yield (
                ("size", group.name),
                f"No connection starts at {group.name}, so its spikes have no effect.",
            )
        for neuron, text in _of_inputs(group, experiment.duration, experiment.dt, steps):
            yield ("spikes", group.name, neuron), text


@lru_cache(maxsize=64)  # most edits leave the spikes as they are
def _of_inputs(group: Inputs, duration: float, dt: float, steps: int) -> list[tuple[int, str]]:
    if group.rates:
        return []
    ends = math.inf if group.period else steps
    found = [
        (neuron, _of_train(times[:_MOST_SPIKES], duration, dt, ends))
        for neuron, times in enumerate(group.spikes[:_MOST_TRAINS])
        if times
    ]
    return [(neuron, " ".join(sentences)) for neuron, sentences in found if sentences]


def _of_train(times: tuple[float, ...], duration: float, dt: float, ends: float) -> list[str]:
    different = np.unique(times)
    steps = spike_steps(different.tolist(), dt)
    late = steps >= ends
    sentences = [_after_the_end(different[late].tolist(), duration)] if late.any() else []
    shared = sharing_a_step(different[~late].tolist(), dt)
    if shared:
        listed = ", ".join(map(format_number, shared[0]))
        sentences.append(
            f"The spikes at {listed} ms fall into one time step of {format_number(dt)} ms "
            "and count as one."
        )
        if len(shared) > 1:
            sentences.append("Later spikes share a time step too.")
    alone = np.isin(different, [time for together in shared for time in together], invert=True)
    between = (np.abs(different / dt - steps) > _EXACT) & ~late & alone
    if between.any():
        sentences.append(_between_steps(different[between], steps[between], dt))
    return sentences


def _after_the_end(times: list[float], duration: float) -> str:
    end = f"the end of the run ({format_number(duration)} ms)"
    if len(times) == 1:
        return f"The spike at {format_number(times[0])} ms comes after {end}."
    return (
        f"{len(times)} spikes come after {end}, the first of them at {format_number(times[0])} ms."
    )


def _between_steps(times: np.ndarray, steps: np.ndarray, dt: float) -> str:
    first, fires = format_number(float(times[0])), _grid_time(int(steps[0]), dt)
    if len(times) == 1:
        return (
            f"The spike at {first} ms falls between two time steps. "
            f"It fires at the next one, {fires} ms."
        )
    return (
        f"{len(times)} spikes fall between two time steps and fire at the next one: "
        f"the one at {first} ms fires at {fires} ms."
    )


def _is_never_reached(experiment: Experiment, group: Neurons) -> bool:
    """Return whether the threshold's variables stay constant, below the threshold."""
    model = model_of(experiment, group).model
    if model.threshold is None or any(isinstance(values, Spread) for _, values in group.initial):
        return False
    names, rows = _looked_at(model)
    driven = {
        connection.state
        for connection in experiment.connections
        if connection.target == group.name and _fires(experiment, connection)
    }
    if driven & names or RESERVED.keys() & names:
        return False
    try:
        with np.errstate(all="ignore"):
            values = _at_the_start(experiment, group, model)
            still = all(not np.any(model.derivatives[row].evaluate(values)) for row in rows)
            return still and not np.any(model.threshold.evaluate(values))
    except (NeurolabError, ArithmeticError):  # a formula has no value at the initial values
        return False


def _looked_at(model: Model) -> tuple[set[str], list[int]]:
    """Return all names on which the threshold depends, and the rows of the states among them."""
    assert model.threshold is not None
    names = set(model.threshold.names)
    while True:
        rows = [row for row, state in enumerate(model.states) if state in names]
        more = {name for row in rows for name in model.derivatives[row].names}
        more |= {
            name for _, expression in model.statics_for(names | more) for name in expression.names
        }
        more |= {name for name, _ in model.statics_for(names | more)}
        if more <= names:
            return names, rows
        names |= more


def _at_the_start(
    experiment: Experiment, group: Neurons, model: Model
) -> dict[str, float | np.ndarray]:
    values = external_values(model, parameter_values(experiment))
    values.update(dict.fromkeys((*model.states, *model.parameters, *RESERVED), 0.0))
    values.update({name: np.array(given) for name, given in group.initial})
    for name, expression in model.statics:
        values[name] = expression.evaluate(values)
    return values


def _never_reached(experiment: Experiment, group: Neurons) -> str:
    model = model_of(experiment, group).model
    assert model.threshold is not None
    states = sorted(model.threshold.names.intersection(model.states)) or list(model.states)
    return (
        f"Nothing changes {' or '.join(states)}: it starts at rest and no connection that can fire "
        "adds to it. So this threshold is never reached."
    )


def _fires(experiment: Experiment, connection: Synapses) -> bool:
    """Return whether the source neurons of a connection can fire."""
    source = experiment.group(connection.source)
    return isinstance(source, Inputs) or bool(source.threshold.strip())


def _of_connections(experiment: Experiment, run: int) -> Iterator[tuple[Key, str]]:
    for connection in experiment.connections:
        if not _fires(experiment, connection):
            yield (
                ("state", connection.name),
                (
                    f"{connection.source} has no threshold and never fires, so "
                    f"{connection.name} never adds anything."
                ),
            )
        if not connection.delay:
            continue
        steps = steps_of(connection.delay, experiment)
        if steps >= run:
            yield (
                ("delay", connection.name),
                (
                    "With this delay, no spike arrives before the end of the run "
                    f"({format_number(experiment.duration)} ms)."
                ),
            )
        elif _is_between(connection.delay, steps, experiment.dt):
            yield (
                ("delay", connection.name),
                (
                    f"{format_number(connection.delay)} ms is not a whole number of time steps. "
                    f"Each spike arrives after {_grid_time(steps, experiment.dt)} ms."
                ),
            )


def _of_times(experiment: Experiment, steps: int) -> Iterator[tuple[Key, str]]:
    dt = experiment.dt
    if _is_between(experiment.duration, steps, dt):
        yield (
            ("run", "duration"),
            (
                f"{format_number(experiment.duration)} ms is not a whole number of time steps. "
                f"The run has {steps:,} steps and lasts {_grid_time(steps, dt)} ms."
            ),
        )
    held = [
        (group, steps_of(group.refractory, experiment))
        for group in experiment.neurons
        if group.refractory
    ]
    sentences = [
        f"The refractory period of {group.name} ({format_number(group.refractory)} ms) is not a "
        f"whole number of time steps. It lasts {_grid_time(steps, dt)} ms."
        for group, steps in held
        if _is_between(group.refractory, steps, dt)
    ]
    if sentences:
        yield ("run", "dt"), " ".join(sentences)


def _is_between(time: float, steps: int, dt: float) -> bool:
    return abs(time / dt - steps) > _EXACT


def _grid_time(steps: int, dt: float) -> str:
    return format_number(float(f"{steps * dt:.9g}"))
