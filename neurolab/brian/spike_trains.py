"""Statistics of spike trains: rate, regularity, and how two trains go together."""

import numpy as np

from ..errors import ParseError, RangeError
from ..units import SECOND, Quantity, dimension_of, registry, si_quantity, si_value
from .checked_calls import checked_call
from .clock import seconds

_WIDTH, _BIN = registry.Quantity(20.0, "ms"), registry.Quantity(1.0, "ms")


def _times(train: object, where: str) -> np.ndarray:
    """The times of a train in seconds, in order."""
    try:
        times = np.asarray([float(si_value(time)) for time in np.atleast_1d(si_value(train))])
    except (TypeError, ValueError):
        raise ParseError(
            "the spike train cannot be read",
            where=where,
            expected="the times of one neuron, such as S[0]",
        ) from None
    return np.sort(times)


@checked_call
def firing_rate(spikes: object) -> Quantity | float:
    """Rate of a train: intervals divided by the time from its first to its last spike (hertz).

    Parameters
    ----------
    spikes : quantity
        Times of one neuron, such as ``S[0]``.

    Returns
    -------
    quantity
        Not a number where there are fewer than two spikes.
    """
    times = _times(spikes, "firing_rate")
    return si_quantity(
        (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else np.nan, SECOND**-1
    )


@checked_call
def CV(spikes: object) -> float:
    """Coefficient of variation of the intervals of a train: 0 for a regular train, 1 for a Poisson train."""
    intervals = np.diff(_times(spikes, "CV"))
    return float(np.std(intervals) / np.mean(intervals)) if len(intervals) else np.nan


@checked_call
def vector_strength(spikes: object, period: Quantity) -> float:
    """How well a train is locked to a period: 1 where all spikes have one phase, near 0 where phases are uniform."""
    phases = _times(spikes, "vector_strength") / seconds(
        period, "vector_strength, period", positive=True
    )
    return float(abs(np.mean(np.exp(2j * np.pi * phases)))) if len(phases) else np.nan


@checked_call
def correlogram(
    T1: object,
    T2: object,
    width: Quantity = _WIDTH,
    bin: Quantity = _BIN,
    T: Quantity | None = None,
) -> Quantity | float:
    """Cross-correlogram: how often the second train fires at each lag after the first (hertz).

    Parameters
    ----------
    T1, T2 : quantity
        Times of two neurons.
    width : quantity
        The lags lie between -width and width.
    bin : quantity
    T : quantity, optional
        Duration of the recording; by default from the first to the last spike of both.

    Returns
    -------
    quantity
        One value for each bin; the number of coincidences over the time in which they could be seen.
    """
    first, second = _times(T1, "correlogram"), _times(T2, "correlogram")
    if not len(first) or not len(second):
        return np.nan
    width, bin = (
        seconds(width, "correlogram, width", positive=True),
        seconds(bin, "correlogram, bin", positive=True),
    )
    count = int(np.ceil(width / bin - 1e-9))
    counts, _ = np.histogram(np.subtract.outer(second, first), np.arange(-count, count + 1) * bin)
    nearest = np.r_[np.arange(count)[::-1], np.arange(count)] * bin
    seen = _duration(first, second, T) - nearest
    if (seen <= 0).any():
        raise RangeError(
            f"the width of {width * 1e3:g} ms is longer than the recording",
            where="correlogram",
            expected="a smaller width, or the duration of the recording as T=…",
        )
    return si_quantity(counts / seen, SECOND**-1)


def _duration(first: np.ndarray, second: np.ndarray, given: Quantity | None) -> float:
    if given is not None:
        return seconds(given, "correlogram, T", positive=True)
    return max(first[-1], second[-1]) - min(first[0], second[0])


@checked_call
def autocorrelogram(
    T0: object, width: Quantity = _WIDTH, bin: Quantity = _BIN, T: Quantity | None = None
) -> Quantity | float:
    """`correlogram` of a train with itself."""
    return correlogram(T0, T0, width, bin, T)


@checked_call
def CCF(
    T1: object,
    T2: object,
    width: Quantity = _WIDTH,
    bin: Quantity = _BIN,
    T: Quantity | None = None,
) -> Quantity | float:
    """Cross-correlation function: the correlogram per bin (hertz²)."""
    return correlogram(T1, T2, width, bin, T) / bin


@checked_call
def ACF(
    T0: object, width: Quantity = _WIDTH, bin: Quantity = _BIN, T: Quantity | None = None
) -> Quantity | float:
    """`CCF` of a train with itself."""
    return CCF(T0, T0, width, bin, T)


@checked_call
def CCVF(
    T1: object,
    T2: object,
    width: Quantity = _WIDTH,
    bin: Quantity = _BIN,
    T: Quantity | None = None,
) -> Quantity | float:
    """Cross-covariance function: `CCF` less the product of the rates."""
    return CCF(T1, T2, width, bin, T) - firing_rate(T1) * firing_rate(T2)


@checked_call
def ACVF(
    T0: object, width: Quantity = _WIDTH, bin: Quantity = _BIN, T: Quantity | None = None
) -> Quantity | float:
    """`CCVF` of a train with itself."""
    return CCVF(T0, T0, width, bin, T)


@checked_call
def total_correlation(
    T1: object, T2: object, width: Quantity = _WIDTH, T: Quantity | None = None
) -> float:
    """Integral of `CCVF` over the lags from -width to width, divided by the rate of the first train."""
    first, second = _times(T1, "total_correlation"), _times(T2, "total_correlation")
    if not len(first) or not len(second):
        return np.nan
    reach = seconds(width, "total_correlation, width", positive=True)
    lags = np.subtract.outer(second, first)
    lags = lags[(lags >= -reach) & (lags < reach)]
    coincidences = np.sum(1 / (_duration(first, second, T) - abs(lags)))
    return float(coincidences / float(firing_rate(T1)) - float(firing_rate(T2)) * 2 * reach)


@checked_call
def sort_spikes(spikes: list) -> list:
    """A list of (neuron, time) in the order of time."""
    return sorted(spikes, key=lambda spike: float(si_value(spike[1])))


def have_same_dimensions(first: object, second: object) -> bool:
    """Whether two quantities or numbers have the same dimension."""
    return dimension_of(first) == dimension_of(second)


def is_dimensionless(value: object) -> bool:
    """Whether a value has no unit."""
    return not isinstance(value, Quantity)
