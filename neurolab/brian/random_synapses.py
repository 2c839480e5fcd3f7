"""Synapses by rule: random pairs of neurons, and values as a function of their indices."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ..array_types import IntArray
from ..errors import ParseError, RangeError, UnitsError
from ..units import DIMENSIONLESS, dimension_name, dimension_of, si_quantity, si_value
from .checked_values import arguments_of


def values_by_rule(
    rule: Callable[..., Any], sources: IntArray, targets: IntArray, where: str
) -> Any:
    """Compute values of pairs of neurons by a function of their indices (i, j), or of nothing.

    The function is called with i a number and j an array. If that fails or does not give one value
    for each target, it is called pair by pair. So ``lambda i, j: rand()*mV`` draws a number for
    each synapse, and ``lambda i, j: 5*mV if i == j else 1*mV`` works.

    Parameters
    ----------
    rule : callable
    sources, targets : ndarray of int
        Parallel arrays; the pairs of one source are adjacent.

    Returns
    -------
    quantity or ndarray, shape (pairs,)

    Raises
    ------
    UnitsError
        The values differ in dimension, or are not numbers.
    ParseError
        The function needs other arguments.

    Examples
    --------
    >>> rule = lambda i, j: 10*i + j
    >>> values_by_rule(rule, np.array([0, 0, 1]), np.array([0, 1, 0]), "weights").tolist()
    [0.0, 1.0, 10.0]
    """
    needed, taken = arguments_of(rule)
    if needed == 0:
        return _joined([rule() for _ in sources], where)
    if needed > 2 or taken < 2:
        raise ParseError(
            f"The function needs {needed} value{'s' if needed > 1 else ''}.",
            where=where,
            mend="Give a function of (i, j), or of nothing.",
        )
    borders = np.flatnonzero(np.diff(sources)) + 1
    values = []
    for i, js in zip(
        sources[np.r_[0, borders]].tolist() if len(sources) else (), np.split(targets, borders)
    ):
        values += _row(rule, i, js)
    return _joined(values, where)


def _row(rule: Callable[..., Any], i: int, js: IntArray) -> list[Any]:
    try:
        row = rule(i, js)
        if np.shape(row) == js.shape:
            return [row]
    except Exception:  # a function that cannot take an array is called pair by pair
        pass
    return [rule(i, j) for j in js.tolist()]


def _joined(values: list[Any], where: str) -> Any:
    """Concatenate numbers, arrays and quantities; a 0 has no dimension of its own."""
    try:
        plain = [np.asarray(si_value(value), dtype=float) for value in values]
    except (TypeError, ValueError):
        raise UnitsError(
            f"The function returns {values[0]!r:.80}.",
            where=where,
            mend="It must return numbers or quantities.",
        ) from None
    found = {dimension_of(value) for value, numbers in zip(values, plain) if numbers.any()}
    if len(found) > 1:
        raise UnitsError(
            f"The values are in {' and in '.join(sorted(map(dimension_name, found)))}.",
            where=where,
            mend="All must have the same dimension.",
        )
    return si_quantity(
        np.hstack(plain) if plain else np.empty(0), found.pop() if found else DIMENSIONLESS
    )


def random_pairs(
    probability: object,
    n_sources: int,
    n_targets: int,
    fixed: bool,
    rng: np.random.Generator,
    where: str,
) -> tuple[IntArray, IntArray]:
    """Choose pairs of neurons at random.

    Parameters
    ----------
    probability : float or callable
        Of each pair; a function gets the indices (i, j).
    fixed : bool
        Whether every target has the same number of sources.
    rng : numpy.random.Generator

    Returns
    -------
    sources, targets : ndarray of int
        Parallel arrays, in the order of the sources.

    Raises
    ------
    RangeError
        The probability is not between 0 and 1.
    """
    if callable(probability):
        rows, columns = (indices.ravel() for indices in np.indices((n_sources, n_targets)))
        chosen = rng.random(len(rows)) < np.asarray(
            values_by_rule(probability, rows, columns, where)
        )
        return rows[chosen], columns[chosen]
    if not isinstance(probability, (int, float, np.number)) or not 0 <= probability <= 1:
        raise RangeError(
            f"The sparseness is {probability}.",
            where=where,
            mend="It must be a probability from 0 to 1.",
        )
    if fixed:
        count = round(probability * n_sources)
        rows = np.concatenate(
            [rng.choice(n_sources, count, replace=False) for _ in range(n_targets)]
        )
        order = np.argsort(rows, kind="stable")
        return rows[order], np.repeat(np.arange(n_targets), count)[order]
    return np.divmod(_random_places(float(probability), n_sources * n_targets, rng), n_targets)


def _random_places(probability: float, size: int, rng: np.random.Generator) -> IntArray:
    """Draw numbers below `size`, each with this probability, in order.

    The gaps between them are geometrically distributed.
    """
    found, reached = [np.empty(0, dtype=int)], -1
    while probability > 0 and reached < size - 1:
        likely = (size - 1 - reached) * probability
        gaps = rng.geometric(probability, int(likely + 4 * likely**0.5) + 16)
        places = reached + np.cumsum(np.minimum(gaps, size))
        found.append(places[places < size])
        reached = int(places[-1])
    return np.concatenate(found)
