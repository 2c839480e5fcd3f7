"""Indices of synapses: by number, or by the neurons that they join."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from ...array_types import BoolArray, IntArray
from ...errors import OutOfRangeError
from ...units import whole_index
from ..entry_indices import spoken
from ..groups import Group

if TYPE_CHECKING:
    from .synapses import Synapses


class Neurons:
    """The neurons that one index names.

    Attributes
    ----------
    numbers : ndarray of int
        Within the part to which the synapses belong.
    first : int
        The first one of a subgroup, from which texts count; else 0.
    is_one : bool
        Whether the index is a single number.
    """

    def __init__(self, index: Any, end: Group, role: str, where: str) -> None:
        self.first = 0
        self.is_one = False
        size = len(end)
        if isinstance(index, Group):
            first, last = index.span
            own_first, own_last = end.span
            if index.whole is not end.whole or first < own_first or last > own_last:
                raise OutOfRangeError(
                    f"{index.label} is not part of {end.label}.",
                    where=where,
                    mend=f"Give a part of the {role}.",
                )
            self.first = first - own_first
            self.numbers: IntArray = np.arange(self.first, last - own_first)
            return
        try:
            numbers = np.arange(size)[_plain(index)]
        except (IndexError, TypeError, ValueError):
            raise OutOfRangeError(
                f"[{spoken(index)}] names no {role} neurons.",
                where=where,
                mend=f"There are {role} neurons between 0 and {size - 1}. The first index is the "
                "source, the second the target.",
            ) from None
        self.is_one = np.ndim(numbers) == 0
        self.numbers = np.atleast_1d(numbers)


def pair_of(index: Any, synapses: "Synapses") -> tuple[Neurons, Neurons]:
    """Return the source and target neurons that ``S[index]`` names."""
    if not isinstance(index, tuple) or len(index) != 2:
        raise OutOfRangeError(
            f"[{spoken(index)}] is not a pair.",
            where=synapses.label,
            mend="Give two indices, as in S[sources, targets].",
        )
    return (
        Neurons(index[0], synapses.source, "source", synapses.label),
        Neurons(index[1], synapses.target, "target", synapses.label),
    )


def chosen_synapses(index: Any, synapses: "Synapses") -> tuple[IntArray, bool]:
    """Return the synapses that ``S.w[index]`` names, and whether it names one by its number.

    Synapses of all pairs come by target, then by source; all others in ascending order.
    """
    if isinstance(index, tuple) and len(index) == 3:
        of_pair, _ = chosen_synapses(index[:2], synapses)
        return _by_number(index[2], of_pair, synapses)
    if not isinstance(index, tuple):
        return _by_number(index, np.arange(len(synapses)), synapses)
    sources, targets = pair_of(index, synapses)
    pre, post = synapses.presynaptic, synapses.postsynaptic
    held: BoolArray = np.isin(pre, sources.numbers) & np.isin(post, targets.numbers)
    found = np.flatnonzero(held)
    if not sources.is_one and not targets.is_one:
        found = found[np.lexsort((found, pre[found], post[found]))]
    return found, False


def _by_number(index: Any, among: IntArray, synapses: "Synapses") -> tuple[IntArray, bool]:
    try:
        chosen = among[_plain(index)]
    except (IndexError, TypeError, ValueError):
        raise OutOfRangeError(
            f"[{spoken(index)}] names no synapse.",
            where=synapses.label,
            mend=f"Give a number between 0 and {len(among) - 1}."
            if len(among)
            else "Make synapses first, such as S[:, :] = True.",
        ) from None
    return np.atleast_1d(chosen), np.ndim(chosen) == 0


def _plain(index: Any) -> Any:
    """Return an index of whole numbers for numpy."""
    return whole_index(index)


def all_pairs(sources: ArrayLike, targets: ArrayLike) -> tuple[IntArray, IntArray]:
    """Return each source with each target, by source.

    Examples
    --------
    >>> [numbers.tolist() for numbers in all_pairs([0, 1], [5, 6])]
    [[0, 0, 1, 1], [5, 6, 5, 6]]
    """
    return np.repeat(sources, np.size(targets)), np.tile(targets, np.size(sources))
