"""Interruptions of the free course of a neuron's variables: arriving spikes, resets and holds."""

from typing import NamedTuple

import numpy as np

from ..array_types import FloatArray, IntArray
from ..experiment.experiment import Neurons
from ..experiment.result import Result
from ..experiment.step_counts import steps_of


class Arrival(NamedTuple):
    """One spike's effect on the neuron."""

    step: int
    row: int
    """Of the state variable it adds to."""
    amount: float
    """In the variable's SI unit."""
    connection: str
    source: str
    """Name of the source group."""
    neuron: int
    """The source neuron that fired."""
    fired: int
    """The step in which it fired."""


class Reset(NamedTuple):
    """A step at whose end the neuron is reset or held."""

    step: int
    given: tuple[int, ...]
    """Rows of the variables that are set to a value."""
    added: tuple[int, ...]
    """Rows of the variables to which something is added."""
    fired: int
    """The step in which the neuron fired."""


def arrivals(result: Result, group: Neurons, neuron: int = 0) -> list[Arrival]:
    """List the spikes that reach a neuron during the run, in order of time.

    Parameters
    ----------
    result : Result
    group : Neurons
    neuron : int

    Returns
    -------
    list of Arrival
    """
    experiment = result.experiment
    found = []
    states = result.states[group.name]
    for connection in experiment.connections:
        if connection.target != group.name:
            continue
        delay = steps_of(connection.delay, experiment)
        rows = result.rows[connection.name]
        row = states.index(connection.state)
        weights: dict[int, float] = {}
        for step, sources in result.firings[connection.source]:
            for source in sources.tolist() if step + delay < len(result.times) else ():
                if source not in weights:
                    weights[source] = _weight(*rows.row(source), neuron)
                if weights[source]:
                    found.append(
                        Arrival(
                            step + delay,
                            row,
                            weights[source],
                            connection.name,
                            connection.source,
                            source,
                            step,
                        )
                    )
    return sorted(found, key=lambda arrival: arrival.step)


def _weight(targets: IntArray, weights: FloatArray, neuron: int) -> float:
    place = int(np.searchsorted(targets, neuron))
    return float(weights[place]) if place < len(targets) and targets[place] == neuron else 0.0


def resets(result: Result, group: Neurons, neuron: int = 0) -> list[Reset]:
    """List the steps in which a neuron is reset after firing or held afterwards.

    Returns
    -------
    list of Reset
    """
    model = result.checked.models[group.name].model
    given = tuple(sorted({row for row, adds, _ in model.reset_rows if not adds}))
    added = tuple(sorted({row for row, adds, _ in model.reset_rows if adds} - set(given)))
    hold = steps_of(group.refractory, result.experiment)
    found = {}
    for fired in (step for step, neurons in result.firings[group.name] if neuron in neurons):
        found[fired] = Reset(fired, given, added, fired)
        if model.held_row is not None:
            for step in range(fired + 1, min(fired + hold + 1, len(result.times))):
                found[step] = Reset(step, (model.held_row,), (), fired)
    return [found[step] for step in sorted(found)]
