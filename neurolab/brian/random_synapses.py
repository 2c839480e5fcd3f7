"""Synapses by rule: which there are, at random, and their values as a function of the neurons' numbers."""

import numpy as np

from ..errors import ParseError, RangeError, UnitsError
from ..units import DIMENSIONLESS, dimension_name, dimension_of, si_quantity, si_value
from .checked_values import arguments_of


def values_by_rule(rule, sources, targets, where):
    """Values of pairs of neurons by a function of their indices (i, j), or of nothing.

    The function is called with i a number and j an array; where that fails, or gives not one value a target, pair by
    pair. So ``lambda i, j: rand()*mV`` draws for each synapse, and ``lambda i, j: 5*mV if i == j else 1*mV`` works.

    Parameters
    ----------
    rule : callable
    sources, targets : ndarray of int
        Parallel arrays; the same source stands side by side.

    Returns
    -------
    quantity or ndarray
        As many as there are pairs.

    Raises
    ------
    UnitsError
        The values differ in dimension, or are no numbers.
    ParseError
        The function needs other arguments.
    """
    needed, taken = arguments_of(rule)
    if needed == 0:
        return _joined([rule() for _ in sources], where)
    if needed > 2 or taken < 2:
        raise ParseError(
            f"the function needs {needed} value{'s' if needed > 1 else ''}",
            where=where,
            expected="a function of (i, j) or of nothing",
        )
    borders = np.flatnonzero(np.diff(sources)) + 1
    values = []
    for i, js in zip(
        sources[np.r_[0, borders]].tolist() if len(sources) else (), np.split(targets, borders)
    ):
        values += _row(rule, i, js)
    return _joined(values, where)


def _row(rule, i, js):
    try:
        row = rule(i, js)
        if np.shape(row) == js.shape:
            return [row]
    except Exception:  # whatever the program's function does with an array, pairs come next
        pass
    return [rule(i, j) for j in js.tolist()]


def _joined(values, where):
    """Numbers, arrays and quantities one after the other; a 0 has no dimension of its own."""
    try:
        plain = [np.asarray(si_value(value), dtype=float) for value in values]
    except (TypeError, ValueError):
        raise UnitsError(
            f"the function gives {values[0]!r:.80}", where=where, expected="numbers or quantities"
        ) from None
    found = {dimension_of(value) for value, numbers in zip(values, plain) if numbers.any()}
    if len(found) > 1:
        raise UnitsError(
            f"the values are in {' and in '.join(sorted(map(dimension_name, found)))}",
            where=where,
            expected="one dimension",
        )
    return si_quantity(
        np.hstack(plain) if plain else np.empty(0), found.pop() if found else DIMENSIONLESS
    )


def random_pairs(probability, n_sources, n_targets, fixed, rng, where):
    """Choose pairs of neurons at random: two parallel arrays, source by source.

    Parameters
    ----------
    probability : float or callable
        Of each pair; a function gets the indices (i, j).
    fixed : bool
        Whether every target has the same number of sources.
    rng : numpy.random.Generator

    Raises
    ------
    RangeError
    """
    if callable(probability):
        rows, columns = (indices.ravel() for indices in np.indices((n_sources, n_targets)))
        chosen = rng.random(len(rows)) < np.asarray(
            values_by_rule(probability, rows, columns, where)
        )
        return rows[chosen], columns[chosen]
    if not isinstance(probability, (int, float, np.number)) or not 0 <= probability <= 1:
        raise RangeError(
            f"the sparseness is {probability}", where=where, expected="a probability from 0 to 1"
        )
    if fixed:
        count = round(probability * n_sources)
        rows = np.concatenate(
            [rng.choice(n_sources, count, replace=False) for _ in range(n_targets)]
        )
        order = np.argsort(rows, kind="stable")
        return rows[order], np.repeat(np.arange(n_targets), count)[order]
    return np.divmod(_random_places(probability, n_sources * n_targets, rng), n_targets)


def _random_places(probability, size, rng):
    """Numbers below `size`, each with this probability, in order: the gaps between them are geometrically distributed."""
    found, reached = [np.empty(0, dtype=int)], -1
    while probability > 0 and reached < size - 1:
        likely = (size - 1 - reached) * probability
        gaps = rng.geometric(probability, int(likely + 4 * likely**0.5) + 16)
        places = reached + np.cumsum(np.minimum(gaps, size))
        found.append(places[places < size])
        reached = int(places[-1])
    return np.concatenate(found)
