"""Monitors of spikes in the script API."""

import numpy as np

from ..engine.recorders import SpikeRecorder
from ..errors import ArgumentError, NotReadyError, OutOfRangeError, ParseError, RangeError
from ..grid import time_of
from ..units import SECOND, si_quantity, si_value, whole_index
from .checked_calls import checked_call
from .checked_values import checked_values, joined
from .clock import seconds, steps_up
from .groups import Group
from .state_monitors import Monitor

_LACKING = {
    "delay": "Add it to the recorded times: [(i, t + delay) for i, t in S.spikes].",
    "function": "Look at the spikes after the run: for i, t in S.spikes: …",
}


class SpikeMonitor(Monitor):
    """Spikes of a group during a run.

    Parameters
    ----------
    source : Group
        A group or a part of one; neurons count from its first one.
    record : bool
        False counts the spikes only (`nspikes`).

    Attributes
    ----------
    nspikes : int
        Number of spikes of all neurons.
    spikes : list of (neuron, time)
        In order of time; the times are quantities.
    spiketimes : dict
        Neuron → times of its spikes (quantity).

    Raises
    ------
    ArgumentError
        The source is not a group, or `record` is not a truth value.

    Examples
    --------
    >>> from neurolab import Network, SpikeGeneratorGroup, SpikeMonitor, ms
    >>> G = SpikeGeneratorGroup(2, [(0, 1*ms), (1, 2*ms), (0, 4*ms)])
    >>> M = SpikeMonitor(G)
    >>> Network(G, M).run(5*ms)
    >>> M.nspikes
    3
    >>> [round(float(time/ms), 3) for time in M[0]]
    [1.0, 4.0]
    """

    @checked_call(lacking=_LACKING)
    def __init__(self, source, record=True):
        if not isinstance(source, Group):
            raise ArgumentError(
                f"the source is a {type(source).__name__}",
                where=type(self).__name__,
                expected="a group of neurons",
            )
        if not isinstance(record, (bool, np.bool_)):
            raise ArgumentError(
                f"record is {record!r:.60}",
                where=type(self).__name__,
                expected="True or False",
                mend="To see some neurons only, monitor a part of the group: SpikeMonitor(G[0:10]).",
            )
        self.source, self._listed = source, bool(record)
        self._recorder, self._dt, self._past = None, None, []
        self._first = self._end = 0
        source.whole.attach_object(self)
        self._made = True

    @property
    def label(self):
        """Kind and source, for messages."""
        return f"{type(self).__name__}({self.source.label})"

    when = None
    """Spikes are recorded when they are delivered, before any reset."""

    def prepare(self, groups, clock, first, end):
        """The recorder that a run fills."""
        if self._recorder is None or (self._end, self._dt) != (first, clock._dt):
            self._keep()
            self._recorder, self._dt = SpikeRecorder(None, first), clock._dt
            self._first = first
        self.follow(groups)
        return self._recorder

    def _keep(self):
        """Put aside what was recorded with the present time step."""
        self._past.append(self._present())

    def follow(self, groups):
        """Look at the group that a run now uses."""
        self._recorder.group = groups[self.source.whole]

    def finish(self, end):
        """A run is over: all steps before `end` are done."""
        self._end = end

    def _present(self):
        """Neurons and times of the spikes since the time step was last changed."""
        if self._recorder is None:
            return np.empty(0, dtype=int), np.empty(0)
        neurons, steps = self._present_steps()
        return neurons, time_of(steps, self._dt)

    def _present_steps(self):
        """The same, with steps in place of times."""
        steps, neurons = self._recorder.spikes()
        first, last = self.source.span
        own = (neurons >= first) & (neurons < last)
        return neurons[own] - first, steps[own]

    def arrays(self):
        """Neurons and times (in seconds) of all spikes, as two parallel arrays."""
        neurons, times = zip(*self._past, self._present())
        return np.concatenate(neurons), np.concatenate(times)

    @property
    def nspikes(self):
        return len(self.arrays()[0])

    @property
    def spikes(self):
        """List of (neuron, time)."""
        self._check_listed()
        neurons, times = self.arrays()
        return [
            (neuron, si_quantity(time, SECOND))
            for neuron, time in zip(neurons.tolist(), times.tolist())
        ]

    @property
    def spiketimes(self):
        """The times of each neuron's spikes."""
        return {neuron: self._times_of(neuron) for neuron in range(len(self.source))}

    def __getitem__(self, neuron):
        return self._times_of(checked_neuron(neuron, self.source))

    def _check_listed(self):
        if not self._listed:
            raise NotReadyError(
                "the spikes are counted and not listed",
                where=self.label,
                mend="Leave out record=False.",
            )

    def _times_of(self, neuron):
        self._check_listed()
        neurons, times = self.arrays()
        return si_quantity(times[neurons == neuron], SECOND)


def checked_neuron(index, source):
    """The number of a neuron of a group; negative ones count from its end.

    Raises
    ------
    RangeError
    """
    number = whole_index(index)
    if isinstance(number, (int, np.integer)) and -len(source) <= number < len(source):
        return int(number) % len(source)
    raise OutOfRangeError(
        f"there is no neuron {index!r}",
        where=source.label,
        expected=f"a neuron between 0 and {len(source) - 1}",
    )


class SpikeCounter(SpikeMonitor):
    """A counter of the spikes of each neuron (``count``) and of all (``nspikes``).

    Examples
    --------
    >>> from neurolab import Network, SpikeCounter, SpikeGeneratorGroup, ms
    >>> G = SpikeGeneratorGroup(2, [(0, 1*ms), (1, 2*ms), (0, 4*ms)])
    >>> M = SpikeCounter(G)
    >>> Network(G, M).run(5*ms)
    >>> M.count.tolist()
    [2, 1]
    """

    @checked_call(lacking=_LACKING)
    def __init__(self, source):
        super().__init__(source)

    @property
    def count(self):
        return np.bincount(self.arrays()[0], minlength=len(self.source))

    def __getitem__(self, neuron):
        return int(self.count[checked_neuron(neuron, self.source)])


class PopulationSpikeCounter(SpikeMonitor):
    """A counter of the spikes of a group (``nspikes``)."""

    @checked_call(lacking=_LACKING)
    def __init__(self, source):
        super().__init__(source)


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

    @checked_call(lacking=_LACKING)
    def __init__(self, source, bin=None):
        self._bin = (
            seconds(bin, "PopulationRateMonitor, bin", positive=True) if bin is not None else None
        )
        self._past_rates = []
        super().__init__(source)

    def prepare(self, groups, clock, first, end):
        """The recorder that a run fills."""
        recorder = super().prepare(groups, clock, first, end)
        self._width()  # says so if the bin is no whole number of steps
        return recorder

    def _keep(self):
        self._past_rates.append(self._present_rates())
        super()._keep()

    def bin_steps(self, dt: float) -> int:
        """Number of time steps (of `dt` seconds) in a bin."""
        if not self._bin:
            return 1
        return steps_up(self._bin, dt, f"the bin of {self.label}", self)

    def _width(self):
        return self.bin_steps(self._dt)

    def _present_rates(self):
        """Return beginnings and rates of the bins since the time step was last changed."""
        if self._recorder is None:
            return np.empty(0), np.empty(0)
        width, first = self._width(), self._first
        starts = np.arange(first, self._recorder.reached, width)
        counts = np.bincount((self._present_steps()[1] - first) // width, minlength=len(starts))
        return time_of(starts, self._dt), counts / (width * self._dt * len(self.source))

    @property
    def times(self):
        """Beginnings of the bins (quantity)."""
        return si_quantity(
            np.concatenate([times for times, _ in (*self._past_rates, self._present_rates())]),
            SECOND,
        )

    @property
    def rate(self):
        """Mean rate of a neuron in each bin (quantity)."""
        return si_quantity(
            np.concatenate([rate for _, rate in (*self._past_rates, self._present_rates())]),
            SECOND**-1,
        )

    @checked_call
    def smooth_rate(self, width, filter="gaussian"):
        """The rate, smoothed by a window of this width.

        Parameters
        ----------
        width : quantity
            Standard deviation of the Gaussian, or length of the flat window.
        filter : {'gaussian', 'flat'}
        """
        width = seconds(width, "smooth_rate, width", positive=True)
        if filter not in ("gaussian", "flat"):
            raise ParseError(
                f"'{filter}' is not a window", where="smooth_rate", expected="gaussian or flat"
            )
        rate = np.asarray(self.rate)
        if not len(rate):
            return self.rate
        bins = width / (self._width() * self._dt)
        reach = (
            np.arange(-int(2 * bins), int(2 * bins) + 1)
            if filter == "gaussian"
            else np.arange(max(1, int(bins)))
        )
        window = np.exp(-((reach / bins) ** 2) / 2) if filter == "gaussian" else np.ones(len(reach))
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

    @checked_call(lacking=_LACKING)
    def __init__(self, source, bins):
        super().__init__(source)
        edges = joined(bins, self.label)
        self._edges = checked_values(
            edges, SECOND, np.shape(si_value(edges)), f"{self.label}, bins"
        )
        if self._edges.ndim != 1 or len(self._edges) < 2 or (np.diff(self._edges) <= 0).any():
            raise RangeError(
                "the bins do not rise",
                where=self.label,
                expected="two or more edges, such as [0, 5, 10]*ms",
            )

    @property
    def bins(self):
        """Edges of the bins (quantity)."""
        return si_quantity(self._edges, SECOND)

    @property
    def count(self):
        """Number of intervals in each bin."""
        neurons, times = self.arrays()
        intervals = np.concatenate(
            [np.diff(times[neurons == neuron]) for neuron in np.unique(neurons)] or [np.empty(0)]
        )
        tolerance = (
            1e-9 * self._edges[-1]
        )  # an interval of a whole number of steps lies on its edge
        places = np.digitize(intervals + tolerance, self._edges) - 1
        return np.bincount(places[places >= 0], minlength=len(self._edges))
