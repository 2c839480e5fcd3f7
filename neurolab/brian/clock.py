"""Time: clocks, durations, and what they are in steps."""

import weakref
from collections.abc import Iterable
from typing import Any

import numpy as np

from ..errors import RangeError, UnitsError
from ..grid import Seconds, Steps, is_whole, time_of, to_step
from ..units import SECOND, Quantity, dimension_name, dimension_of, si_quantity, si_value
from .checked_calls import checked_call
from .checked_values import whole_number
from .known_attributes import Fixed
from .warnings_given import say

USUAL_STEP = 1e-4
"""Seconds."""


_LACKING = {
    "makedefaultclock": "Set the default clock's step: defaultclock.dt = 0.05*ms.",
}


class Clock(Fixed):
    """The time step of a simulation, and the time that each object has reached.

    Parameters
    ----------
    dt : quantity, optional
        Length of a time step; 0.1 ms by default.
    t : quantity, optional
        Time at which objects begin; 0 by default.
    order : int
        Of clocks whose steps are at the same time, that with the lower order acts first.

    Raises
    ------
    UnitsError
        A value is not a time.
    RangeError
        The time step is not positive, or the time is negative.

    Examples
    --------
    >>> from neurolab import Clock, Network, NeuronGroup, ms
    >>> clock = Clock(dt=0.5*ms)
    >>> G = NeuronGroup(1, 'dV/dt = -V/(10*ms) : volt', clock=clock)
    >>> Network(G).run(2.5*ms)
    >>> print(round(float(clock.t/ms), 6))
    2.5
    """

    _settable = ("dt", "t")

    @checked_call(lacking=_LACKING)
    def __init__(self, dt: Quantity | None = None, t: Quantity | float = 0, order: int = 0) -> None:
        self._dt = USUAL_STEP if dt is None else seconds(dt, "Clock(dt)", positive=True)
        self.order = whole_number(order, "order", "Clock", least=-1_000_000)
        self._reached: weakref.WeakKeyDictionary[Any, Seconds] = weakref.WeakKeyDictionary()
        self.reinit(t)
        self._made = True

    @property
    def label(self) -> str:
        """Its time and its time step, for messages."""
        return f"{type(self).__name__}: t = {self._now * 1e3:.6g} ms, dt = {self._dt * 1e3:.6g} ms"

    @property
    def dt(self) -> Quantity:
        """Length of a time step (quantity); what is set counts from the next run on."""
        return si_quantity(self._dt, SECOND)

    @dt.setter
    def dt(self, value: Quantity | float) -> None:
        self._dt = seconds(value, "clock.dt", positive=True)

    @property
    def t(self) -> Quantity:
        """The time that the last run has reached (quantity); setting it is `reinit`."""
        return si_quantity(self._now, SECOND)

    @t.setter
    def t(self, value: Quantity | float) -> None:
        self.reinit(value)

    def reinit(self, t: Quantity | float = 0) -> None:
        """Set the time back to 0, or to `t`, where all objects begin.

        After this, no spike is on its way, and no neuron is refractory.
        """
        self._start = self._now = seconds(t, "clock.t")
        self._reached.clear()

    @property
    def start(self) -> Seconds:
        """The time (s) at which objects begin."""
        return self._start

    def start_over(self) -> None:
        """Restore the state of a new clock, with the usual time step."""
        self._dt, self._start, self._now = USUAL_STEP, 0.0, 0.0

    def has_moved(self, item: object) -> bool:
        """Whether an object has run on this clock since it was made or put back."""
        return item in self._reached

    def next_step(self, items: Iterable[object]) -> Steps:
        """Return the step at which these objects continue: the latest that one has reached."""
        reached = max(
            (self._reached[item] for item in items if item in self._reached), default=self._start
        )
        return to_step(reached, self._dt)

    def advance(self, items: Iterable[object], step: Steps) -> None:
        """Note that these objects have done all steps before this one."""
        self.show(step)
        self._reached.update(dict.fromkeys(items, self._now))

    def show(self, step: Steps) -> None:
        """Let the program see the time of a step."""
        self._now = time_of(step, self._dt)

    def fits(self, other: "Clock") -> bool:
        """Return whether a step of another clock is a whole number of steps of this one."""
        quotient = other._dt / self._dt
        return quotient >= 0.5 and bool(is_whole(quotient, 1.0))

    def steps_of(self, other: "Clock | None", where: str) -> Steps:
        """Return a step of another clock in steps of this one.

        Raises
        ------
        RangeError
            It is not a whole number of them.
        """
        if other is None:
            return 1
        if not self.fits(other):
            raise RangeError(
                f"The clock has steps of {other._dt * 1e3:g} ms.",
                where=where,
                mend=f"They must be a multiple of the groups' step of {self._dt * 1e3:g} ms.",
            )
        return round(other._dt / self._dt)


class EventClock(Clock):
    """A clock that groups do not use by default: for monitors and network operations.

    Examples
    --------
    >>> from neurolab import EventClock, ms
    >>> print(round(float(EventClock(dt=2*ms).dt/ms), 6))
    2.0
    """


def seconds(value: object, where: str, positive: bool = False) -> Seconds:
    """Return a duration as a float in seconds, checked.

    Examples
    --------
    >>> from neurolab import ms
    >>> seconds(20*ms, "run")
    0.02

    Raises
    ------
    UnitsError, RangeError
    """
    plain = si_value(value)
    if (
        isinstance(plain, bool)
        or np.ndim(plain)
        or not isinstance(plain, (int, float, np.number, np.ndarray))
    ):
        raise UnitsError(
            f"{value!r} is not one time.", where=where, mend="Give a time such as 10*ms."
        )
    if dimension_of(value) != SECOND and plain != 0:
        raise UnitsError(
            f"{value} has dimension {dimension_name(dimension_of(value))}.",
            where=where,
            mend="Give a time such as 10*ms.",
        )
    number = float(plain)
    if not np.isfinite(number) or number < 0 or (positive and number == 0):
        raise RangeError(
            f"{value} is not a possible time.",
            where=where,
            mend="It must be more than 0." if positive else "It must be 0 or more.",
        )
    return number


def steps_up(time: Seconds, dt: Seconds, what: str, item: object) -> Steps:
    """Return a time (s) in steps of dt, rounded up, with one warning if this changes it.

    Parameters
    ----------
    time, dt : float
    what : str
        What the time is, for the message.
    item : object
        The object to which the time belongs; it is warned about once.
    """
    count = to_step(time, dt)
    if not is_whole(time, dt):
        say(
            f"{what[:1].upper()}{what[1:]} is {time * 1e3:.6g} ms, which is not a whole number of "
            f"time steps of {dt * 1e3:g} ms. It becomes {time_of(count, dt) * 1e3:.6g} ms.",
            once_for=item,
        )
    return count
