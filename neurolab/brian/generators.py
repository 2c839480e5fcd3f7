"""Groups of the script API that fire at given times."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from ..array_types import FloatArray, IntArray
from ..engine.sources import SpikeSource
from ..engine.spike_schedule import schedule
from ..errors import (
    LimitError,
    NeurolabError,
    RangeError,
)
from ..grid import TOLERANCE, Seconds, Steps, to_steps
from ..units import SECOND, Quantity, si_quantity
from .checked_calls import checked_call
from .clock import Clock, seconds
from .groups import Group
from .spike_times import pairs_of, spike_arrays
from .warnings_given import say

MAX_SPIKES = 10_000_000
_LOT = 10_000
"""Spikes that are read at once from a generator that might never end."""


class SpikeGeneratorGroup(Group):
    """Neurons that fire at given times.

    Parameters
    ----------
    N : int
        Number of neurons.
    spiketimes : list of (index, time)
        An index may be a list of indices; plain times are in seconds. Also: any iterable or
        generator of such pairs, an array of shape (n, 2) with indices and seconds, a tuple of two
        arrays (indices, times), or a function without arguments that returns one of these. A
        generator that does not end must give its spikes in order of time. A neuron whose time lies
        between two steps fires at the next step.
    period : quantity, optional
        The spikes of the first period repeat with this period.
    clock : Clock, optional
        By default the only clock that the program has made, else the default clock.

    Raises
    ------
    OutOfRangeError
        The group has no neuron of an index.
    RangeError
        A time is negative or not finite.
    UnitsError
        A time is a quantity of another dimension.

    Examples
    --------
    >>> from neurolab import Network, SpikeGeneratorGroup, SpikeMonitor, ms
    >>> G = SpikeGeneratorGroup(2, [(0, 1*ms), (1, 2*ms)], period=5*ms)
    >>> M = SpikeMonitor(G)
    >>> Network(G, M).run(10*ms)
    >>> [(i, round(float(t/ms), 3)) for i, t in M.spikes]
    [(0, 1.0), (1, 2.0), (0, 6.0), (1, 7.0)]
    """

    _settable = ("spiketimes", "period")

    @checked_call(tuning=("sort", "gather"))
    def __init__(
        self,
        N: int,
        spiketimes: object,
        *,
        period: Quantity | None = None,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(N, clock)
        self._source: SpikeSource | None = None
        self._dt: Seconds = 0.0
        self._ended: Steps = 0
        self._over: Seconds = -1.0
        self._unread: Iterator[Any] | None = None
        self._before: tuple[IntArray, FloatArray] | None = None
        self._indices: IntArray = np.empty(0, dtype=int)
        self._times: FloatArray = np.empty(0)
        self._bare = False
        self._given_times: Any = None
        self.period = period
        self.spiketimes = spiketimes
        self._made = True

    @property
    def spiketimes(self) -> Any:
        """The spikes as they were given; can be set again."""
        return self._given_times

    @spiketimes.setter
    def spiketimes(self, spiketimes: object) -> None:
        self._unread, endless = pairs_of(spiketimes)
        self._before = (self._indices, self._times) if self._made else None
        self._indices = np.empty(0, dtype=int)
        self._times = np.empty(0)
        self._bare = False
        self._read(_LOT if endless else None)
        self._given_times = spiketimes

    @property
    def period(self) -> Quantity | None:
        """Time after which the spikes repeat (quantity), or None; can be set again."""
        return si_quantity(self._period, SECOND) if self._period else None

    @period.setter
    def period(self, value: Quantity | None) -> None:
        self._period = (
            seconds(value, f"{self.label}, period", positive=True) if value is not None else 0.0
        )
        self._prepared_for = None

    @property
    def indices(self) -> IntArray:
        """The neuron of each spike that was given."""
        return self._indices

    @property
    def times(self) -> FloatArray:
        """The time of each spike that was given, in seconds."""
        return self._times

    @property
    def bare_times(self) -> bool:
        """Whether times were given without a unit, which are read in seconds."""
        return self._bare

    def _read(self, count: int | None) -> None:
        """Read the next `count` spikes, or all."""
        spikes = islice(self._unread or (), count)
        indices, times, bare = spike_arrays(spikes, self._size, self.label)
        self._bare = self._bare or bare
        if len(self._times) and len(times) and times.min() < self._times.max():
            raise RangeError(
                f"A spike at {times.min() * 1e3:g} ms follows one at "
                f"{self._times.max() * 1e3:g} ms.",
                where=self.label,
                mend="A long generator must yield its spikes in order of time.",
            )
        self._indices = np.append(self._indices, indices)
        self._times = np.append(self._times, times)
        if len(self._times) > MAX_SPIKES:
            raise LimitError(
                f"There are more than {MAX_SPIKES:,} spikes.",
                where=self.label,
                mend="Give fewer spikes.",
            )
        self._unread = None if count is None or not len(times) else self._unread
        self._prepared_for = None

    def _present_spikes(self) -> IntArray:
        return self._source.spikes if self._source else super()._present_spikes()

    def prepare(self, dt: Seconds, step: Steps = 0, end: Steps = 0) -> SpikeSource:
        """Return the source for the step loop, from this step on."""
        while self._unread and self._times.max() <= end * dt:
            self._read(_LOT)
        if self._source is None or self._prepared_for != dt:
            try:
                given = schedule(self._still_to_fire(), self._indices, self._period, dt, self._over)
                self._source = SpikeSource(given, self._size)
            except NeurolabError as error:
                error.located(self.label)
                raise
            self._prepared_for = self._dt = dt
        elif step < self._ended:
            self._source.start()
        return self._source

    def _still_to_fire(self) -> FloatArray:
        """Return the times; one that the last run just missed becomes the end of that run.

        Otherwise it would be lost when the time step changes.
        """
        end = self._ended * self._dt if self._over > 0 and not self._period else 0.0
        return np.where((self._times > self._over) & (self._times < end), end, self._times)

    def finish(self, end: Steps) -> None:
        """End a run: all steps before `end` are done."""
        self._ended = end
        self._over = (end - 1 + TOLERANCE * max(end, 1)) * self._dt

    def forget(self) -> None:
        """Begin anew: all spikes can fire again."""
        if self._over > 0:
            self._over, self._prepared_for = -1.0, None

    def spikes_set_late(self, now: Seconds) -> FloatArray:
        """Return the new times (s) that were set since the last run and lie before `now`."""
        before, self._before = self._before, None
        if before is None or self._over <= 0:
            return np.empty(0)
        known = set(zip(before[0].tolist(), before[1].tolist()))
        return np.array(
            sorted(
                time
                for neuron, time in zip(self._indices.tolist(), self._times.tolist())
                if time < now * (1 - TOLERANCE) and (neuron, time) not in known
            )
        )

    def warn_of_missed(self, end: Steps, dt: Seconds) -> None:
        """Warn of a spike that lies before the end of a run, but after its last step."""
        between = (self._times < (end - TOLERANCE * end) * dt) & (to_steps(self._times, dt) == end)
        if between.any() and not self._period:
            time, last, next_one = (
                1e3 * each for each in (self._times[between].max(), (end - 1) * dt, end * dt)
            )
            say(
                f"{self.label}: the spike at {time:.6g} ms lies after the last step of the run "
                f"({last:.6g} ms). It fires at {next_one:.6g} ms, if another run follows.",
                once_for=self,
            )
