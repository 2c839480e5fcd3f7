"""How long spikes take along a connection: one time for all synapses, or one for each."""

import inspect

import numpy as np

from ..errors import RangeError
from ..units import SECOND, si_quantity
from . import magic
from .groups import checked_values
from .indices import pairs, spoken, stacked


class Delays:
    """A delay for each synapse of a connection: ``C.delay[i, j] = 2*ms``; slices and arrays work as for weights.

    Parameters
    ----------
    connection : Connection
    rule : callable, optional
        Delays (quantity) of synapses that are not set one by one, from arrays of their source and target indices.
    """

    def __init__(self, connection, rule=None):
        self._connection, self._rule = connection, rule
        self._entries = []
        self.version = 0  # counts the changes

    def __setitem__(self, index, delays):
        connection = self._connection
        sources, targets = connection.neurons(index)
        where = f"{connection.label}, delay[{spoken(index)}]"
        values = checked_values(delays, SECOND, np.shape(sources) + np.shape(targets), where)
        self._entries.append((*pairs(sources, targets), _not_negative(values, where).ravel()))
        self.version += 1

    def __getitem__(self, index):
        sources, targets = self._connection.neurons(index)
        shape = np.shape(sources) + np.shape(targets)
        return si_quantity(self.of(*pairs(sources, targets)).reshape(shape)[()], SECOND)

    def of(self, sources, targets):
        """Delays of synapses in seconds, from parallel arrays of their indices."""
        where = f"{self._connection.label}, delay"
        found = np.zeros(len(sources)) if self._rule is None else _not_negative(
            checked_values(self._rule(sources, targets), SECOND, np.shape(sources), where), where)
        keys = sources * self._connection.shape[1] + targets
        for rows, columns, values in self._entries:
            set_keys = rows * self._connection.shape[1] + columns
            order = np.argsort(set_keys, kind="stable")
            place = np.searchsorted(set_keys, keys, sorter=order).clip(max=len(order) - 1)
            hit = set_keys[order[place]] == keys
            found[hit] = values[order[place[hit]]]
        return found


def as_delay(given, connection):
    """A delay as a quantity, or one for each synapse."""
    where = f"{connection.label}, delay"
    if given is True:
        return Delays(connection)
    if isinstance(given, tuple) and len(given) == 2:
        low, high = (magic.seconds(end, where) for end in given)
        drawn = {}  # once for each synapse, so that a second run finds the same

        def between(sources, targets):
            for key in zip(sources.tolist(), targets.tolist()):
                drawn.setdefault(key, low + (high - low) * magic.rand())
            return si_quantity(np.array([drawn[key] for key in zip(sources.tolist(), targets.tolist())]), SECOND)

        return Delays(connection, between)
    if callable(given):
        if len(inspect.signature(given).parameters) == 2:
            return Delays(connection, given)
        return Delays(connection, lambda sources, targets: stacked([given() for _ in sources]))
    return si_quantity(magic.seconds(given, where), SECOND)


def _not_negative(seconds, where):
    if (seconds < 0).any():
        raise RangeError(f"a delay is {seconds.min() * 1e3:g} ms", where=where, expected="0 ms or more")
    return seconds
