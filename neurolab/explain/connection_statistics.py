"""What a connection looks like from afar: how many synapses, how strong, how many a neuron sends and receives."""

from typing import NamedTuple

import numpy as np

_BINS = 24


class Statistics(NamedTuple):
    """Of a connection matrix; weights in their own unit."""

    synapses: int
    probability: float
    """Share of the pairs of neurons that are connected."""
    weight_mean: float
    weight_spread: float
    """Standard deviation."""
    sent: np.ndarray
    """Synapses that each source neuron has."""
    received: np.ndarray
    """Synapses that each target neuron has."""
    weights: np.ndarray


def statistics(rows, factor, sources, targets):
    """Statistics of a connection.

    Parameters
    ----------
    rows : SparseRows
    factor : float
        From the unit of the weights to SI.
    sources, targets : (int, int)
        First and past-the-last neuron of those that it connects.
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


def histogram(values):
    """Counts of values in about two dozen bins from the least to the largest; of whole numbers, each bin holds as many."""
    low, high = float(values.min()), float(values.max())
    if values.dtype.kind in "iu":
        width = int(np.ceil((high - low + 1) / _BINS))
        bins = int(np.ceil((high - low + 1) / width))
        low, high = low - 0.5, low - 0.5 + width * bins
    else:
        bins, room = _BINS, (high - low) or abs(low) or 1.0
        low, high = (low, high) if high > low else (low - room / 2, high + room / 2)
    return np.histogram(values, bins=bins, range=(low, high))[0]
