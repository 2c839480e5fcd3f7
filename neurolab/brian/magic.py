"""Hidden state of the script API, all of it: the caller's names, the default clock, the random numbers.

Nothing below this file (model, integrators, engine) knows of it.
"""

import sys
import weakref

import numpy as np

from ..errors import ArgumentError, UnknownNameError
from .checked_calls import checked_call
from .checked_values import whole_number
from .clock import Clock
from .known_attributes import Fixed
from .program_objects import forgotten, namespaces, objects_in

defaultclock = Clock()
operations = weakref.WeakSet()
"""All network operations that are still there: they belong to no group."""
networks = weakref.WeakSet()
"""All networks that are still there, made as Network(…)."""


@checked_call
def reinit_default_clock(t=0):
    """Put the time of the default clock back to 0, or to `t`; its time step stays."""
    defaultclock.reinit(t)


def get_default_clock():
    """The default clock."""
    return defaultclock


@checked_call
def define_default_clock(dt=None, t=0):
    """Set the time step and the time of the default clock."""
    if dt is not None:
        defaultclock.dt = dt
    defaultclock.reinit(t)


def clock_of_caller():
    """The clock that a group takes where it is given none: the only one that the program has made, if there is one.

    Raises
    ------
    UnknownNameError
        There are several to choose from.
    """
    frame = caller()
    for names in (frame.f_locals, frame.f_globals):
        made = {
            id(value): value
            for name, value in names.items()
            if type(value) is Clock and not name.startswith("_")
        }
        made.pop(id(defaultclock), None)
        if len(made) > 1:
            raise UnknownNameError(
                f"the program has {len(made)} clocks",
                where="clock",
                expected="one of them as clock=…",
            )
        if made:
            return made.popitem()[1]
    return None


generator = np.random.default_rng()


@checked_call
def seed(number=None):
    """Make the random numbers of what follows repeatable.

    Parameters
    ----------
    number : int, optional
        The same number gives the same run; none gives a new one each time.
    """
    if number is not None:
        number = whole_number(number, "the seed", "seed")
    generator.bit_generator.state = type(generator.bit_generator)(number).state


def rand(*shape):
    """Random numbers, uniform between 0 and 1, in an array of this shape (a number without one)."""
    return generator.random(_sizes(shape, "rand"))


def randn(*shape):
    """Random numbers of the standard normal distribution, in an array of this shape (a number without one)."""
    return generator.standard_normal(_sizes(shape, "randn"))


def _sizes(shape, where):
    return tuple(whole_number(size, "a size", where) for size in shape) or None


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


@checked_call
def forget(*objects):
    """Leave these objects out of every later `run`, until `recall` names them; lists of objects work too."""
    forgotten.update(_listed(objects))


@checked_call
def recall(*objects):
    """Let `run` take these objects again."""
    forgotten.difference_update(_listed(objects))


@checked_call
def clear(erase=True, all=False):
    """Leave everything that the program has made so far out of every later `run`.

    Parameters
    ----------
    erase, all : bool
        As in Brian 1, where they free memory. Here memory is freed as soon as no name holds an object.
    """
    frame = caller()
    for names in (frame.f_locals, frame.f_globals):
        forget(*objects_in(names, (Fixed,)))


def _listed(objects):
    for item in objects:
        if isinstance(item, (list, tuple, set)):
            yield from _listed(item)
        elif isinstance(item, Fixed):
            yield item
        else:
            raise ArgumentError(
                f"a {type(item).__name__} was given",
                where="forget, recall",
                expected="groups, connections, monitors or network operations",
            )


def objects_of_caller(kinds):
    """The objects of some kinds that the caller's program has made and can name.

    Parameters
    ----------
    kinds : tuple of type

    Returns
    -------
    list
        Those of the function that calls; where it has none, those of its module, or of the functions that called it.
    """
    return next(filter(None, (objects_in(names, kinds) for names in namespaces(caller()))), [])
