"""Monitors in the script API that count spikes in bins of time, and intervals between spikes."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..array_types import FloatArray, IntArray
from ..engine.recorders import SpikeRecorder
from ..errors import ParseError, RangeError
from ..grid import Steps, time_of
from ..units import SECOND, Quantity, si_quantity, si_value
from .checked_calls import checked_call
from .checked_values import checked_values, joined
from .clock import Clock, seconds, steps_up
from .groups import Group
from .spike_monitors import LACKING_OPTIONS, SpikeMonitor


class PopulationRateMonitor(SpikeMonitor):
    """Firing rate of a group over time.

    Parameters
    ----------
    source : Group
    bin : quantity, optional
        Width of the time bins; one time step by default. A width between two steps is rounded up.

    Attributes
    ----------
    times : quantity, shape (bins,)
        Beginnings of the bins.
    rate : quantity, shape (bins,)
        Mean rate of a neuron in each bin, in hertz. If the run ends within the last bin, its
        spikes so far are divided by its whole width.

    Raises
    ------
    RangeError
        The width of the bins is not positive.

    Examples
    --------
    Two neurons fire once each within 4 ms: 1/(4 ms) each in the first bin, and 0 after it.

    >>> from neurolab import Hz, Network, PopulationRateMonitor, SpikeGeneratorGroup, ms
    >>> G = SpikeGeneratorGroup(2, [(0, 1*ms), (1, 2*ms)])
    >>> M = PopulationRateMonitor(G, bin=4*ms)
    >>> Network(G, M).run(8*ms)
    >>> [round(float(rate/Hz), 3) for rate in M.rate]
    [250.0, 0.0]
    """

    @checked_call(lacking=LACKING_OPTIONS)
    def __init__(self, source: Group, bin: Quantity | None = None) -> None:
        self._bin = (
            seconds(bin, "PopulationRateMonitor, bin", positive=True) if bin is not None else None
        )
        self._past_rates: list[tuple[FloatArray, FloatArray]] = []
        super().__init__(source)

    def prepare(
        self, groups: Mapping[Any, Any], clock: Clock, first: Steps, end: Steps
    ) -> SpikeRecorder:
        """Return the recorder that a run fills."""
        recorder = super().prepare(groups, clock, first, end)
        self._width()  # warns if the bin is not a whole number of steps
        return recorder

    def _keep(self) -> None:
        self._past_rates.append(self._present_rates())
        super()._keep()

    def reinit(self) -> None:
        """Delete what was recorded; the time goes on."""
        super().reinit()
        self._past_rates = []
        if self._recorder:
            self._first = self._recorder.reached

    def bin_steps(self, dt: float) -> int:
        """Return the number of time steps (of `dt` seconds) in a bin."""
        if not self._bin:
            return 1
        return steps_up(self._bin, dt, f"the bin of {self.label}", self)

    def _width(self) -> Steps:
        return self.bin_steps(self._dt)

    def _present_rates(self) -> tuple[FloatArray, FloatArray]:
        """Return beginnings and rates of the bins since the time step was last changed."""
        if self._recorder is None:
            return np.empty(0), np.empty(0)
        width, first = self._width(), self._first
        starts = np.arange(first, self._recorder.reached, width)
        counts = np.bincount((self._present_steps()[1] - first) // width, minlength=len(starts))
        return time_of(starts, self._dt), counts / (width * self._dt * len(self.source))

    @property
    def times(self) -> Quantity:
        """Beginnings of the bins (quantity)."""
        return si_quantity(
            np.concatenate([times for times, _ in (*self._past_rates, self._present_rates())]),
            SECOND,
        )

    @property
    def rate(self) -> Quantity:
        """Mean rate of a neuron in each bin (quantity)."""
        return si_quantity(
            np.concatenate([rate for _, rate in (*self._past_rates, self._present_rates())]),
            SECOND**-1,
        )

    @checked_call
    def smooth_rate(self, width: Quantity, filter: str = "gaussian") -> Quantity:
        """Smooth the rate by a window of this width.

        Parameters
        ----------
        width : quantity
            Standard deviation of the Gaussian, or length of the flat window.
        filter : {'gaussian', 'flat'}
        """
        size = seconds(width, "smooth_rate, width", positive=True)
        if filter not in ("gaussian", "flat"):
            raise ParseError(
                f"'{filter}' is not a window.", where="smooth_rate", mend="Choose gaussian or flat."
            )
        rate = np.asarray(self.rate)
        if not len(rate):
            return self.rate
        bins = size / (self._width() * self._dt)
        if filter == "gaussian":
            reach = np.arange(-int(2 * bins), int(2 * bins) + 1)
            window = np.exp(-((reach / bins) ** 2) / 2)
        else:
            window = np.ones(max(1, int(bins)))
        middle = len(window) // 2
        return si_quantity(
            np.convolve(rate, window / window.sum())[middle : middle + len(rate)], SECOND**-1
        )


class ISIHistogramMonitor(SpikeMonitor):
    """A histogram of the intervals between successive spikes of each neuron.

    Parameters
    ----------
    source : Group
    bins : quantity
        Edges of the bins, rising.

    Attributes
    ----------
    bins : quantity
    count : ndarray of int
        Shape of `bins`: the number of intervals from each edge to the next. The last entry counts
        the intervals beyond the last edge.

    Raises
    ------
    RangeError
        The edges do not rise, or there are fewer than two.

    Examples
    --------
    >>> from neurolab import ISIHistogramMonitor, Network, SpikeGeneratorGroup, ms
    >>> G = SpikeGeneratorGroup(1, [(0, 1*ms), (0, 3*ms), (0, 9*ms)])
    >>> M = ISIHistogramMonitor(G, bins=[0, 5, 10]*ms)
    >>> Network(G, M).run(10*ms)
    >>> M.count.tolist()
    [1, 1, 0]
    """

    @checked_call(lacking=LACKING_OPTIONS)
    def __init__(self, source: Group, bins: object) -> None:
        super().__init__(source)
        edges = joined(bins, self.label)
        self._edges = checked_values(
            edges, SECOND, np.shape(si_value(edges)), f"{self.label}, bins"
        )
        if self._edges.ndim != 1 or len(self._edges) < 2 or (np.diff(self._edges) <= 0).any():
            raise RangeError(
                "The edges of the bins do not ascend.",
                where=self.label,
                mend="Give two or more edges, such as [0, 5, 10]*ms.",
            )

    @property
    def bins(self) -> Quantity:
        """Edges of the bins (quantity)."""
        return si_quantity(self._edges, SECOND)

    @property
    def count(self) -> IntArray:
        """Number of intervals in each bin."""
        neurons, times = self.arrays()
        intervals = np.concatenate(
            [np.diff(times[neurons == neuron]) for neuron in np.unique(neurons)] or [np.empty(0)]
        )
        # An interval of a whole number of steps counts as on its edge.
        tolerance = 1e-9 * self._edges[-1]
        places = np.digitize(intervals + tolerance, self._edges) - 1
        return np.bincount(places[places >= 0], minlength=len(self._edges))
