"""The colour of the variable that spikes drive, which is also the colour of these spikes."""

import numpy as np

from ...experiment.result import Result
from .curve import COLOURS


def driven_colour(result: Result, group: str, first: int, last: int) -> str:
    """Return the colour of the only variable that neurons drive; empty for none or several.

    Parameters
    ----------
    result : Result
    group : str
        Group of the neurons.
    first, last : int
        The neurons ``first … last - 1``.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.experiment.simulate import simulate
    >>> driven_colour(simulate(TUTORIAL), "inputs", 1, 2)
    'var(--nl-curve-1, #2a8a2a)'
    """
    variables = [(name, state) for name, states in result.states.items() for state in states]
    driven = set()
    for connection in result.experiment.connections:
        if connection.source != group:
            continue
        rows = result.rows[connection.name]
        starts = np.asarray(rows.starts)
        begin, end = np.clip([first - rows.first, last - rows.first], 0, len(starts) - 1)
        if starts[end] > starts[begin]:
            driven.add(variables.index((connection.target, connection.state)))
    return COLOURS[driven.pop() % len(COLOURS)] if len(driven) == 1 else ""
