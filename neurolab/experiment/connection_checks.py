"""Checks of one connection: its state variable, delay and weights, and how many synapses it has."""

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..errors import LimitError, NeurolabError, RangeError, ShapeError, UnknownNameError
from .expansion import span
from .experiment import Entries, Matrix, Rule, Synapses
from .group_checks import check_seed, check_time
from .limits import MAX_PAIRS, MAX_SYNAPSES, MAX_SYNAPSES_TOGETHER


class Size(NamedTuple):
    """The size of a connection.

    Attributes
    ----------
    synapses : float
        Number of synapses, about.
    pairs : int
        Number of pairs of neurons that are drawn at random.
    """

    synapses: float
    pairs: int = 0


def check_sum(sizes: Iterable[Size]) -> None:
    """Check the size of all connections together."""
    sizes = list(sizes)
    for name, most, count in (
        ("synapses", MAX_SYNAPSES_TOGETHER, sum(size.synapses for size in sizes)),
        ("pairs of neurons to draw from", MAX_PAIRS, sum(size.pairs for size in sizes)),
    ):
        if count > most:
            raise LimitError(
                f"The connections have about {count:,.0f} {name} together. "
                f"At most {most:,} are allowed.",
                mend="Choose smaller probabilities, or fewer neurons.",
            )


@lru_cache(maxsize=256)
def check_connection(
    connection: Synapses, n_sources: int, n_targets: int, states: tuple[str, ...]
) -> Size:
    """Check a connection between groups of these sizes.

    Parameters
    ----------
    connection : Synapses
    n_sources, n_targets : int
    states : tuple of str
        The state variables of the target group.

    Returns
    -------
    Size

    Raises
    ------
    NeurolabError
        It cannot be simulated.
    """
    if connection.state not in states:
        raise UnknownNameError(
            f"{connection.name} adds to {connection.state}, which the equations do not define.",
            mend=f"Keep an equation for {connection.state}, or choose another target variable: "
            f"{' or '.join(states)}.",
        )
    check_time(f"The delay of {connection.name}", connection.delay)
    weights = connection.weights
    if isinstance(weights, Rule):
        return _check_rule(connection.name, weights, n_sources, n_targets)
    if isinstance(weights, Entries):
        return _check_entries(connection.name, weights, n_sources, n_targets)
    return _check_matrix(connection.name, weights, n_sources, n_targets)


def _check_matrix(name: str, matrix: Matrix, n_sources: int, n_targets: int) -> Size:
    if len(matrix) != n_sources or any(len(row) != n_targets for row in matrix):
        shape = len(matrix), len(matrix[0]) if matrix else 0
        raise ShapeError(
            f"The weights of {name} have shape {shape}.",
            mend=f"The shape must be {(n_sources, n_targets)} = (source, target).",
        )
    for i, row in enumerate(matrix):
        for j, weight in enumerate(row):
            if not math.isfinite(weight):
                raise RangeError(f"{name}[{i}, {j}] is not a finite number.")
    return Size(n_sources * n_targets)


def _check_rule(name: str, rule: Rule, n_sources: int, n_targets: int) -> Size:
    if rule.kind not in ("full", "one_to_one", "random"):
        raise NeurolabError(
            f"{name} has the rule '{rule.kind:.60}'.",
            mend="Choose full, one_to_one or random.",
        )
    if not math.isfinite(rule.weight):
        raise RangeError(f"The weight of {name} is not a finite number.")
    if not 0 <= rule.probability <= 1:
        raise RangeError(
            f"The probability of {name} is {rule.probability:g}.", mend="It must be from 0 to 1."
        )
    check_seed(rule.seed)
    rows = _part_size(name, "source", rule.sources, n_sources)
    columns = _part_size(name, "target", rule.targets, n_targets)
    if rule.kind == "one_to_one" and rows != columns:
        raise ShapeError(
            f"{name} pairs {rows} source neurons with {columns} target neurons.",
            mend="One-to-one connections need as many sources as targets.",
        )
    pairs = rows if rule.kind == "one_to_one" else rows * columns
    size = Size(pairs * rule.probability, pairs) if rule.kind == "random" else Size(pairs)
    _check_count(name, size.synapses)
    return size


def _part_size(name: str, role: str, part: tuple[int, ...], size: int) -> int:
    """Return how many neurons of a group a rule connects."""
    first, last = span(part, size) if len(part) in (0, 2) else (0, 0)
    if not 0 <= first < last <= size:
        raise RangeError(
            f"The {role} neurons of {name} are {part}.",
            mend=f"Give the first and the past-the-last of {size} neurons.",
        )
    return last - first


def _check_entries(name: str, entries: Entries, n_sources: int, n_targets: int) -> Size:
    count = len(entries.weights)
    if len(entries.sources) != count or len(entries.targets) != count:
        raise ShapeError(
            f"{name} has {len(entries.sources)} sources, {len(entries.targets)} targets "
            f"and {count} weights.",
            mend="Give as many of each.",
        )
    _check_count(name, count)
    for role, neurons, size in (
        ("source", entries.sources, n_sources),
        ("target", entries.targets, n_targets),
    ):
        if count and not 0 <= min(neurons) <= max(neurons) < size:
            raise RangeError(
                f"{name} has a {role} neuron that does not exist.",
                mend=f"Neurons have the numbers 0 to {size - 1}.",
            )
    if not np.isfinite(entries.weights).all():
        raise RangeError(f"A weight of {name} is not a finite number.")
    return Size(count)


def _check_count(name: str, count: float) -> None:
    if count > MAX_SYNAPSES:
        raise LimitError(
            f"{name} has about {count:,.0f} synapses. At most {MAX_SYNAPSES:,} are allowed.",
            mend="Choose a smaller probability, or fewer neurons.",
        )
