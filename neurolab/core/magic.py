"""Hidden state of the script API, all of it: the caller's names, the default clock, the random numbers.

Nothing below this file (model, integrators, engine) knows of it.
"""

import sys
import weakref

import numpy as np

from ..errors import LimitError, RangeError, UnitsError
from ..units import SECOND, dimension_name, dimension_of, si_quantity, si_value


class Clock:
    """The time step and how far a simulation has come.

    Parameters
    ----------
    dt : quantity
        Length of a time step.
    """

    def __init__(self, dt=None):
        self.step = 0
        self._dt = 1e-4 if dt is None else seconds(dt, "Clock(dt)", positive=True)

    @property
    def dt(self):
        """Length of a time step (quantity); may be set between runs."""
        return si_quantity(self._dt, SECOND)

    @dt.setter
    def dt(self, value):
        value = seconds(value, "clock.dt", positive=True)
        self.step = round(self.step * self._dt / value)
        self._dt = value

    @property
    def t(self):
        """The time reached (quantity)."""
        return si_quantity(self.step * self._dt, SECOND)

    def reinit(self, dt=None):
        """Go back to time 0, with another time step if one is given."""
        self.step = 0
        if dt is not None:
            self.dt = dt


defaultclock = Clock()
have_run = weakref.WeakSet()
"""Objects that took part in a run: a run of new objects alone begins at t = 0."""


def reinit_default_clock(dt=None):
    """Put the default clock back to t = 0 and dt = 0.1 ms (or to another dt)."""
    defaultclock.step = 0
    defaultclock._dt = 1e-4 if dt is None else seconds(dt, "reinit_default_clock(dt)", positive=True)


generator = np.random.default_rng()


def seed(number=None):
    """Make the random numbers of what follows repeatable.

    Parameters
    ----------
    number : int, optional
        The same number gives the same run; none gives a new one each time.
    """
    generator.bit_generator.state = type(generator.bit_generator)(number).state


def rand(*shape):
    """Random numbers, uniform between 0 and 1, in an array of this shape (a number without one)."""
    return generator.random(shape or None)


def randn(*shape):
    """Random numbers of the standard normal distribution, in an array of this shape (a number without one)."""
    return generator.standard_normal(shape or None)


def caller():
    """The frame of the program that called into neurolab."""
    frame = sys._getframe(1)
    package = __name__.partition(".")[0]
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == package:
        frame = frame.f_back
    return frame


def names_seen_by_caller():
    """The names that the caller's program sees at this moment."""
    frame = caller()
    return {**frame.f_globals, **frame.f_locals}


def objects_of_caller(kinds):
    """The simulation objects that the caller's program has made: those its names, lists and dicts hold.

    Parameters
    ----------
    kinds : tuple of type

    Returns
    -------
    list
        In the order of the names; those of the function that calls, or of its module where it made none itself.
    """
    frame = caller()
    for names in (frame.f_locals, frame.f_globals):
        found = {}
        for name, value in names.items():
            if not name.startswith("_") and name not in _HISTORY:
                _gather(value, kinds, found, depth=2)
        if found:
            return list(found.values())
    return []


_MOST_STEPS = 1e15  # up to here every step has a number of its own
# A notebook keeps what its cells gave under these names, and under some that begin with _.
_HISTORY = ("In", "Out")


def _gather(value, kinds, found, depth):
    if isinstance(value, kinds):
        found.setdefault(id(value), value)
    elif depth and isinstance(value, (list, tuple, set, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            _gather(item, kinds, found, depth - 1)


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
