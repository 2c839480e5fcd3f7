"""Making the synapses of a connection: all pairs, random pairs, or from a matrix."""

from typing import Any

import numpy as np

from ..array_types import FloatArray, IntArray
from ..errors import ArgumentError, RangeError, ShapeError, UnitsError
from ..units import DIMENSIONLESS, dimension_name, si_value
from . import magic
from .checked_calls import checked_call
from .checked_values import checked_values, joined
from .connection_matrix import ConnectionMatrix
from .delays import Delays
from .groups import Group
from .random_synapses import random_pairs, values_by_rule


class ConnectionMaking(ConnectionMatrix):
    """A connection matrix with methods that make many synapses at once."""

    delay: Any
    """The delay (quantity), or one for each synapse."""

    @checked_call
    def connect(self, source: Any = None, target: Group | None = None, W: Any = None) -> None:
        """Set the weights between (parts of) the groups from a matrix of shape (source, target)."""
        weights = W
        if weights is None and not isinstance(source, Group):
            source, weights = None, source
        first_source, n_sources = self._part(source, 0)
        first_target, n_targets = self._part(target, 1)
        if hasattr(weights, "toarray"):  # one of scipy's sparse matrices
            weights = weights.toarray()
        weights = joined(weights, self.label)
        if np.ndim(si_value(weights)) != 2:
            raise ShapeError(
                f"The weights have shape {np.shape(weights)}.",
                where=self.label,
                mend=f"The shape must be {(n_sources, n_targets)} = (source, target).",
            )
        values = checked_values(weights, self._dimension, (n_sources, n_targets), self.label)
        rows, columns = np.indices(values.shape)
        self._add(rows.ravel() + first_source, columns.ravel() + first_target, values.ravel())

    @checked_call
    def connect_full(
        self,
        source: Group | None = None,
        target: Group | None = None,
        weight: Any = None,
        delay: object = None,
    ) -> None:
        """Connect every source neuron with every target neuron.

        Parameters
        ----------
        source, target : Group, optional
            Parts of the connection's groups; the whole groups by default.
        weight : quantity, matrix or function
            A function gets the indices (i, j) within these parts, or nothing, and returns the
            weight. By default 1, if the driven variable is dimensionless.
        delay : quantity, pair, matrix or function, optional
            As `set_delays` takes it.
        """
        if hasattr(weight, "toarray") or np.ndim(si_value(joined(weight, self.label))) == 2:
            self.connect(source, target, weight)
            self.set_delays(source, target, delay)
            return
        first_source, n_sources = self._part(source, 0)
        first_target, n_targets = self._part(target, 1)
        rows, columns = (indices.ravel() for indices in np.indices((n_sources, n_targets)))
        self._add(rows + first_source, columns + first_target, self._weights(weight, rows, columns))
        self.set_delays(source, target, delay)

    @checked_call
    def connect_one_to_one(
        self,
        source: Group | None = None,
        target: Group | None = None,
        weight: object = None,
        delay: object = None,
    ) -> None:
        """Connect neuron k of the source with neuron k of the target; both must have one size."""
        first_source, n_sources = self._part(source, 0)
        first_target, n_targets = self._part(target, 1)
        if n_sources != n_targets:
            raise ShapeError(
                f"{n_sources} source and {n_targets} target neurons cannot be paired.",
                where=self.label,
                mend="Give as many source neurons as target neurons.",
            )
        neurons = np.arange(n_sources)
        self._add(
            neurons + first_source, neurons + first_target, self._weights(weight, neurons, neurons)
        )
        self.set_delays(source, target, delay)

    @checked_call
    def connect_random(
        self,
        source: Group | None = None,
        target: Group | None = None,
        p: object = None,
        weight: object = None,
        fixed: bool = False,
        seed: int | None = None,
        sparseness: object = None,
        delay: object = None,
    ) -> None:
        """Connect each pair of neurons with a probability.

        Parameters
        ----------
        source, target : Group, optional
        p, sparseness : float or function
            The probability, two names for the same; a function gets the indices (i, j).
        weight : quantity or function
        fixed : bool
            Whether every target has the same number of synapses.
        seed : int, optional
            For the same choice of pairs each time.
        delay : quantity, pair, matrix or function, optional
            As `set_delays` takes it.
        """
        first_source, n_sources = self._part(source, 0)
        first_target, n_targets = self._part(target, 1)
        rows, columns = random_pairs(
            sparseness if sparseness is not None else p,
            n_sources,
            n_targets,
            fixed,
            np.random.default_rng(seed) if seed is not None else magic.generator,
            self.label,
        )
        self._add(rows + first_source, columns + first_target, self._weights(weight, rows, columns))
        self.set_delays(source, target, delay)

    @checked_call
    def set_delays(
        self, source: Group | None = None, target: Group | None = None, delay: object = None
    ) -> None:
        """Set the delays between (parts of) the groups.

        Parameters
        ----------
        source, target : Group, optional
        delay : quantity, pair, matrix or function
            One for all; (low, high), at random between them; or a function of the indices (i, j)
            within these parts.
        """
        if delay is None:
            return
        first_source, n_sources = self._part(source, 0)
        first_target, n_targets = self._part(target, 1)
        if not isinstance(self.delay, Delays):
            self.delay = True
        self.delay.set_block(delay, (first_source, n_sources), (first_target, n_targets))

    def _part(self, group: object, role: int) -> tuple[int, int]:
        """Return the first neuron of a part of the source (role 0) or target, and its size."""
        own = (self.source, self.target)[role]
        if group is None:
            return 0, len(own)
        if not isinstance(group, Group):
            raise ArgumentError(
                f"An object of type {type(group).__name__} is given instead of neurons.",
                where=self.label,
                mend=f"Give the connection's {('source', 'target')[role]} or a part of it.",
            )
        first, last = group.span
        if group.whole is not own.whole or first < own.span[0] or last > own.span[1]:
            raise RangeError(
                f"{group.label} is not part of {own.label}.",
                where=self.label,
                mend=f"Give the connection's {('source', 'target')[role]} or a part of it.",
            )
        return first - own.span[0], last - first

    def _weights(self, weight: Any, rows: IntArray, columns: IntArray) -> FloatArray:
        if weight is None:
            if self._dimension != DIMENSIONLESS:
                raise UnitsError(
                    "The weight is missing.",
                    where=self.label,
                    mend=f"Give one in {dimension_name(self._dimension)}: weight=3*mV, for "
                    "example, if the variable is in volts.",
                )
            weight = 1.0
        if callable(weight):
            weight = values_by_rule(weight, rows, columns, self.label)
        return checked_values(weight, self._dimension, rows.shape, self.label)
