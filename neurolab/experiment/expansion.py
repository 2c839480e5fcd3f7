"""What an experiment says in one line, written out: connections by a rule, values drawn at random."""

from functools import lru_cache

import numpy as np

from ..engine.projection import SparseRows
from ..units import in_si
from .experiment import Entries, Rule, Spread

MOST_CELLS = 10_000
"""Of a matrix that is written out in full; of a larger one only the entries that are not zero."""
_LARGE = 100_000
"""Pairs of neurons; of matrices with more, only the last few are kept."""
_AT_ONCE = 1_000_000  # random numbers


def initial_values(given, size):
    """One value for each neuron, as an array."""
    if not isinstance(given, Spread):
        return np.array(given)
    # Apart from the random connections of the same seed, whose numbers would be the very same.
    return np.random.default_rng((given.seed, 1)).uniform(given.low, given.high, size)


def rows_of(weights, factor, n_sources, n_targets):
    """A connection matrix as rows.

    Parameters
    ----------
    weights : tuple of tuple of float, Rule or Entries
    factor : float
        From the unit of the weights to SI.
    n_sources, n_targets : int
        Sizes of the groups.

    Returns
    -------
    SparseRows
        The same object for the same arguments, as a rule.
    """
    known = _large_rows if n_sources * n_targets > _LARGE else _small_rows
    return known(weights, factor, n_sources, n_targets)


def _rows(weights, factor, n_sources, n_targets):
    if isinstance(weights, Entries):
        return SparseRows.from_entries(
            np.array(weights.sources, dtype=int),
            np.array(weights.targets, dtype=int),
            in_si(np.array(weights.weights), factor),
            n_sources,
        )
    if isinstance(weights, Rule):
        (first, last), (start, stop) = (
            span(weights.sources, n_sources),
            span(weights.targets, n_targets),
        )
        counts, targets = _pairs(
            weights.kind, weights.probability, weights.seed, last - first, stop - start
        )
        counts = np.concatenate([np.zeros(first, int), counts, np.zeros(n_sources - last, int)])
        return SparseRows(
            _starts(counts),
            targets + start if start else targets,
            np.broadcast_to(in_si(weights.weight, factor), len(targets)),
        )
    matrix = np.array(weights)
    sources, targets = np.nonzero(matrix)
    return SparseRows(
        _starts(np.bincount(sources, minlength=n_sources)),
        targets,
        in_si(matrix[sources, targets], factor),
    )


_small_rows = lru_cache(maxsize=128)(_rows)
_large_rows = lru_cache(maxsize=6)(_rows)


def listed(weights):
    """The entries that are not zero, of a matrix in full or by its entries."""
    if isinstance(weights, Entries):
        return weights
    found = [
        (i, j, weight) for i, row in enumerate(weights) for j, weight in enumerate(row) if weight
    ]
    return Entries(*zip(*found)) if found else Entries((), (), ())


def written(entries, n_sources, n_targets):
    """A matrix of this size, in full where it is small; entries that do not fit are left out."""
    kept = [
        entry
        for entry in zip(entries.sources, entries.targets, entries.weights)
        if entry[0] < n_sources and entry[1] < n_targets
    ]
    if n_sources * n_targets > MOST_CELLS:
        return Entries(*zip(*kept)) if kept else Entries((), (), ())
    matrix = [[0.0] * n_targets for _ in range(n_sources)]
    for source, target, weight in kept:
        matrix[source][target] = weight
    return tuple(map(tuple, matrix))


@lru_cache(maxsize=64)
def connected(weights, n_sources, n_targets):
    """First and past-the-last of the source and of the target neurons that a connection reaches.

    Of a matrix that is written out in full, they are all.
    """
    if isinstance(weights, Rule):
        return span(weights.sources, n_sources), span(weights.targets, n_targets)
    if isinstance(weights, Entries) and weights.weights:
        return tuple(
            (min(neurons), max(neurons) + 1) for neurons in (weights.sources, weights.targets)
        )
    return (0, n_sources), (0, n_targets)


def span(part, size):
    """First and past-the-last neuron of a part of a group; an empty part is the whole group."""
    return part or (0, size)


def _starts(counts):
    return [0, *np.cumsum(counts).tolist()]


@lru_cache(maxsize=6)  # another weight leaves them as they are
def _pairs(kind, probability, seed, n_sources, n_targets):
    """How many targets each source has, and the targets one source after the other."""
    if kind == "one_to_one":
        return np.ones(n_sources, dtype=int), np.arange(n_sources)
    if kind == "full":
        return np.full(n_sources, n_targets), np.tile(np.arange(n_targets), n_sources)
    rng, height = np.random.default_rng(seed), max(1, _AT_ONCE // n_targets)
    counts, targets = [], []
    for first in range(0, n_sources, height):
        chosen = rng.random((min(height, n_sources - first), n_targets)) < probability
        counts.append(chosen.sum(axis=1))
        targets.append(chosen.nonzero()[1])
    return np.concatenate(counts), np.concatenate(targets)
