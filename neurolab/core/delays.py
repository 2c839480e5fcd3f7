"""How long spikes take along a connection: one time for all synapses, or one for each."""

import numpy as np

from ..errors import RangeError
from ..units import SECOND, si_quantity
from . import magic
from .groups import checked_values
from .indices import pairs, spoken
from .rules import values_by_rule


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

    def set_block(self, delay, sources, targets):
        """Set the delays between two ranges of neurons, each given as (first, how many)."""
        (first_source, n_sources), (first_target, n_targets) = sources, targets
        rows, columns = np.indices((n_sources, n_targets))
        if np.ndim(delay) != 2:
            found = as_delay(delay, self._connection)
            delay = si_quantity(found.of(rows.ravel(), columns.ravel()).reshape(rows.shape), SECOND) \
                if isinstance(found, Delays) else found
        self[first_source:first_source + n_sources, first_target:first_target + n_targets] = delay

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
    if isinstance(given, Delays):
        return given
    if given is True:
        return Delays(connection)
    if isinstance(given, tuple) and len(given) == 2:
        low, high = (magic.seconds(end, where) for end in given)
        return Delays(connection, _drawn_once(
            lambda sources, targets: si_quantity(low + (high - low) * magic.rand(len(sources)), SECOND), where))
    if callable(given):
        return Delays(connection, _drawn_once(lambda sources, targets: values_by_rule(given, sources, targets, where), where))
    if np.ndim(given) == 2:
        matrix = si_quantity(checked_values(given, SECOND, connection.shape, where), SECOND)
        return Delays(connection, lambda sources, targets: matrix[sources, targets])
    return si_quantity(magic.seconds(given, where), SECOND)


def _drawn_once(rule, where):
    """A rule that is asked once for each synapse, so that a second run finds the same."""
    known = {}

    def remembered(sources, targets):
        keys = list(zip(sources.tolist(), targets.tolist()))
        new = np.array([key not in known for key in keys], dtype=bool)
        if new.any():
            values = checked_values(rule(sources[new], targets[new]), SECOND, (int(new.sum()),), where)
            known.update(zip([key for key in keys if key not in known], values.tolist()))
        return si_quantity(np.array([known[key] for key in keys]), SECOND)

    return remembered


def _not_negative(seconds, where):
    if (seconds < 0).any():
        raise RangeError(f"a delay is {seconds.min() * 1e3:g} ms", where=where, expected="0 ms or more")
    return seconds
