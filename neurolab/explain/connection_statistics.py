"""Statistics of a connection: number and weights of synapses, synapses a neuron."""

from typing import NamedTuple

import numpy as np

from ..array_types import AnyArray, FloatArray, IntArray
from ..engine.projection import SparseRows

_BINS = 24


class Statistics(NamedTuple):
    """Statistics of a connection matrix; weights in their own unit."""

    synapses: int
    probability: float
    """Share of the pairs of neurons that are connected."""
    weight_mean: float
    weight_spread: float
    """Standard deviation."""
    sent: IntArray
    """Synapses that each source neuron has."""
    received: IntArray
    """Synapses that each target neuron has."""
    weights: FloatArray


def statistics(
    rows: SparseRows, factor: float, sources: tuple[int, int], targets: tuple[int, int]
) -> Statistics:
    """Compute the statistics of a connection.

    Parameters
    ----------
    rows : SparseRows
    factor : float
        Size of the unit of the weights in SI units.
    sources, targets : (int, int)
        First and past-the-last neuron of the part that it connects.
    """
    weights = rows.weights / factor
    sent = np.diff(rows.starts)[slice(*sources)]
    received = np.bincount(rows.targets, minlength=targets[1])[slice(*targets)]
    mean = float(weights.mean()) if len(weights) else 0.0
    spread = float(weights.std()) if len(weights) and weights.min() < weights.max() else 0.0
    return Statistics(
        len(weights),
        len(weights) / (len(sent) * len(received)),
        mean,
        spread,
        sent,
        received,
        weights,
    )


def histogram(values: AnyArray) -> IntArray:
    """Count values in about two dozen bins from the least to the largest.

    Bins of whole numbers are equally wide in whole numbers.

    Examples
    --------
    >>> import numpy as np
    >>> histogram(np.array([2, 3, 3, 5])).tolist()
    [1, 2, 0, 1]
    """
    low, high = float(values.min()), float(values.max())
    if values.dtype.kind in "iu":
        width = int(np.ceil((high - low + 1) / _BINS))
        bins = int(np.ceil((high - low + 1) / width))
        low, high = low - 0.5, low - 0.5 + width * bins
    else:
        bins, room = _BINS, (high - low) or abs(low) or 1.0
        low, high = (low, high) if high > low else (low - room / 2, high + room / 2)
    return np.histogram(values, bins=bins, range=(low, high))[0]
