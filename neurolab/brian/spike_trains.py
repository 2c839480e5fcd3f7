"""Statistics of spike trains: rate, regularity, and correlations."""

from typing import Any

import numpy as np

from ..array_types import FloatArray
from ..errors import ParseError, RangeError
from ..units import SECOND, Quantity, dimension_of, registry, si_quantity, si_value
from .checked_calls import checked_call
from .clock import seconds

_WIDTH, _BIN = registry.Quantity(20.0, "ms"), registry.Quantity(1.0, "ms")


def _times(train: object, where: str) -> FloatArray:
    """Return the times of a train in seconds, in order."""
    try:
        times = np.asarray([float(si_value(time)) for time in np.atleast_1d(si_value(train))])
    except (TypeError, ValueError):
        raise ParseError(
            "The spike train cannot be read.",
            where=where,
            mend="Give the times of one neuron, such as S[0].",
        ) from None
    return np.sort(times)


@checked_call
def firing_rate(spikes: object) -> Quantity | float:
    """Compute the rate of a train: intervals divided by the time from first to last spike (hertz).

    Parameters
    ----------
    spikes : quantity
        Times of one neuron, such as ``S[0]``.

    Returns
    -------
    quantity
        Not a number if there are fewer than two spikes.

    Examples
    --------
    >>> from neurolab import Hz, firing_rate, ms
    >>> print(round(firing_rate([0, 10, 20]*ms)/Hz, 6))
    100.0
    """
    times = _times(spikes, "firing_rate")
    return si_quantity(
        (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else np.nan, SECOND**-1
    )


@checked_call
def CV(spikes: object) -> float:
    """Compute the coefficient of variation of a train's intervals.

    It is 0 for a regular train and 1 for a Poisson train.

    Examples
    --------
    >>> from neurolab import CV, ms
    >>> CV([1, 2, 4]*ms)  # intervals 1 and 2 ms: standard deviation 0.5, mean 1.5
    0.3333333333333333
    """
    intervals = np.diff(_times(spikes, "CV"))
    return float(np.std(intervals) / np.mean(intervals)) if len(intervals) else np.nan


@checked_call
def vector_strength(spikes: object, period: Quantity) -> float:
    """Compute how well a train is locked to a period.

    It is 1 if all spikes have the same phase, and near 0 if the phases are uniform.

    Examples
    --------
    >>> from neurolab import ms, vector_strength
    >>> round(vector_strength([1, 11, 21]*ms, 10*ms), 6)
    1.0
    """
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
    """Compute the cross-correlogram: the rate of the second train at each lag after the first.

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
        In hertz, one value for each bin: the number of coincidences divided by the time in which
        they could occur.
    """
    first, second = _times(T1, "correlogram"), _times(T2, "correlogram")
    if not len(first) or not len(second):
        return np.nan
    reach = seconds(width, "correlogram, width", positive=True)
    step = seconds(bin, "correlogram, bin", positive=True)
    count = int(np.ceil(reach / step - 1e-9))
    counts, _ = np.histogram(np.subtract.outer(second, first), np.arange(-count, count + 1) * step)
    nearest = np.r_[np.arange(count)[::-1], np.arange(count)] * step
    seen = _duration(first, second, T) - nearest
    if (seen <= 0).any():
        raise RangeError(
            f"The width of {reach * 1e3:g} ms is longer than the recording.",
            where="correlogram",
            mend="Choose a smaller width, or give the duration of the recording as T=….",
        )
    return si_quantity(counts / seen, SECOND**-1)


def _duration(first: FloatArray, second: FloatArray, given: Quantity | None) -> float:
    if given is not None:
        return seconds(given, "correlogram, T", positive=True)
    return max(first[-1], second[-1]) - min(first[0], second[0])


@checked_call
def autocorrelogram(
    T0: object, width: Quantity = _WIDTH, bin: Quantity = _BIN, T: Quantity | None = None
) -> Quantity | float:
    """Compute the `correlogram` of a train with itself."""
    return correlogram(T0, T0, width, bin, T)


@checked_call
def CCF(
    T1: object,
    T2: object,
    width: Quantity = _WIDTH,
    bin: Quantity = _BIN,
    T: Quantity | None = None,
) -> Quantity | float:
    """Compute the cross-correlation function: the correlogram per bin (hertz²)."""
    return correlogram(T1, T2, width, bin, T) / bin


@checked_call
def ACF(
    T0: object, width: Quantity = _WIDTH, bin: Quantity = _BIN, T: Quantity | None = None
) -> Quantity | float:
    """Compute the `CCF` of a train with itself."""
    return CCF(T0, T0, width, bin, T)


@checked_call
def CCVF(
    T1: object,
    T2: object,
    width: Quantity = _WIDTH,
    bin: Quantity = _BIN,
    T: Quantity | None = None,
) -> Quantity | float:
    """Compute the cross-covariance function: `CCF` minus the product of the rates."""
    return CCF(T1, T2, width, bin, T) - firing_rate(T1) * firing_rate(T2)


@checked_call
def ACVF(
    T0: object, width: Quantity = _WIDTH, bin: Quantity = _BIN, T: Quantity | None = None
) -> Quantity | float:
    """Compute the `CCVF` of a train with itself."""
    return CCVF(T0, T0, width, bin, T)


@checked_call
def total_correlation(
    T1: object, T2: object, width: Quantity = _WIDTH, T: Quantity | None = None
) -> float:
    """Integrate `CCVF` over lags from -width to width, over the rate of the first train."""
    first, second = _times(T1, "total_correlation"), _times(T2, "total_correlation")
    if not len(first) or not len(second):
        return np.nan
    reach = seconds(width, "total_correlation, width", positive=True)
    lags = np.subtract.outer(second, first)
    lags = lags[(lags >= -reach) & (lags < reach)]
    coincidences = np.sum(1 / (_duration(first, second, T) - abs(lags)))
    return float(coincidences / float(firing_rate(T1)) - float(firing_rate(T2)) * 2 * reach)


@checked_call
def sort_spikes(spikes: list[Any]) -> list[Any]:
    """Return a list of (neuron, time) in the order of time.

    Examples
    --------
    >>> from neurolab import sort_spikes
    >>> sort_spikes([(0, 0.2), (1, 0.1)])
    [(1, 0.1), (0, 0.2)]
    """
    return sorted(spikes, key=lambda spike: float(si_value(spike[1])))


def have_same_dimensions(first: object, second: object) -> bool:
    """Return whether two quantities or numbers have the same dimension."""
    return dimension_of(first) == dimension_of(second)


def is_dimensionless(value: object) -> bool:
    """Return whether a value has no unit."""
    return not isinstance(value, Quantity)
