"""Arrays of values over time, which equations and variables can follow."""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from ..array_types import AnyArray, FloatArray, IntArray
from ..errors import ArgumentError, RangeError, ShapeError, UnitsError
from ..grid import TOLERANCE, Seconds, time_of
from ..units import SECOND, Dimension, Quantity, dimension_of, si_quantity, si_value
from . import magic
from .checked_calls import checked_call
from .checked_values import checked_values, joined
from .clock import Clock, EventClock
from .known_attributes import Fixed


class TimedArray(Fixed):
    """Values over time: a function of the time, or what a variable is set to in each step.

    Parameters
    ----------
    arr : quantity or array, shape (times,) or (times, neurons)
    times : quantity, shape (times,), optional
        The time of each value, rising. Such an array can only be given to a variable.
    clock : Clock, optional
        The values are those of its steps; by default of the clock that groups take by default.
    start, dt : quantity, optional
        Time of the first value, and time between two values, in place of a clock.

    Raises
    ------
    ShapeError
        The array does not have one or two axes, or `times` does not fit it.
    RangeError
        The array is empty, a value is not finite, or the times do not rise.

    Notes
    -----
    As a function, it gives the value whose time is nearest (of two equally near ones, the one with
    the even index), the first value before all of them and the last one after them. Given to a
    variable, as in ``G.I = TimedArray(…)``, it sets the variable at the start of each step of its
    clock. These are the rules of Brian 1.

    Examples
    --------
    >>> from neurolab import Equations, Network, NeuronGroup, TimedArray, mV, ms
    >>> I = TimedArray([0, 10]*mV, dt=1*ms)
    >>> [float(I(t)/mV) for t in (0*ms, 0.4*ms, 0.6*ms, 9*ms)]
    [0.0, 0.0, 10.0, 10.0]
    >>> G = NeuronGroup(1, Equations('dV/dt = (I(t) - V)/(5*ms) : volt', I=I))
    >>> Network(G).run(1*ms)
    >>> bool(G.V[0] > 0*mV)
    True
    """

    @checked_call
    def __init__(
        self,
        arr: object,
        times: object = None,
        clock: Clock | None = None,
        start: Quantity | float | None = None,
        dt: Quantity | None = None,
    ) -> None:
        self.label = type(self).__name__
        values = joined(arr, self.label)
        self.dimension: Dimension = dimension_of(values)
        shape = np.shape(si_value(values))
        if len(shape) not in (1, 2):
            raise ShapeError(
                f"The array has shape {shape}.",
                where=self.label,
                mend="The shape must be (times,) or (times, neurons).",
            )
        self.si: FloatArray = checked_values(values, self.dimension, shape, self.label)
        if not self.si.size:
            raise RangeError(
                "The array is empty.", where=self.label, mend="Give one value or more."
            )
        self.label = f"TimedArray of {len(self.si)} values"
        if times is not None and (clock, start, dt) != (None, None, None):
            raise ArgumentError(
                "Times are given together with a clock, a start or a time step.",
                where=self.label,
                mend="Give only one of them.",
            )
        self._times = None if times is None else self._checked_times(times)
        self.clock = self._chosen_clock(clock, start, dt)
        self._start: Seconds = self.clock.start if self.clock else 0.0
        self._dt: Seconds = float(si_value(self.clock.dt)) if self.clock else 0.0
        self._made = True

    def _checked_times(self, times: object) -> FloatArray:
        checked = checked_values(times, SECOND, (len(self.si),), f"{self.label}, times")
        if (np.diff(checked) <= 0).any():
            raise RangeError("The times do not rise.", where=self.label)
        return checked

    def _chosen_clock(
        self, clock: Clock | None, start: Quantity | float | None, dt: Quantity | None
    ) -> Clock | None:
        """Return the clock to whose steps the values belong; None if there are times."""
        if clock is not None and not isinstance(clock, Clock):
            raise ArgumentError(
                f"The clock has type {type(clock).__name__}.",
                where=self.label,
                mend="Give a Clock.",
            )
        if clock is not None and (start, dt) != (None, None):
            raise ArgumentError(
                "A clock is given together with a start or a time step.",
                where=self.label,
                mend="Give only one of them.",
            )
        if self._times is not None or clock is not None:
            return clock
        usual = magic.clock_of_caller() or magic.defaultclock
        if start is None and dt is None:
            return usual
        return EventClock(dt=usual.dt if dt is None else dt, t=0 if start is None else start)

    @property
    def times(self) -> Quantity:
        """The time of each value (quantity)."""
        if self._times is not None:
            return si_quantity(self._times, SECOND)
        return si_quantity(self._start + np.arange(len(self.si)) * self._dt, SECOND)

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the array."""
        return self.si.shape

    @property
    def start(self) -> Seconds:
        """Time of the first value, in seconds."""
        return self._start if self._times is None else float(self._times[0])

    def beginning_at(self, time: Seconds) -> "TimedArray":
        """Return the same values from another time on, unless they have times of their own."""
        if self._times is not None:
            return self
        moved = copy.copy(self)
        moved._start = time
        return moved

    def __len__(self) -> int:
        return len(self.si)

    def __getitem__(self, index: Any) -> Any:
        return si_quantity(self.si[index], self.dimension)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> AnyArray:
        return np.array(self.si, dtype=dtype)

    def __call__(self, t: object) -> Any:
        """Return the value (quantity) whose time is nearest to `t`; `t` can be an array."""
        if dimension_of(t) != SECOND and np.any(si_value(t)):
            raise UnitsError(
                f"{t!r} is not a time.", where=self.label, mend="Give one such as 4*ms."
            )
        return si_quantity(self.nearest(np.asarray(si_value(t), dtype=float)), self.dimension)

    @property
    def si_function(self) -> Callable[[FloatArray], FloatArray]:
        """The same function with SI numbers, as equations call it."""
        return self.nearest

    def nearest(self, t: FloatArray) -> FloatArray:
        """Return the SI values whose times are nearest to times in seconds.

        Parameters
        ----------
        t : ndarray, shape (), (times,) or (times, 1)

        Returns
        -------
        ndarray
            Of the shape of `t`, with the neurons of the array as the last axis if it has any.
        """
        if self._times is not None:
            raise ArgumentError(
                "An array with times cannot be called.",
                where=self.label,
                mend="Give the values in equal steps, with dt=…, or assign it: G.I = "
                "TimedArray(…).",
            )
        if np.ndim(t) == 0:
            return np.asarray(self.si[self._index_at(float(t))])
        place = (np.asarray(t) - self._start) / self._dt
        # A time halfway between two values must not be decided by rounding errors.
        half = np.rint(2 * place) / 2
        place = np.where(np.abs(place - half) < TOLERANCE * np.maximum(abs(place), 1), half, place)
        index: IntArray = np.clip(np.rint(place), 0, len(self.si) - 1).astype(int)
        if self.si.ndim == 2 and index.ndim == 2:
            index = index[:, 0]
        return self.si[index]

    def _index_at(self, time: Seconds) -> int:
        """Return the index of the value whose time is nearest, as `nearest` finds it."""
        place = (time - self._start) / self._dt
        half = round(2 * place) / 2
        if abs(place - half) < TOLERANCE * max(abs(place), 1.0):
            place = half
        return min(max(round(place), 0), len(self.si) - 1)

    def at_step(self, step: int, dt: Seconds) -> FloatArray:
        """Return the SI values to which a variable is set at the start of a step."""
        time = time_of(step, dt)
        if self._times is None:
            return np.asarray(self.si[self._index_at(time)])
        margin = TOLERANCE * max(abs(time), dt)
        index = int(np.searchsorted(self._times, time + margin, side="right")) - 1
        return self.si[max(index, 0)]
