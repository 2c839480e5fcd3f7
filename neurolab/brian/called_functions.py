"""Functions of the program that its equations call, looked up by name."""

import re
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any

from ..model.program_functions import Functions, ProgramFunction
from ..model.vocabulary import FUNCTIONS
from . import magic
from .program_objects import is_library

_CALL = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\s*\(", re.ASCII)


def functions_called(
    text: str, given: Mapping[str, Callable[..., Any]]
) -> dict[str, Callable[..., Any]]:
    """Return the functions of the calling program that a text calls, by name.

    Parameters
    ----------
    text : str
        Equations, a threshold or a reset.
    given : mapping
        Functions that are known already; they take precedence.
    """
    called = set(_CALL.findall(text))
    wanted = called - given.keys()
    if not wanted:
        return {name: given[name] for name in given if name in called}
    seen = magic.names_seen_by_caller()
    found = {
        name: seen[name]
        for name in sorted(wanted)
        if callable(seen.get(name)) and (name not in FUNCTIONS or _is_own(seen[name]))
    }
    return {**{name: given[name] for name in given if name in called}, **found}


def _is_own(function: object) -> bool:
    """Return whether a function is the program's own, and not one of numpy by the same name."""
    return isinstance(function, FunctionType) and not is_library(function.__module__ or "")


def program_functions(functions: Mapping[str, Callable[..., Any]]) -> Functions:
    """Return functions as the model's compiler takes them."""
    return tuple(ProgramFunction(name, function) for name, function in functions.items())
