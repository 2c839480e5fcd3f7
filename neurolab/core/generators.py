"""Groups without equations in the script API: they fire at given times, or at random."""

import numpy as np

from ..errors import ParseError, RangeError, UnitsError
from ..units import SECOND, dimension_name, dimension_of, si_value
from . import magic
from .groups import Group
from .sources import PoissonSource, Schedule, SpikeSource


class SpikeGeneratorGroup(Group):
    """Neurons that fire at the times that are given.

    Parameters
    ----------
    N : int
        Number of neurons.
    spiketimes : list of (index, time)
        An index may be a list of indices. Also: any iterable or generator of such pairs, an array of shape (n, 2) with
        indices and seconds, a tuple of two arrays (indices, times), or a function without arguments that gives one.
    period : quantity, optional
        The spikes of the first period repeat with it.

    Raises
    ------
    RangeError
        An index is no neuron of the group, or a time is negative.
    """

    def __init__(self, N, spiketimes, period=None, clock=None):
        super().__init__(N, clock)
        self.period = magic.seconds(period, f"{self.label}, period", positive=True) if period is not None else 0.0
        self.spiketimes = spiketimes

    @property
    def spiketimes(self):
        """The spikes as they were given; may be set anew."""
        return self._given_times

    @spiketimes.setter
    def spiketimes(self, spiketimes):
        self._given_times = spiketimes
        self.indices, self.times = _spike_arrays(spiketimes, self._size, self.label)
        self._source = self._prepared_for = None

    def prepare(self, dt):
        """The source that the step loop asks."""
        if self._prepared_for != dt:
            indices, times = self.indices, self.times
            if self.period:
                within = times < self.period * (1 - 1e-9)
                indices, times = indices[within], times[within]
            schedule = Schedule(magic.to_steps(times, dt, upwards=True), indices, int(magic.to_steps(self.period, dt)))
            self._source = SpikeSource(schedule, self._size)
            self._prepared_for = dt
        self._source.start()
        return self._source


def _spike_arrays(spiketimes, size, where):
    if callable(spiketimes):
        spiketimes = spiketimes()
    if isinstance(spiketimes, tuple) and len(spiketimes) == 2 and np.ndim(spiketimes[0]) == 1 \
            and np.ndim(spiketimes[1]) == 1 and not isinstance(spiketimes[0], tuple):
        pairs = zip(*spiketimes, strict=True)
    elif isinstance(spiketimes, np.ndarray) and spiketimes.ndim == 2 and spiketimes.shape[1] == 2:
        pairs = ((int(index), time) for index, time in spiketimes)
    else:
        pairs = spiketimes
    indices, times = [], []
    try:
        for index, time in pairs:
            for one in np.atleast_1d(index):
                indices.append(one)
                times.append(_seconds(time, where))
    except (TypeError, ValueError):
        raise ParseError("the spike times cannot be read", where=where,
                         expected="a list of pairs (index, time) such as [(0, 1*ms), (1, 2*ms)]") from None
    indices, times = np.array(indices or [], dtype=float), np.array(times, dtype=float)
    _check(indices, times, size, where)
    return indices.astype(int), times


def _seconds(time, where):
    if dimension_of(time) != SECOND and hasattr(time, "dimensionality"):
        raise UnitsError(f"the spike time {time} has dimension {dimension_name(dimension_of(time))}", where=where,
                         expected="a time such as 4*ms")
    return float(si_value(time))


def _check(indices, times, size, where):
    outside = (indices < 0) | (indices >= size) | (indices != np.floor(indices))
    if outside.any():
        raise RangeError(f"neuron {indices[outside][0]:g} is to fire", where=where,
                         expected=f"a neuron between 0 and {size - 1}")
    wrong = ~np.isfinite(times) | (times < 0)
    if wrong.any():
        raise RangeError(f"a spike is given at {times[wrong][0] * 1e3:g} ms", where=where, expected="0 ms or later")


class PoissonGroup(Group):
    """Neurons that fire at random with given rates.

    Parameters
    ----------
    N : int
    rates : quantity or function
        One rate, an array of one a neuron, or a function of the time that gives either.

    Raises
    ------
    UnitsError, RangeError
    """

    def __init__(self, N, rates=0, clock=None):
        super().__init__(N, clock)
        self.rates = rates
        if not callable(rates):
            self._checked(rates)

    @property
    def rate(self):
        """The rates, by the name that the original's state variable has."""
        return self.rates

    @rate.setter
    def rate(self, rates):
        if not callable(rates):
            self._checked(rates)
        self.rates = rates

    def _checked(self, rates):
        if dimension_of(rates) != SECOND ** -1 and np.any(si_value(rates)):
            raise UnitsError(f"the rates have dimension {dimension_name(dimension_of(rates))}", where=self.label,
                             expected="hertz, such as 10*Hz")
        plain = np.asarray(si_value(rates), dtype=float)
        if not np.isfinite(plain).all() or (plain < 0).any() or plain.shape not in ((), (self._size,)):
            raise RangeError(f"the rates are {rates}", where=self.label,
                             expected=f"0 or more, one rate or one for each of {self._size} neurons")
        return plain

    def prepare(self, dt):
        """The source that the step loop asks."""
        if callable(self.rates):
            return PoissonSource(lambda step: self._checked(self.rates(magic.si_quantity(step * dt, SECOND))),
                                 self._size, dt, magic.generator)
        rates = self._checked(self.rates)
        return PoissonSource(lambda step: rates, self._size, dt, magic.generator)
