"""Which synapses an assignment such as ``S[:, :] = 'i != j'`` makes."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...array_types import IntArray
from ...errors import ArgumentError, RangeError, UnitsError
from ...units import DIMENSIONLESS, dimension_name
from .. import magic
from .indices import Neurons, all_pairs
from .texts import Text

_PAIRS_AT_ONCE = 1_000_000

Pairs = tuple[IntArray, IntArray]
"""Source and target neuron of each synapse."""


def made_pairs(value: Any, sources: Neurons, targets: Neurons, label: str) -> Pairs:
    """Return the synapses that a value makes between some neurons, by source.

    Parameters
    ----------
    value : bool, int, float or str
        True: one for each pair; a whole number: as many; a number with a point: a probability; a
        text: a condition on i and j, or how many.
    sources, targets : Neurons
    label : str
        For messages.

    Raises
    ------
    RangeError, ArgumentError, UnitsError, ParseError
        The value does not say how many synapses there are.
    """
    if isinstance(value, (bool, np.bool_)):
        return _several(int(value), sources, targets, label)
    if isinstance(value, (int, np.integer)):
        return _several(int(value), sources, targets, label)
    if isinstance(value, (float, np.floating)):
        return random_pairs(float(value), sources.numbers, targets.numbers, label)
    if isinstance(value, str):
        return _pairs_of_text(value, sources, targets, label)
    raise ArgumentError(
        f"Synapses cannot be made by a {type(value).__name__}.",
        where=label,
        mend="Give True, a number of synapses, a probability or a condition as text.",
    )


def _several(count: int, sources: Neurons, targets: Neurons, label: str) -> Pairs:
    if count < 1:
        raise RangeError(
            f"{count} synapses were asked for, and synapses cannot be taken away.",
            where=label,
            mend="Give True, or 1 or more synapses for each pair. A probability is written with a "
            "point, as in 0.0.",
        )
    pre, post = all_pairs(sources.numbers, targets.numbers)
    return np.tile(pre, count), np.tile(post, count)


def random_pairs(probability: float, sources: IntArray, targets: IntArray, label: str) -> Pairs:
    """Return pairs that are drawn, each with a probability."""
    if not 0 <= probability <= 1:
        raise RangeError(
            f"The probability is {probability:g}.",
            where=label,
            mend="Give a number from 0.0 to 1.0. A number of synapses is written without a point.",
        )
    parts = []
    for pre, post in _parts(sources, targets):
        chosen = magic.generator.random(len(pre)) < probability
        parts.append((pre[chosen], post[chosen]))
    return _joined(parts)


def _pairs_of_text(text: str, sources: Neurons, targets: Neurons, label: str) -> Pairs:
    if text.strip() == "True":
        return all_pairs(sources.numbers, targets.numbers)
    where = f"{label}[…] = {text!r}"
    parts = []
    for pre, post in _parts(sources.numbers, targets.numbers):
        known: dict[str, Any] = {"i": pre - sources.first, "j": post - targets.first}
        known["n"] = len(targets.numbers)
        formula = Text(text, known, {}, len(pre), where)
        if formula.dimension != DIMENSIONLESS:
            raise UnitsError(
                f"The condition is in {dimension_name(formula.dimension)}.",
                where=where,
                mend="Give a condition such as i == j.",
            )
        counts = formula.values()
        if counts.dtype != bool and ((counts < 0) | (counts != np.floor(counts))).any():
            raise RangeError(
                "The text is neither a condition nor a whole number of synapses.",
                where=where,
                mend="For a probability, write rand() < 0.1.",
            )
        counts = counts.astype(int)
        parts.append((np.repeat(pre, counts), np.repeat(post, counts)))
    return _joined(parts)


def _parts(sources: IntArray, targets: IntArray) -> Iterator[Pairs]:
    """Yield all pairs, by source, in parts that fit into memory."""
    width = max(1, _PAIRS_AT_ONCE // max(1, len(targets)))
    for start in range(0, len(sources), width):
        yield all_pairs(sources[start : start + width], targets)


def _joined(parts: list[Pairs]) -> Pairs:
    if not parts:
        return np.empty(0, dtype=int), np.empty(0, dtype=int)
    return np.concatenate([pre for pre, _ in parts]), np.concatenate([post for _, post in parts])
