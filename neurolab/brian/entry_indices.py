"""Indices of a connection's entries."""

import numpy as np


def pairs(sources, targets):
    """Every source index with every target index, as two parallel arrays."""
    rows, columns = np.broadcast_arrays(np.reshape(sources, (-1, 1)), np.reshape(targets, (1, -1)))
    return rows.ravel(), columns.ravel()


def spoken(index):
    """An index as it was written between the brackets, for messages."""
    if isinstance(index, tuple):
        return ", ".join(map(spoken, index))
    if isinstance(index, slice):
        ends = ["" if end is None else str(end) for end in (index.start, index.stop, index.step)]
        return ":".join(ends if ends[2] else ends[:2])
    return str(index)
