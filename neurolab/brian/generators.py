"""Groups without equations in the script API: they fire at given times, or at random."""

from itertools import islice

import numpy as np

from ..engine.sources import PoissonSource, SpikeSource
from ..engine.spike_schedule import schedule
from ..errors import (
    LimitError,
    NeurolabError,
    OutOfRangeError,
    ParseError,
    RangeError,
    UnitsError,
    UnknownAttributeError,
)
from ..grid import TOLERANCE, time_of, to_steps
from ..units import SECOND, Quantity, dimension_name, dimension_of, one_array, si_quantity, si_value
from . import magic
from .checked_calls import checked_call
from .checked_values import arguments_of, checked_values, joined
from .clock import seconds
from .groups import Group
from .warnings_given import say

MAX_SPIKES = 10_000_000
_LOT = 10_000
"""Spikes that are read at once from what might never end."""


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
    def __init__(self, N, spiketimes, *, period=None, clock=None):
        super().__init__(N, clock)
        self._source, self._dt, self._ended, self._over = None, None, 0, -1.0
        self.period = period
        self.spiketimes = spiketimes
        self._made = True

    @property
    def spiketimes(self):
        """The spikes as they were given; may be set anew."""
        return self._given_times

    @spiketimes.setter
    def spiketimes(self, spiketimes):
        self._unread, endless = _pairs(spiketimes)
        self._before = (self._indices, self._times) if self._made else None
        self._indices, self._times, self._bare = np.empty(0, dtype=int), np.empty(0), False
        self._read(_LOT if endless else None)
        self._given_times = spiketimes

    @property
    def period(self):
        """Time after which the spikes repeat (quantity), or None; may be set anew."""
        return si_quantity(self._period, SECOND) if self._period else None

    @period.setter
    def period(self, value):
        self._period = (
            seconds(value, f"{self.label}, period", positive=True) if value is not None else 0.0
        )
        self._prepared_for = None

    @property
    def indices(self):
        """The neuron of each spike that was given."""
        return self._indices

    @property
    def times(self):
        """The time of each spike that was given, in seconds."""
        return self._times

    @property
    def bare_times(self):
        """Whether times were given without a unit, which are read in seconds."""
        return self._bare

    def _read(self, count):
        """Take the next spikes, or all there are."""
        indices, times, bare = _arrays(islice(self._unread, count), self._size, self.label)
        self._bare = self._bare or bare
        if len(self._times) and len(times) and times.min() < self._times.max():
            raise RangeError(
                f"a spike at {times.min() * 1e3:g} ms follows one at {self._times.max() * 1e3:g} ms",
                where=self.label,
                expected="spikes in the order of their times from a long generator",
            )
        self._indices, self._times = (
            np.append(self._indices, indices),
            np.append(self._times, times),
        )
        if len(self._times) > MAX_SPIKES:
            raise LimitError(
                f"there are more than {MAX_SPIKES:,} spikes", where=self.label, expected="fewer"
            )
        self._unread = None if count is None or not len(times) else self._unread
        self._prepared_for = None

    def prepare(self, dt, step=0, end=0):
        """The source that the step loop asks, from this step on."""
        while self._unread and self._times.max() <= end * dt:
            self._read(_LOT)
        if self._prepared_for != dt:
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

    def _still_to_fire(self):
        """The times; one that the last run just missed is where that run ended, also for steps of another length."""
        end = self._ended * self._dt if self._over > 0 and not self._period else 0.0
        return np.where((self._times > self._over) & (self._times < end), end, self._times)

    def finish(self, end):
        """A run is over: all steps before `end` are done."""
        self._ended = end
        self._over = (end - 1 + TOLERANCE * max(end, 1)) * self._dt

    def forget(self):
        """Begin anew: no spike has fired yet."""
        if self._over > 0:
            self._over, self._prepared_for = -1.0, None

    def spikes_set_late(self, now):
        """Times (s) that were set since the last run and lie before it, but for those that were there already."""
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

    def warn_of_missed(self, end, dt):
        """Say so if a spike was given before the end of a run, but after its last step."""
        between = (self._times < (end - TOLERANCE * end) * dt) & (to_steps(self._times, dt) == end)
        if between.any() and not self._period:
            time, last, next_one = (
                1e3 * each for each in (self._times[between].max(), (end - 1) * dt, end * dt)
            )
            say(
                f"{self.label}: the spike at {time:.6g} ms lies after the last step of the run ({last:.6g} ms). It fires at "
                f"{next_one:.6g} ms, if another run follows.",
                once_for=self,
            )


def _pairs(spiketimes):
    """An iterator over the pairs (index, time), and whether it might never end."""
    if callable(spiketimes):
        spiketimes = spiketimes()
    if isinstance(spiketimes, tuple) and len(spiketimes) == 2 and all(map(_is_flat, spiketimes)):
        return zip(spiketimes[0], _each(spiketimes[1]), strict=True), False
    try:
        return iter(spiketimes), not hasattr(spiketimes, "__len__")
    except TypeError:
        return iter([spiketimes]), False  # refused in words when it is read


def _is_flat(values):
    """Whether a list or an array has one dimension, without numpy, which reads each entry."""
    if isinstance(values, list):
        return not values or not isinstance(values[0], (list, tuple))
    return getattr(values, "ndim", 0) == 1


def _each(times):
    """Return the times; an array with a unit as SI numbers, rather than a quantity for each."""
    if dimension_of(times) == SECOND and np.ndim(times) == 1:
        return np.asarray(times).tolist()
    return times


def _arrays(pairs, size, where):
    """Neurons and times in seconds, as two parallel arrays."""
    pairs = list(pairs)
    fast = _plain_pairs(pairs, where)
    if fast is not None:
        _check(*fast, size, where)
        return (
            fast[0].astype(int),
            fast[1],
            not isinstance(pairs[0][1], Quantity) and bool(fast[1].any()),
        )
    indices, times, bare = [], [], False
    try:
        for index, time in pairs:
            bare = bare or not isinstance(time, Quantity) and bool(time)
            for one in np.atleast_1d(index):
                indices.append(float(one))
                times.append(_seconds(time, where))
    except NeurolabError:
        raise
    except (TypeError, ValueError):
        raise ParseError(
            "the spike times cannot be read",
            where=where,
            expected="a list of pairs (index, time) such as [(0, 1*ms), (1, 2*ms)]",
        ) from None
    indices, times = np.array(indices), np.array(times)
    _check(indices, times, size, where)
    return indices.astype(int), times, bare


def _plain_pairs(pairs, where):
    """Neurons and times (s) of pairs of one neuron and one time; None if some are of another kind."""
    try:
        indices, times = zip(*pairs)
    except (TypeError, ValueError):
        return None
    if not set(map(type, indices)) <= {int, np.int64, np.int32}:
        return None
    if set(map(type, times)) <= {int, float, np.float64}:
        return np.array(indices, dtype=float), np.array(times, dtype=float)
    found = one_array(times)
    if found is None:
        return None
    _seconds(times[0], where)  # refuses another dimension
    return np.array(indices, dtype=float), found.si


def _seconds(time, where):
    if dimension_of(time) != SECOND and hasattr(time, "dimensionality"):
        raise UnitsError(
            f"the spike time {time} has dimension {dimension_name(dimension_of(time))}",
            where=where,
            expected="a time such as 4*ms",
        )
    return float(si_value(time))


def _check(indices, times, size, where):
    outside = (indices < 0) | (indices >= size) | (indices != np.floor(indices))
    if outside.any():
        raise OutOfRangeError(
            f"neuron {indices[outside][0]:g} is to fire",
            where=where,
            expected=f"a neuron between 0 and {size - 1}",
        )
    wrong = ~np.isfinite(times) | (times < 0)
    if wrong.any():
        raise RangeError(
            f"a spike is given at {times[wrong][0] * 1e3:g} ms",
            where=where,
            expected="0 ms or later",
        )


class PoissonGroup(Group):
    """Neurons that fire at random with given rates.

    Parameters
    ----------
    N : int
        Number of neurons.
    rates : quantity or function, optional
        One rate in hertz, an array of shape (N,), or a function of the time (or of nothing) that
        returns either. Without it no neuron fires.
    clock : Clock, optional
        By default the only clock that the program has made, else the default clock.

    Raises
    ------
    UnitsError
        The rates are not in hertz.
    RangeError
        A rate is negative or not finite, or there is not one for each neuron.

    Examples
    --------
    >>> from neurolab import Hz, PoissonGroup
    >>> P = PoissonGroup(3, rates=10*Hz)
    >>> P[0:2].rates = 40*Hz
    >>> [float(rate/Hz) for rate in P.rates]
    [40.0, 40.0, 10.0]
    """

    _settable = ("rates", "rate")

    @checked_call
    def __init__(self, N, rates=None, *, clock=None):
        super().__init__(N, clock)
        self._source = None
        self.rates = 0 if rates is None else rates
        self._rates_given = rates is not None
        self._made = True

    @property
    def rates(self):
        """The rates as they were given; may be set anew."""
        return self._rates

    @rates.setter
    def rates(self, rates):
        if not callable(rates):
            rates = joined(rates, self.label)
            self._checked(rates)
        elif arguments_of(rates)[0] > 1:
            raise ParseError(
                f"the rates need {arguments_of(rates)[0]} values",
                where=self.label,
                expected="a function of the time, or of nothing",
            )
        self._rates, self._prepared_for, self._rates_given = rates, None, True

    @property
    def rates_given(self):
        """Whether the program has given rates; without them no neuron fires."""
        return self._rates_given

    @property
    def rate(self):
        """The rates, by the name that the original's state variable has."""
        return self.rates

    @rate.setter
    def rate(self, rates):
        self.rates = rates

    def write(self, name, neurons, value, where):
        """Set the rates of some neurons; the others keep theirs.

        Parameters
        ----------
        name : {'rates', 'rate'}
        neurons : slice
        value : quantity
        where : str
            For messages.
        """
        if name not in self._settable:
            raise UnknownAttributeError(
                f"'{name}' cannot be set", where=where, expected=" or ".join(self._settable)
            )
        if callable(self._rates):
            raise ParseError(
                "the rates of the whole group are a function",
                where=where,
                mend="Let that function give an array with one rate for each neuron.",
            )
        rates = np.broadcast_to(self._checked(self._rates), (self._size,)).astype(float)
        rates[neurons] = checked_values(value, SECOND**-1, rates[neurons].shape, f"{where}.{name}")
        self.rates = si_quantity(rates, SECOND**-1)

    def _checked(self, rates):
        plain = np.asarray(si_value(rates))
        if plain.dtype.kind not in "iuf":
            raise UnitsError(
                f"the rates are {rates!r:.80}", where=self.label, expected="hertz, such as 10*Hz"
            )
        if dimension_of(rates) != SECOND**-1 and plain.any():
            raise UnitsError(
                f"the rates have dimension {dimension_name(dimension_of(rates))}",
                where=self.label,
                expected="hertz, such as 10*Hz",
            )
        if (
            not np.isfinite(plain).all()
            or (plain < 0).any()
            or plain.shape not in ((), (self._size,))
        ):
            raise RangeError(
                f"the rates are {rates!s:.80}",
                where=self.label,
                expected=f"0 or more, one rate or one for each of {self._size} neurons",
            )
        return plain

    def prepare(self, dt, step=0, end=0):
        """The source that the step loop asks, from this step on."""
        if self._prepared_for != dt:
            self._source = PoissonSource(self._by_step(dt), self._size, dt, magic.generator)
            self._prepared_for = dt
        return self._source

    def _by_step(self, dt):
        if callable(self._rates):
            rates, times = self._rates, arguments_of(self._rates)[1] > 0
            return lambda step: self._checked(
                rates(si_quantity(time_of(step, dt), SECOND)) if times else rates()
            )
        plain = self._checked(self._rates)
        return lambda step: plain
