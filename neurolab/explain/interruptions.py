"""What interrupts the free course of one neuron's variables: spikes that arrive, resets, and refractory holds."""

from typing import NamedTuple

import numpy as np

from ..experiment.step_counts import steps_of
from ..experiment.validate import model_of


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
    index: int
    """The source neuron that fired."""
    fired: int
    """The step in which it fired."""


class Reset(NamedTuple):
    """A step at whose end the neuron is reset, or held."""

    step: int
    given: tuple
    """Rows of the variables that are given a value, whatever they were."""
    added: tuple
    """Rows of those to which something is added."""
    fired: int
    """The step in which the neuron fired."""


def arrivals(result, group, neuron=0):
    """All spikes that reach a neuron during the run, in order of time.

    Parameters
    ----------
    result : Result
    group : Neurons
    neuron : int

    Returns
    -------
    list of Arrival
    """
    experiment, found = result.experiment, []
    states = result.states[group.name]
    for connection in experiment.connections:
        if connection.target != group.name:
            continue
        delay = steps_of(connection.delay, experiment)
        rows, row = result.rows[connection.name], states.index(connection.state)
        weights = {}
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


def _weight(targets, weights, neuron):
    place = int(np.searchsorted(targets, neuron))
    return float(weights[place]) if place < len(targets) and targets[place] == neuron else 0.0


def resets(result, group, neuron=0):
    """The steps in which a neuron is reset after firing, and those in which it is then held.

    Returns
    -------
    list of Reset
    """
    model = model_of(result.experiment, group)[0]
    given = tuple(sorted({row for row, adds, _ in model.reset_rows if not adds}))
    added = tuple(sorted({row for row, adds, _ in model.reset_rows if adds} - set(given)))
    hold = steps_of(group.refractory, result.experiment)
    found = {}
    for fired in (step for step, neurons in result.firings[group.name] if neuron in neurons):
        found[fired] = Reset(fired, given, added, fired)
        for step in (
            range(fired + 1, min(fired + hold + 1, len(result.times)))
            if model.held_row is not None
            else ()
        ):
            found[step] = Reset(step, (model.held_row,), (), fired)
    return [found[step] for step in sorted(found)]
