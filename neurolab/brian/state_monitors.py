"""Monitors of state variables in the script API."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..array_types import FloatArray
from ..engine.population import Population
from ..engine.recorders import StateRecorder, StaticRecorder
from ..engine.running_statistics import MomentRecorder, StaticMomentRecorder
from ..errors import ArgumentError, LimitError, NotReadyError, OutOfRangeError, RangeError
from ..grid import Seconds, Steps
from ..units import SECOND, Quantity, si_quantity, si_value, whole_index
from .checked_calls import checked_call
from .checked_values import whole_number
from .clock import Clock
from .known_attributes import Fixed
from .operations import checked_when

MAX_VALUES = 500_000_000


class Monitor(Fixed):
    """An object that records during runs.

    A name with an underscore, as in ``M.times_``, gives the same values in SI units without a unit.
    """

    own_clock: Clock | None = None
    """The clock at whose steps it records; None for that of its group."""
    calls_function = False
    """Whether a run calls a function of the program for it."""

    def __getattr__(self, name: str) -> Any:
        if name.endswith("_") and not name.startswith("_"):
            return si_value(getattr(self, name[:-1]))
        return super().__getattr__(name)

    def reinit(self) -> None:
        """Delete what was recorded; the time goes on."""


class StateMonitor(Monitor):
    """Values of one variable during a run.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
    variable : str
    record : bool, int or list of int
        All neurons, one or some. False (the default) keeps only the mean and the variance of each
        neuron.
    timestep : int
        Keep every n-th step, from the first one that the monitor sees. If `record` is False, mean
        and variance are those of all steps.
    clock : Clock, optional
        Keep the steps of this clock.
    when : str, optional
        The place in the time step at which it records, as for `network_operation`.
    P, varname : optional
        The names of `source` and `variable` in Brian 1.

    Attributes
    ----------
    times : quantity, shape (times,)
    values : quantity, shape (neurons, times)
    mean, var, std : quantity, shape (neurons of the source,)
        Over time; where all neurons are recorded, or none (`record` False).

    Raises
    ------
    ArgumentError
        The source has no state variables.
    UnknownAttributeError
        The source has no such variable.
    OutOfRangeError
        The source has no neuron of an index.

    Examples
    --------
    >>> from neurolab import Network, NeuronGroup, StateMonitor, ms, mV
    >>> G = NeuronGroup(2, 'dV/dt = 1*mV/ms : volt')
    >>> M = StateMonitor(G, 'V', record=[0], timestep=10)
    >>> Network(G, M).run(3*ms)
    >>> M.values.shape
    (1, 3)
    >>> [round(float(value/mV), 3) for value in M[0]]
    [0.1, 1.1, 2.1]
    """

    @checked_call
    def __init__(
        self,
        source: Any = None,
        variable: str | None = None,
        *,
        record: object = False,
        timestep: int = 1,
        clock: Clock | None = None,
        when: str = "end",
        P: Any = None,
        varname: str | None = None,
    ) -> None:
        source = _one_of("source", source, "P", P)
        variable = _one_of("variable", variable, "varname", varname)
        self.source, self.variable = source, variable
        self.label = f"StateMonitor({getattr(source, 'label', source)}, '{variable}')"
        if not hasattr(source, "model"):
            raise ArgumentError(
                "The source has no state variables.", where=self.label, mend="Give a NeuronGroup."
            )
        self._dimension = source.dimension(variable)
        self._timestep = whole_number(timestep, "timestep", self.label, least=1)
        if clock is not None and not isinstance(clock, Clock):
            raise ArgumentError(
                f"The clock has type {type(clock).__name__}.",
                where=self.label,
                mend="Give a Clock.",
            )
        self.recorded = self._checked(record)
        self.when = checked_when(when, self.label)
        self.own_clock = clock
        self._recorder: StateRecorder | None = None
        self._grid: tuple[Seconds, int] = (0.0, 0)
        self._past: list[tuple[FloatArray, FloatArray]] = []
        source.whole.attach_object(self)
        self._made = True

    def _checked(self, record: Any) -> list[int]:
        if isinstance(record, (bool, np.bool_)):
            return list(range(len(self.source))) if record else []
        try:
            given = np.atleast_1d(np.asarray(whole_index(record)))
        except ValueError:
            given = np.empty(0)
        if given.ndim > 1 or not len(given) or given.dtype.kind not in "iu":
            raise RangeError(
                f"record is {record!r}.",
                where=self.label,
                mend="It must be True, a neuron, or a list of neurons.",
            )
        neurons = given.tolist()
        for neuron in neurons:
            if not 0 <= neuron < len(self.source):
                raise OutOfRangeError(
                    f"Neuron {neuron} cannot be recorded, because it does not exist.",
                    where=self.label,
                    mend=f"Give a neuron between 0 and {len(self.source) - 1}.",
                )
        return neurons

    @property
    def times(self) -> Quantity:
        """Times of the values (quantity)."""
        return si_quantity(
            np.concatenate([times for times, _ in self._parts()] or [np.empty(0)]), SECOND
        )

    @property
    def values(self) -> Any:
        """Recorded values (quantity), one row for each recorded neuron."""
        parts = [values for _, values in self._parts()]
        together = (
            np.concatenate(parts)
            if len(parts) > 1
            else parts[0]
            if parts
            else np.empty((0, len(self.recorded)))
        )
        return si_quantity(together.T, self._dimension)

    def _parts(self) -> list[tuple[FloatArray, FloatArray]]:
        """Times and values (time first) of stretches that were recorded with one time step each."""
        if not self._recorder or not self.recorded:
            return self._past
        steps, data = self._recorder.values()
        times = np.asarray(steps * self._grid[0], dtype=float)
        return [*self._past, (times, data)]

    def __getitem__(self, neuron: int) -> Any:
        number = whole_index(neuron)
        if not isinstance(number, (int, np.integer)) or number not in self.recorded:
            raise OutOfRangeError(
                f"Neuron {neuron} was not recorded.",
                where=self.label,
                mend=f"Make the monitor with record=True, or with record=[{neuron}].",
            )
        return self.values[self.recorded.index(int(number))]

    @property
    def mean(self) -> Any:
        """Mean over time of each neuron's values (quantity)."""
        return si_quantity(self._moments()[1], self._dimension)

    @property
    def var(self) -> Any:
        """Variance over time of each neuron's values (quantity), with divisor n - 1."""
        count, _, squares = self._moments()
        if count < 2:
            raise NotReadyError("One value has no variance.", where=self.label, mend="Run longer.")
        return si_quantity(squares / (count - 1), self._dimension**2)

    @property
    def std(self) -> Any:
        """Standard deviation over time of each neuron's values (quantity)."""
        return si_quantity(np.sqrt(si_value(self.var)), self._dimension)

    def _moments(self) -> tuple[int, Any, Any]:
        """Return the number of values, their mean, and the sum of squared distances from it."""
        count = 0
        mean: Any = 0.0
        squares: Any = 0.0
        if isinstance(self._recorder, MomentRecorder):
            recorder = self._recorder
            count, mean, squares = recorder.count, recorder.mean, recorder.squares
        elif self.recorded == list(range(len(self.source))):
            values = si_value(self.values)
            count = values.shape[1]
            if count:
                mean = values.mean(axis=1)
                squares = ((values - mean[:, None]) ** 2).sum(axis=1)
        elif self.recorded:
            raise RangeError(
                "Not all neurons are recorded.",
                where=self.label,
                mend="For the means of all use record=False, or record=True.",
            )
        if not count:
            raise NotReadyError(
                "Nothing was recorded yet.", where=self.label, mend="Call run(…) first."
            )
        return count, mean, squares

    def prepare(
        self, groups: Mapping[Any, Any], clock: Clock, first: Steps, end: Steps
    ) -> StateRecorder:
        """Return the recorder that a run fills, with room for its steps."""
        every = self.steps_between(clock)
        if self._recorder is None or self._grid != (clock._dt, every):
            self._past = self._parts()
            before = self._recorder
            start = self.first_step(clock, first)
            self._recorder = self._made_recorder(groups[self.source.whole], every, start)
            self._grid = clock._dt, every
            if isinstance(before, MomentRecorder) and isinstance(self._recorder, MomentRecorder):
                self._recorder.add(before)
        values = len(self.recorded) * ((end - first) // every)
        if values > MAX_VALUES:
            raise LimitError(
                f"{values:,} values would be recorded. At most {MAX_VALUES:,} are allowed.",
                where=self.label,
                mend="Record fewer neurons, or every n-th step with timestep=n.",
            )
        self.follow(groups)
        self._recorder.extend(first, end - first)
        return self._recorder

    def first_step(self, clock: Clock, first: Steps) -> Steps:
        """Return the first step that a new monitor records in a run from step `first`."""
        return first + -first % clock.steps_of(self.own_clock, self.label)

    def steps_between(self, clock: Clock) -> Steps:
        """Return how many steps of the groups' clock lie between two values."""
        every = self._timestep if self.recorded else 1
        return every * clock.steps_of(self.own_clock, self.label)

    def _made_recorder(self, population: Population, every: Steps, start: Steps) -> StateRecorder:
        first, last = self.source.span
        neurons = [first + neuron for neuron in self.recorded] or slice(first, last)
        states = population.model.states
        if self.variable in states:
            state_kind = StateRecorder if self.recorded else MomentRecorder
            return state_kind(population, states.index(self.variable), neurons, every, start)
        kind = StaticRecorder if self.recorded else StaticMomentRecorder
        return kind(population, self.variable, neurons, every, start)

    def reinit(self) -> None:
        """Delete what was recorded; the time goes on."""
        self._past = []
        if self._recorder:
            self._recorder.clear()

    def follow(self, groups: Mapping[Any, Any]) -> None:
        """Watch the population that a run now uses."""
        if self._recorder:
            self._recorder.population = groups[self.source.whole]

    def finish(self, end: Steps) -> None:
        """End a run."""


def _one_of(name: str, value: Any, other_name: str, other: Any) -> Any:
    """Return an argument that a program can give under one of two names."""
    if (value is None) == (other is None):
        problem = "is missing" if value is None else f"is given twice, also as {other_name}"
        raise ArgumentError(f"{name} {problem}.", where="StateMonitor", mend=f"Give {name} once.")
    return other if value is None else value
