"""Time: clocks, durations, and what they are in steps."""

import weakref

import numpy as np

from ..errors import LimitError, RangeError, UnitsError
from ..units import SECOND, dimension_name, dimension_of, si_quantity, si_value
from .calls import checked_call
from .fixed import Fixed

USUAL_STEP = 1e-4
"""Seconds."""
_MOST_STEPS = 1e15  # up to here every step has a number of its own


_LACKING = {
    "order": "Leave it out: all groups of a network are on one clock.",
    "makedefaultclock": "Set the default clock's step: defaultclock.dt = 0.05*ms.",
}


class Clock(Fixed):
    """The time step of a simulation, and how far each object has come on it.

    Parameters
    ----------
    dt : quantity, optional
        Length of a time step; 0.1 ms by default.
    t : quantity, optional
        Time at which objects begin.
    """

    _settable = ("dt", "t")

    @checked_call(lacking=_LACKING)
    def __init__(self, dt=None, t=0):
        self._dt = USUAL_STEP if dt is None else seconds(dt, "Clock(dt)", positive=True)
        self._reached = weakref.WeakKeyDictionary()
        self.reinit(t)
        self._made = True

    @property
    def label(self):
        """Its time and its time step, for messages."""
        return f"{type(self).__name__}: t = {self._now * 1e3:.6g} ms, dt = {self._dt * 1e3:.6g} ms"

    @property
    def dt(self):
        """Length of a time step (quantity); what is set counts from the next run on."""
        return si_quantity(self._dt, SECOND)

    @dt.setter
    def dt(self, value):
        self._dt = seconds(value, "clock.dt", positive=True)

    @property
    def t(self):
        """The time that the last run has reached (quantity); setting it is `reinit`."""
        return si_quantity(self._now, SECOND)

    @t.setter
    def t(self, value):
        self.reinit(value)

    def reinit(self, t=0):
        """Put the time back to 0, or to `t`: all objects begin there, with no spike under way and none refractory."""
        self._start = self._now = seconds(t, "clock.t")
        self._reached.clear()

    def start_over(self):
        """Be as new, with the usual time step, for objects that have not run yet."""
        self._dt, self._start, self._now = USUAL_STEP, 0.0, 0.0

    def has_moved(self, item):
        """Whether an object has run on this clock since it was made or put back."""
        return item in self._reached

    def next_step(self, items):
        """Number of the step with which these objects go on together: where the one is that has come furthest."""
        reached = max((self._reached[item] for item in items if item in self._reached), default=self._start)
        return int(to_steps(reached, self._dt, upwards=True))

    def advance(self, items, step):
        """Note that these objects have done all steps before this one."""
        self.show(step)
        self._reached.update(dict.fromkeys(items, self._now))

    def show(self, step):
        """Let the program see the time of a step."""
        self._now = step * self._dt

    def steps_of(self, other, where):
        """A step of another clock in steps of this one.

        Raises
        ------
        RangeError
            It is no whole number of them.
        """
        quotient = 1.0 if other is None else other._dt / self._dt
        if quotient < 0.5 or abs(quotient - round(quotient)) > 1e-6:
            raise RangeError(f"its clock has steps of {other._dt * 1e3:g} ms", where=where,
                             expected=f"a multiple of the groups' step of {self._dt * 1e3:g} ms")
        return round(quotient)


class EventClock(Clock):
    """A clock that groups do not take up by themselves: for monitors and network operations."""


def seconds(value, where, positive=False):
    """A duration as a float in seconds, checked.

    Raises
    ------
    UnitsError, RangeError
    """
    plain = si_value(value)
    if isinstance(plain, bool) or np.ndim(plain) or not isinstance(plain, (int, float, np.number, np.ndarray)):
        raise UnitsError(f"{value!r} is not one time", where=where, expected="a time such as 10*ms")
    if dimension_of(value) != SECOND and plain != 0:
        raise UnitsError(f"{value} has dimension {dimension_name(dimension_of(value))}", where=where,
                         expected="a time such as 10*ms")
    number = float(plain)
    if not np.isfinite(number) or number < 0 or (positive and number == 0):
        raise RangeError(f"{value} is not a possible time", where=where,
                         expected="more than 0" if positive else "0 or more")
    return number


def to_steps(time, dt, upwards=False):
    """A time in steps of dt: the nearest, or (`upwards`) the next step that is not before it.

    A time within 1e-6 of a whole number of steps counts as that number, so that 1.3 ms at dt = 0.1 ms is step 13
    although the floating-point quotient lies above 13.
    """
    quotient = np.asarray(time) / dt
    nearest = np.rint(quotient)
    if (np.abs(quotient) > _MOST_STEPS).any():
        raise LimitError(f"{np.max(time):g} s is too long a time", expected=f"at most {_MOST_STEPS:g} time steps")
    whole = np.abs(quotient - nearest) < 1e-6
    return np.where(whole, nearest, np.ceil(quotient) if upwards else nearest).astype(np.int64)
