"""Groups and connections of other sizes: the values that still fit are kept."""

from dataclasses import replace
from typing import TypeVar

from .expansion import MOST_CELLS, listed, written
from .experiment import Entries, Experiment, Inputs, Neurons, Rule, Spread, Synapses

Value = TypeVar("Value")


def resized_group(group: Inputs | Neurons, size: int) -> Inputs | Neurons:
    """Return a group with another number of neurons.

    New inputs have no spikes; new neurons have the initial value of the last one.

    Examples
    --------
    >>> resized_group(Inputs("inputs", ((1.0, 4.0),)), 2).spikes
    ((1.0, 4.0), ())
    """
    if isinstance(group, Inputs):
        rates = _fitted(group.rates, size, 0.0) if group.rates else ()
        return replace(group, spikes=_fitted(group.spikes, size, ()), rates=rates)
    initial = tuple(
        (name, values if isinstance(values, Spread) else _fitted(values, size, values[-1]))
        for name, values in group.initial
    )
    return replace(group, size=size, initial=initial)


def _fitted(values: tuple[Value, ...], size: int, filler: Value) -> tuple[Value, ...]:
    return (*values[:size], *(filler,) * (size - len(values)))


def resized_connection(connection: Synapses, before: Experiment, after: Experiment) -> Synapses:
    """Return a connection between groups of other sizes.

    Entries that still fit are kept. A rule for a part of a group keeps its share of the group.
    """
    rows = before.group(connection.source).size
    columns = before.group(connection.target).size
    new_rows = after.group(connection.source).size
    new_columns = after.group(connection.target).size
    weights = connection.weights
    if isinstance(weights, Rule):
        sources = _share(weights.sources, rows, new_rows)
        targets = _share(weights.targets, columns, new_columns)
        return replace(connection, weights=replace(weights, sources=sources, targets=targets))
    if isinstance(weights, Entries) or new_rows * new_columns > MOST_CELLS:
        return replace(connection, weights=written(listed(weights), new_rows, new_columns))
    fitted = tuple(_fitted(row, new_columns, 0.0) for row in weights)
    return replace(connection, weights=_fitted(fitted, new_rows, (0.0,) * new_columns))


def _share(part: tuple[int, ...], size: int, new_size: int) -> tuple[int, ...]:
    if not part:
        return ()
    first, last = (round(end * new_size / size) for end in part)
    first = min(first, new_size - 1)
    return first, max(last, first + 1)
