"""Hidden state of the script API, all of it: the caller's names, the default clock, the random numbers.

Nothing below this file (model, integrators, engine) knows of it.
"""

import sys
import weakref

import numpy as np

from ..errors import ArgumentError, UnknownNameError
from .calls import checked_call
from .clock import Clock
from .fixed import Fixed
from .values import whole_number

defaultclock = Clock()


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
        made = {id(value): value for name, value in names.items() if type(value) is Clock and not name.startswith("_")}
        made.pop(id(defaultclock), None)
        if len(made) > 1:
            raise UnknownNameError(f"the program has {len(made)} clocks", where="clock", expected="one of them as clock=…")
        if made:
            return made.popitem()[1]
    return None


def note_star_import():
    """Give a program that begins with ``from neurolab import *`` the default clock as new, whatever ran before it.

    Not where the names are there already (a cell that is run again), nor in a module that such a program imports.
    """
    frame, asked = caller(), False
    while frame and frame.f_globals.get("__name__") == "importlib._bootstrap":
        frame, asked = frame.f_back, True
    if not asked or not frame or _has_names(frame):
        return
    if frame.f_globals.get("__spec__"):  # a module; below it on the stack may stand the program that imports it
        importer = frame.f_back
        while importer:
            if importer.f_locals is importer.f_globals and _has_names(importer):
                return
            importer = importer.f_back
    defaultclock.start_over()


def _has_names(frame):
    return frame.f_globals.get("defaultclock") is defaultclock


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


_forgotten = weakref.WeakSet()
"""Objects that `run` leaves out."""


@checked_call
def forget(*objects):
    """Leave these objects out of every later `run`, until `recall` names them; lists of objects work too."""
    _forgotten.update(_listed(objects))


@checked_call
def recall(*objects):
    """Let `run` take these objects again."""
    _forgotten.difference_update(_listed(objects))


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
            raise ArgumentError(f"a {type(item).__name__} was given", where="forget, recall",
                                expected="groups, connections, monitors or network operations")


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
    return objects_in(frame.f_locals, kinds) or objects_in(frame.f_globals, kinds)


def objects_in(names, kinds):
    """The simulation objects that a program's names, lists and dicts hold.

    Parameters
    ----------
    names : mapping
    kinds : tuple of type

    Returns
    -------
    list
        In the order of the names.
    """
    found = {}
    for name, value in names.items():
        if not name.startswith("_") and name not in _HISTORY:
            _gather(value, kinds, found, depth=2)
    return list(found.values())


# A notebook keeps what its cells gave under these names, and under some that begin with _.
_HISTORY = ("In", "Out")


def _gather(value, kinds, found, depth):
    if isinstance(value, kinds):
        if value in _forgotten:
            return
        found.setdefault(id(value), value)
    elif depth and isinstance(value, (list, tuple, set, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            _gather(item, kinds, found, depth - 1)
