"""Connections by a rule, and random initial values, as arrays."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from ..array_types import FloatArray, IntArray
from ..engine.projection import SparseRows
from ..units import in_si
from .experiment import Entries, Matrix, Rule, Spread, Weights

Span = tuple[int, int]
"""First and past-the-last neuron of a part of a group."""

MOST_CELLS = 10_000
"""Of a matrix that is stored in full; larger ones are stored by their entries that are not zero."""
_LARGE = 100_000
"""Pairs of neurons; of matrices with more, only the last few are kept."""
_AT_ONCE = 1_000_000  # random numbers


def initial_values(given: Sequence[float] | Spread, size: int) -> FloatArray:
    """Return one value for each neuron, shape (size,).

    Examples
    --------
    >>> initial_values(Spread(-60.0, -50.0, seed=1), 2).round(2).tolist()
    [-56.68, -53.88]
    """
    if not isinstance(given, Spread):
        return np.array(given)
    # The second number keeps them apart from random connections of the same seed.
    return np.random.default_rng((given.seed, 1)).uniform(given.low, given.high, size)


def rows_of(weights: Weights, factor: float, n_sources: int, n_targets: int) -> SparseRows:
    """Return a connection matrix as sparse rows.

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
        A cache returns the same object for the same arguments.

    Examples
    --------
    >>> rows = rows_of(Rule("one_to_one", 6.0), 1e-3, 2, 2)
    >>> rows.targets.tolist(), rows.weights.tolist()
    ([0, 1], [0.006, 0.006])
    """
    cached = _large_rows if n_sources * n_targets > _LARGE else _small_rows
    return cached(weights, factor, n_sources, n_targets)


def _rows(weights: Weights, factor: float, n_sources: int, n_targets: int) -> SparseRows:
    if isinstance(weights, Entries):
        return SparseRows.from_entries(
            np.array(weights.sources, dtype=int),
            np.array(weights.targets, dtype=int),
            in_si(np.array(weights.weights), factor),
            n_sources,
        )
    if isinstance(weights, Rule):
        return _rows_of_rule(weights, factor, n_sources, n_targets)
    matrix = np.array(weights)
    sources, targets = np.nonzero(matrix)
    return SparseRows(
        _starts(np.bincount(sources, minlength=n_sources)),
        targets,
        in_si(matrix[sources, targets], factor),
    )


def _rows_of_rule(rule: Rule, factor: float, n_sources: int, n_targets: int) -> SparseRows:
    first, last = span(rule.sources, n_sources)
    start, stop = span(rule.targets, n_targets)
    counts, targets = _pairs(rule.kind, rule.probability, rule.seed, last - first, stop - start)
    counts = np.concatenate([np.zeros(first, int), counts, np.zeros(n_sources - last, int)])
    return SparseRows(
        _starts(counts),
        targets + start if start else targets,
        np.broadcast_to(in_si(rule.weight, factor), len(targets)),
    )


_small_rows = lru_cache(maxsize=128)(_rows)
_large_rows = lru_cache(maxsize=6)(_rows)


def listed(weights: Matrix | Entries) -> Entries:
    """Return the entries that are not zero.

    Examples
    --------
    >>> listed(((6.0, 0.0), (0.0, 3.0)))
    Entries(sources=(0, 1), targets=(0, 1), weights=(6.0, 3.0))
    """
    if isinstance(weights, Entries):
        return weights
    return _entries(
        [(i, j, weight) for i, row in enumerate(weights) for j, weight in enumerate(row) if weight]
    )


def _entries(items: list[tuple[int, int, float]]) -> Entries:
    return Entries(*zip(*items)) if items else Entries((), (), ())


def written(entries: Entries, n_sources: int, n_targets: int) -> Matrix | Entries:
    """Return a matrix of this size, in full if it is small; entries that do not fit are left out.

    Examples
    --------
    >>> written(Entries((0, 5), (1, 5), (6.0, 3.0)), 1, 2)
    ((0.0, 6.0),)
    """
    kept = [
        entry
        for entry in zip(entries.sources, entries.targets, entries.weights)
        if entry[0] < n_sources and entry[1] < n_targets
    ]
    if n_sources * n_targets > MOST_CELLS:
        return _entries(kept)
    matrix = [[0.0] * n_targets for _ in range(n_sources)]
    for source, target, weight in kept:
        matrix[source][target] = weight
    return tuple(map(tuple, matrix))


@lru_cache(maxsize=64)
def connected(weights: Weights, n_sources: int, n_targets: int) -> tuple[Span, Span]:
    """Return the parts of the source and of the target group that a connection reaches.

    A matrix in full reaches the whole groups.
    """
    if isinstance(weights, Rule):
        return span(weights.sources, n_sources), span(weights.targets, n_targets)
    if isinstance(weights, Entries) and weights.weights:
        return (
            (min(weights.sources), max(weights.sources) + 1),
            (min(weights.targets), max(weights.targets) + 1),
        )
    return (0, n_sources), (0, n_targets)


def span(part: tuple[int, ...], size: int) -> Span:
    """Return the ends of a part of a group; an empty part is the whole group."""
    if not part:
        return 0, size
    first, last = part
    return first, last


def _starts(counts: IntArray) -> list[int]:
    return [0, *np.cumsum(counts).tolist()]


@lru_cache(maxsize=6)  # another weight does not change them
def _pairs(
    kind: str, probability: float, seed: int, n_sources: int, n_targets: int
) -> tuple[IntArray, IntArray]:
    """Return the number of targets of each source, and the targets of all sources in order."""
    if kind == "one_to_one":
        return np.ones(n_sources, dtype=int), np.arange(n_sources)
    if kind == "full":
        return np.full(n_sources, n_targets), np.tile(np.arange(n_targets), n_sources)
    rng = np.random.default_rng(seed)
    height = max(1, _AT_ONCE // n_targets)
    counts = []
    targets = []
    for first in range(0, n_sources, height):
        chosen = rng.random((min(height, n_sources - first), n_targets)) < probability
        counts.append(chosen.sum(axis=1))
        targets.append(chosen.nonzero()[1])
    return np.concatenate(counts), np.concatenate(targets)
