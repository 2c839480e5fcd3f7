"""Monitors in the script API: what a run leaves behind."""

import numpy as np

from ..errors import LimitError, RangeError, UnknownNameError
from ..units import SECOND, si_quantity
from . import magic
from .groups import Group
from .recorders import SpikeRecorder, StateRecorder, StaticRecorder

MAX_VALUES = 500_000_000


class StateMonitor:
    """Values of one variable during a run.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
    variable : str
    record : True, int or list of int
        All neurons, one or some.
    timestep : int
        Keep every n-th step.

    Attributes
    ----------
    times : quantity, shape (times,)
    values : quantity, shape (neurons, times)
    """

    def __init__(self, source, variable, record=True, timestep=1, clock=None):
        self.source, self.variable = source, variable
        self.label = f"StateMonitor({getattr(source, 'label', source)}, '{variable}')"
        if not hasattr(source, "model"):
            raise UnknownNameError("the source has no state variables", where=self.label, expected="a NeuronGroup")
        self._dimension = source.dimension(variable)
        if not isinstance(timestep, (int, np.integer)) or timestep < 1:
            raise RangeError(f"timestep is {timestep!r}", where=self.label, expected="a whole number, at least 1")
        self.recorded = self._checked(record)
        self._every = int(timestep)
        self._recorder, self._dt = None, None

    def _checked(self, record):
        if record is True or record is False:
            return list(range(len(self.source)))
        given = np.atleast_1d(record)
        if given.ndim > 1 or not len(given) or given.dtype.kind not in "iu":
            raise RangeError(f"record is {record!r}", where=self.label, expected="True, a neuron, or a list of neurons")
        neurons = given.tolist()
        for neuron in neurons:
            if not 0 <= neuron < len(self.source):
                raise RangeError(f"neuron {neuron} is to be recorded", where=self.label,
                                 expected=f"a neuron between 0 and {len(self.source) - 1}")
        return neurons

    @property
    def times(self):
        """Times of the values (quantity)."""
        steps = self._recorder.values()[0] if self._recorder else np.empty(0)
        return si_quantity(steps * (self._dt or 0.0), SECOND)

    @property
    def values(self):
        """Recorded values (quantity), one row for each recorded neuron."""
        data = self._recorder.values()[1].T if self._recorder else np.empty((len(self.recorded), 0))
        return si_quantity(data, self._dimension)

    def __getitem__(self, neuron):
        if neuron not in self.recorded:
            raise RangeError(f"neuron {neuron} was not recorded", where=self.label,
                             expected=f"one of {', '.join(map(str, self.recorded[:10]))}",
                             mend="Name it in record=[…], or use record=True.")
        return self.values[self.recorded.index(neuron)]

    def prepare(self, populations, dt, first, count):
        """The recorder that the step loop fills, with room for `count` more steps."""
        if self._recorder is None:
            population = populations[self.source.whole]
            offset = self.source.span[0]
            neurons = slice(offset, offset + len(self.source)) if len(self.recorded) == len(self.source) \
                else [offset + neuron for neuron in self.recorded]
            states = population.model.states
            if self.variable in states:
                self._recorder = StateRecorder(population, states.index(self.variable), neurons, self._every)
            else:
                self._recorder = StaticRecorder(population, self.variable, neurons, self._every)
        values = len(self.recorded) * (count // self._every)
        if values > MAX_VALUES:
            raise LimitError(f"{values:,} values would be recorded", where=self.label, expected=f"at most {MAX_VALUES:,}",
                             mend="Record fewer neurons, or every n-th step with timestep=n.")
        self._recorder.population, self._dt = populations[self.source.whole], dt
        self._recorder.extend(first, count)
        return self._recorder


class SpikeMonitor:
    """Spikes of a group during a run.

    Parameters
    ----------
    source : Group

    Attributes
    ----------
    nspikes : int
    spikes : list of (neuron, time)
    """

    def __init__(self, source, record=True, clock=None):
        if not isinstance(source, Group):
            raise UnknownNameError(f"the source is a {type(source).__name__}", where=type(self).__name__,
                                   expected="a group of neurons")
        self.source = source
        self._recorder, self._dt = None, 0.0

    def prepare(self, populations, dt, first, count):
        """The recorder that the step loop fills."""
        if self._recorder is None:
            self._recorder = SpikeRecorder(populations[self.source.whole])
        self._recorder.group, self._dt = populations[self.source.whole], dt
        return self._recorder

    def arrays(self):
        """Neurons and times (in seconds) of all spikes, as two parallel arrays."""
        if self._recorder is None:
            return np.empty(0, dtype=int), np.empty(0)
        steps, neurons = self._recorder.spikes()
        first, last = self.source.span
        own = (neurons >= first) & (neurons < last)
        return neurons[own] - first, steps[own] * self._dt

    @property
    def nspikes(self):
        return len(self.arrays()[0])

    @property
    def spikes(self):
        """List of (neuron, time)."""
        neurons, times = self.arrays()
        return [(neuron, si_quantity(time, SECOND)) for neuron, time in zip(neurons.tolist(), times.tolist())]

    def __getitem__(self, neuron):
        neurons, times = self.arrays()
        return si_quantity(times[neurons == neuron], SECOND)


class SpikeCounter(SpikeMonitor):
    """Counts the spikes of each neuron (``count``) and of all (``nspikes``)."""

    @property
    def count(self):
        return np.bincount(self.arrays()[0], minlength=len(self.source))

    def __getitem__(self, neuron):
        return int(self.count[neuron])


class PopulationSpikeCounter(SpikeMonitor):
    """Counts the spikes of a group (``nspikes``)."""


class PopulationRateMonitor(SpikeMonitor):
    """Firing rate of a group over time.

    Parameters
    ----------
    source : Group
    bin : quantity, optional
        Width of the time bins; one time step by default.

    Attributes
    ----------
    times : quantity
        Beginnings of the bins.
    rate : quantity
        Mean rate of a neuron in each bin, in hertz.
    """

    def __init__(self, source, bin=None, clock=None):
        super().__init__(source)
        self._bin = magic.seconds(bin, "PopulationRateMonitor, bin", positive=True) if bin is not None else None
        self._steps = 0

    def prepare(self, populations, dt, first, count):
        """The recorder that the step loop fills."""
        self._steps = first + count
        return super().prepare(populations, dt, first, count)

    def _bins(self):
        width = int(magic.to_steps(self._bin, self._dt)) if self._bin else 1
        return np.arange(0, self._steps + 1, width) * self._dt, width * self._dt

    @property
    def times(self):
        return si_quantity(self._bins()[0][:-1], SECOND)

    @property
    def rate(self):
        edges, width = self._bins()
        # Spikes lie on the steps, so the edges are moved by half a step to keep rounding out of it.
        counts, _ = np.histogram(self.arrays()[1], bins=edges - 0.5 * self._dt)
        return si_quantity(counts / (width * len(self.source)), SECOND ** -1)

    def smooth_rate(self, width, filter="gaussian"):
        """The rate, smoothed by a window of this width.

        Parameters
        ----------
        width : quantity
            Standard deviation of the Gaussian, or length of the flat window.
        filter : {'gaussian', 'flat'}
        """
        bins = magic.seconds(width, "smooth_rate, width", positive=True) / self._bins()[1]
        if filter not in ("gaussian", "flat"):
            raise UnknownNameError(f"'{filter}' is not a window", where="smooth_rate", expected="gaussian or flat")
        reach = np.arange(-int(2 * bins), int(2 * bins) + 1) if filter == "gaussian" else np.arange(max(1, int(bins)))
        window = np.exp(-(reach / bins) ** 2 / 2) if filter == "gaussian" else np.ones(len(reach))
        rate = np.asarray(self.rate)
        middle = len(window) // 2
        return si_quantity(np.convolve(rate, window / window.sum())[middle:middle + len(rate)], SECOND ** -1)
