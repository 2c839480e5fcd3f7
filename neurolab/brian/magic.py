"""All hidden state of the script API: the caller's names, the default clock, random numbers.

Nothing below this file (model, integrators, engine) depends on it.
"""

import sys
import threading
import weakref
from collections.abc import Iterable, Iterator
from types import FrameType
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import ArgumentError, UnknownNameError
from ..units import Quantity
from .checked_calls import checked_call
from .checked_values import whole_number
from .clock import Clock
from .known_attributes import Fixed
from .program_objects import forgotten, namespaces, objects_in

if TYPE_CHECKING:
    from .network import Network
    from .operations import Operation

defaultclock = Clock()
operations: weakref.WeakSet["Operation"] = weakref.WeakSet()
"""All existing network operations; they belong to no group."""
networks: weakref.WeakSet["Network"] = weakref.WeakSet()
"""All existing networks that were made as Network(…)."""


@checked_call
def reinit_default_clock(t: Quantity | float = 0) -> None:
    """Set the time of the default clock to 0, or to `t`; its time step stays.

    Examples
    --------
    >>> from neurolab import defaultclock, ms, reinit_default_clock
    >>> reinit_default_clock(5*ms)
    >>> float(defaultclock.t)
    0.005
    >>> reinit_default_clock()
    """
    defaultclock.reinit(t)


def get_default_clock() -> Clock:
    """Return the default clock."""
    return defaultclock


@checked_call
def define_default_clock(dt: Quantity | None = None, t: Quantity | float = 0) -> None:
    """Set the time step and the time of the default clock."""
    if dt is not None:
        defaultclock.dt = dt
    defaultclock.reinit(t)


def clock_of_caller() -> Clock | None:
    """Return the only clock that the program has made, or None; groups take it by default.

    Raises
    ------
    UnknownNameError
        The program has made several clocks.
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
                f"The program has {len(made)} clocks.",
                where="clock",
                mend="Choose one of them as clock=….",
            )
        if made:
            return made.popitem()[1]
    return None


stopping = threading.Event()
"""Set while a run has been asked to stop after its present step."""


@checked_call
def stop() -> None:
    """Stop the run after its present step; a network operation can call this.

    The next run continues from there.

    Examples
    --------
    >>> from neurolab import Network, NeuronGroup, mV, ms, network_operation, stop
    >>> G = NeuronGroup(1, 'dV/dt = 1*mV/ms : volt')
    >>> @network_operation
    ... def enough():
    ...     if G.V[0] > 2*mV:
    ...         stop()
    >>> Network(G, enough).run(10*ms)
    >>> print(round(float(G.V[0]/mV), 3))
    2.1
    """
    stopping.set()


generator = np.random.default_rng()


@checked_call
def seed(number: int | None = None) -> None:
    """Make the random numbers from here on repeatable.

    Parameters
    ----------
    number : int, optional
        The same number gives the same run; without one, each run is different.

    Examples
    --------
    >>> from neurolab import rand, seed
    >>> seed(1)
    >>> first = rand(3)
    >>> seed(1)
    >>> (rand(3) == first).all()
    np.True_
    """
    if number is not None:
        number = whole_number(number, "the seed", "seed")
    generator.bit_generator.state = type(generator.bit_generator)(number).state


def rand(*shape: int) -> Any:
    """Draw uniform random numbers between 0 and 1: an array of this shape, or one number."""
    return generator.random(_sizes(shape, "rand"))


def randn(*shape: int) -> Any:
    """Draw standard normal random numbers: an array of this shape, or one number."""
    return generator.standard_normal(_sizes(shape, "randn"))


def _sizes(shape: tuple[object, ...], where: str) -> tuple[int, ...] | None:
    return tuple(whole_number(size, "a size", where) for size in shape) or None


def caller() -> FrameType:
    """Return the frame of the program that called into neurolab."""
    frame = sys._getframe(1)
    package = __name__.partition(".")[0]
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == package:
        frame = frame.f_back
    return frame


def names_seen_by_caller() -> dict[str, Any]:
    """Return the names that the calling program sees at this moment."""
    frame = caller()
    return {**frame.f_globals, **frame.f_locals}


@checked_call
def forget(*objects: object) -> None:
    """Leave these objects, or lists of objects, out of every later `run`, until `recall`."""
    forgotten.update(_listed(objects))


@checked_call
def recall(*objects: object) -> None:
    """Let `run` take these objects again."""
    forgotten.difference_update(_listed(objects))


@checked_call
def clear(erase: bool = True, all: bool = False) -> None:
    """Leave everything that the program has made so far out of every later `run`.

    Parameters
    ----------
    erase, all : bool
        Brian 1 frees memory with them. Here memory is freed as soon as no name holds an object.
    """
    frame = caller()
    for names in (frame.f_locals, frame.f_globals):
        forget(*objects_in(names, (Fixed,)))


def _listed(objects: Iterable[object]) -> Iterator[Fixed]:
    for item in objects:
        if isinstance(item, (list, tuple, set)):
            yield from _listed(item)
        elif isinstance(item, Fixed):
            yield item
        else:
            raise ArgumentError(
                f"An object of type {type(item).__name__} is given.",
                where="forget, recall",
                mend="Give groups, connections, monitors or network operations.",
            )


def objects_of_caller(kinds: tuple[type, ...]) -> list[Any]:
    """Return the objects of some kinds that the calling program has made and can name.

    Parameters
    ----------
    kinds : tuple of type

    Returns
    -------
    list
        Those of the calling function; if it has none, those of its module or of its callers.
    """
    return next(filter(None, (objects_in(names, kinds) for names in namespaces(caller()))), [])
