"""Delays of a connection: one for all synapses, or one for each."""

import copy
import weakref
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from ..array_types import FloatArray, IntArray
from ..errors import RangeError
from ..grid import Seconds
from ..units import SECOND, Quantity, si_quantity, si_value
from . import magic
from .checked_values import checked_values, joined
from .clock import seconds
from .entry_indices import pairs, spoken
from .random_synapses import values_by_rule

_MOST_TOLD = 100
_Rule: TypeAlias = Callable[[IntArray, IntArray], Any]
"""A function of parallel arrays of source and target indices that returns delays (quantity)."""


class Delays:
    """A delay for each synapse of a connection: ``C.delay[i, j] = 2*ms``.

    Slices and arrays work as for weights.

    Parameters
    ----------
    connection : Connection
    rule : callable, optional
        Delays (quantity) of synapses that are not set one by one: a function of arrays of their
        source and target indices. It is called once for each synapse, so random delays stay.
    """

    def __init__(self, connection: Any, rule: _Rule | None = None) -> None:
        # The connection holds its delays, so a strong reference back would be a cycle, and a
        # connection that a program has dropped would stay until the next garbage collection.
        self._connection: Any = weakref.proxy(connection)
        self._rule = rule
        self._known: dict[int, Seconds] = {}
        self.told: list[Seconds] = []
        """Delays (s) that the program has given as numbers; a warning names rounded ones."""

    def seen_from(self, connection: Any) -> "Delays":
        """Return the same delays, which keep `connection` alive for as long as they are used.

        ``network().delay[0, 0]`` has no other reference to the connection.
        """
        view = copy.copy(self)
        view._connection = connection
        return view

    def __setitem__(self, index: object, delays: object) -> None:
        connection = self._connection
        sources, targets = connection.neurons(index)
        where = f"{connection.label}, delay[{spoken(index)}]"
        values = checked_values(delays, SECOND, np.shape(sources) + np.shape(targets), where)
        if np.ndim(si_value(joined(delays, where))) == 0:
            self.told.append(float(values.flat[0]) if values.size else 0.0)
        keys = self._keys(*pairs(sources, targets))
        self._known.update(zip(keys, _not_negative(values, where).ravel().tolist()))
        connection.paths.delays_changed()

    def set_block(self, delay: Any, sources: tuple[int, int], targets: tuple[int, int]) -> None:
        """Set the delays between two ranges of neurons, each given as (first, how many)."""
        (first_source, n_sources), (first_target, n_targets) = sources, targets
        rows, columns = np.indices((n_sources, n_targets))
        if np.ndim(delay) != 2:
            delay = as_delay(delay, self._connection)
            if isinstance(delay, Delays):
                values = delay.of(rows.ravel(), columns.ravel()).reshape(rows.shape)
                delay = si_quantity(values, SECOND)
        self[first_source : first_source + n_sources, first_target : first_target + n_targets] = (
            delay
        )

    def __getitem__(self, index: object) -> Any:
        sources, targets = self._connection.neurons(index)
        shape = np.shape(sources) + np.shape(targets)
        return si_quantity(self.of(*pairs(sources, targets)).reshape(shape)[()], SECOND)

    def of(self, sources: IntArray, targets: IntArray) -> FloatArray:
        """Return delays of synapses in seconds, from parallel arrays of their indices."""
        known, keys = self._known, self._keys(sources, targets)
        if self._rule:
            new = np.array([key not in known for key in keys], dtype=bool)
            if new.any():
                where = f"{self._connection.label}, delay"
                values = checked_values(
                    self._rule(sources[new], targets[new]), SECOND, (int(new.sum()),), where
                )
                known.update(
                    zip((np.array(keys)[new]).tolist(), _not_negative(values, where).tolist())
                )
        return np.array([known.get(key, 0.0) for key in keys])

    def _keys(self, sources: IntArray, targets: IntArray) -> list[int]:
        keys: list[int] = (sources * self._connection.shape[1] + targets).tolist()
        return keys


def as_delay(given: Any, connection: Any) -> Quantity | Delays:
    """Return a delay as a quantity, or one for each synapse."""
    where = f"{connection.label}, delay"
    if isinstance(given, Delays):
        return given.seen_from(weakref.proxy(connection))
    if given is True:
        return Delays(connection)
    if isinstance(given, tuple) and len(given) == 2:
        low, high = (seconds(end, where) for end in given)
        if low > high:
            raise RangeError(
                f"The delays lie between {given[0]} and {given[1]}.",
                where=where,
                mend="Give the shorter delay first.",
            )
        return Delays(
            connection,
            lambda sources, targets: si_quantity(
                low + (high - low) * magic.rand(len(sources)), SECOND
            ),
        )
    if callable(given):
        return Delays(
            connection, lambda sources, targets: values_by_rule(given, sources, targets, where)
        )
    if np.ndim(given) == 2:
        matrix = si_quantity(checked_values(given, SECOND, connection.shape, where), SECOND)
        delays = Delays(connection, lambda sources, targets: matrix[sources, targets])
        delays.told.extend(np.unique(si_value(matrix)).tolist()[:_MOST_TOLD])
        return delays
    return si_quantity(seconds(given, where), SECOND)


def _not_negative(seconds: FloatArray, where: str) -> FloatArray:
    if (seconds < 0).any():
        raise RangeError(
            f"A delay is {seconds.min() * 1e3:g} ms.",
            where=where,
            mend="Delays must be 0 ms or more.",
        )
    return seconds
