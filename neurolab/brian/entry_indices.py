"""Indices of a connection's entries."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..array_types import IntArray


def pairs(sources: ArrayLike, targets: ArrayLike) -> tuple[IntArray, IntArray]:
    """Return every source index with every target index, as two parallel arrays.

    Examples
    --------
    >>> [indices.tolist() for indices in pairs([0, 1], [5, 6])]
    [[0, 0, 1, 1], [5, 6, 5, 6]]
    """
    rows, columns = np.broadcast_arrays(np.reshape(sources, (-1, 1)), np.reshape(targets, (1, -1)))
    return rows.ravel(), columns.ravel()


def spoken(index: Any) -> str:
    """Return an index as it was written between the brackets, for messages.

    Examples
    --------
    >>> spoken((slice(None), slice(1, 3)))
    ':, 1:3'
    """
    if isinstance(index, tuple):
        return ", ".join(map(spoken, index))
    if isinstance(index, slice):
        ends = ["" if end is None else str(end) for end in (index.start, index.stop, index.step)]
        return ":".join(ends if ends[2] else ends[:2])
    return str(index)
