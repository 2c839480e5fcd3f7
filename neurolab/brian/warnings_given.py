"""Warnings about input that is valid but probably does not do what was meant."""

import sys
import warnings
import weakref
from typing import Any

from ..errors import NeurolabWarning

_PACKAGE = __name__.partition(".")[0]
_said: weakref.WeakKeyDictionary[Any, set[str]] = weakref.WeakKeyDictionary()


def say(problem: str, mend: str = "", once_for: object = None) -> None:
    """Warn, at the line of the program that called into neurolab.

    Parameters
    ----------
    problem : str
        A whole sentence that says what was read.
    mend : str, optional
        A whole sentence that says what was perhaps meant.
    once_for : object, optional
        The same problem is not said again of this object.
    """
    if once_for is not None:
        known = _said.setdefault(once_for, set())
        if problem in known:
            return
        known.add(problem)
    warnings.warn(f"{problem} {mend}".strip(), NeurolabWarning, stacklevel=_level())


def _level() -> int:
    """Return how many calls lie between the program and `say`."""
    frame, level = sys._getframe(2), 2
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == _PACKAGE:
        frame, level = frame.f_back, level + 1
    return level
