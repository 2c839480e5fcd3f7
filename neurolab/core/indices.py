"""Indices of a connection's entries."""

import numpy as np


def pairs(sources, targets):
    """Every source index with every target index, as two parallel arrays."""
    rows, columns = np.broadcast_arrays(np.reshape(sources, (-1, 1)), np.reshape(targets, (1, -1)))
    return rows.ravel(), columns.ravel()


def spoken(index):
    """An index as it was written between the brackets, for messages."""
    return ", ".join(str(part) for part in index) if isinstance(index, tuple) else str(index)
