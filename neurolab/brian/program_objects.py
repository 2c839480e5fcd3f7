"""Objects that belong to the program that calls `run`: those that it can name and what they reach.

A connection belongs to the groups that it joins and a monitor to the group that it watches, so they
take part without a name of their own. Objects that only a notebook's history or the traceback of an
error still holds do not take part.
"""

import dis
import gc
import sys
import sysconfig
import types
import weakref
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from types import CellType, CodeType, FrameType
from typing import Any

from .known_attributes import Fixed

_HISTORY = ("In", "Out")
"""Names under which a notebook keeps the results of its cells; others begin with _."""
_MOST_ITEMS = 10_000
_DEPTH = 3
_PACKAGE = __name__.partition(".")[0]
_LIBRARIES = ("<frozen", *map(sysconfig.get_path, ("stdlib", "platstdlib", "purelib", "platlib")))
_OPAQUE = (
    types.ModuleType,
    type,
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    Fixed,
)


forgotten: weakref.WeakSet[Any] = weakref.WeakSet()
"""Objects that the program has told `run` to leave out, with `forget` or `clear`."""


def objects_in(names: Mapping[str, object], kinds: tuple[type, ...]) -> list[Any]:
    """Return the objects of some kinds that names hold, also in lists and dicts or as attributes.

    Parameters
    ----------
    names : mapping
    kinds : tuple of type

    Returns
    -------
    list
        In the order of the names, each object once.
    """
    found: dict[int, Any] = {}
    for name, value in names.items():
        if not _is_history(name):
            _gather(value, kinds, found, _DEPTH)
    return list(found.values())


def _is_history(name: object) -> bool:
    return isinstance(name, str) and (name.startswith("_") or name in _HISTORY)


def _gather(value: object, kinds: tuple[type, ...], found: dict[int, Any], depth: int) -> None:
    if isinstance(value, kinds):
        if value not in forgotten:
            found.setdefault(id(value), value)
    elif depth:
        for item in _contents(value):
            _gather(item, kinds, found, depth - 1)


def _contents(value: object) -> Sequence[object]:
    """Return the contents of a list, a dict or an object of a class of the program."""
    items: Collection[object]
    if isinstance(value, dict):
        items = (
            [item for key, item in value.items() if not _is_history(key)]
            if len(value) <= _MOST_ITEMS
            else ()
        )
    elif isinstance(value, (list, tuple, set)):
        items = value
    elif isinstance(value, _OPAQUE) or is_library(type(value).__module__):
        return ()
    else:
        items = getattr(value, "__dict__", {}).values()
    return list(items) if len(items) <= _MOST_ITEMS else ()


@lru_cache(maxsize=1024)
def is_library(module: str) -> bool:
    """Return whether a module belongs to Python or to an installed package."""
    if module == "__main__":
        return False
    file = getattr(sys.modules.get(module), "__file__", None)
    return file is None or module.partition(".")[0] == _PACKAGE or file.startswith(_LIBRARIES)


def namespaces(frame: FrameType) -> Iterator[dict[str, Any]]:
    """Yield the names that a program sees: of the calling function, its module and its callers."""
    yield frame.f_locals
    if frame.f_globals is not frame.f_locals:
        yield frame.f_globals
    outer = frame.f_back
    while outer and not outer.f_code.co_filename.startswith(_LIBRARIES):
        if outer.f_locals is not outer.f_globals:
            yield outer.f_locals
        outer = outer.f_back


def still_held(items: list[Any], frame: FrameType) -> list[Any]:
    """Return the objects that a program can still use, though it sees no name for them.

    Parameters
    ----------
    items : list
    frame : frame
        That of the program.

    Returns
    -------
    list
    """
    if not items:
        return []
    gc.collect()  # deletes objects that only a reference cycle keeps alive
    history = [frame.f_globals, *(frame.f_globals.get(name) for name in (*_HISTORY, "_oh"))]
    ignored = {id(items), *map(id, history)}
    held: set[int] = set()
    for holder in _holders(items, ignored):
        held.update(id(item) for item in gc.get_referents(holder))
    return [item for item in items if id(item) in held]


def _holders(items: list[Any], ignored: set[int]) -> Iterator[object]:
    """Yield what refers to any of the items and belongs to the program.

    Each search goes through all existing objects.
    """
    running = _running_frames()
    holders = [holder for holder in gc.get_referrers(*items) if id(holder) not in ignored]
    ended = _names_of_ended_functions(
        [holder for holder in holders if type(holder) is dict], running
    )
    for holder in holders:
        if isinstance(holder, types.FrameType):
            if holder in running and not _is_ours(holder):
                yield holder
        elif id(holder) not in ended:
            yield holder


def _names_of_ended_functions(dicts: list[Any], running: set[FrameType]) -> set[int]:
    """Return the ids of the dicts with names of ended functions, which tracebacks keep."""
    if not dicts:
        return set()
    frames = [owner for owner in gc.get_referrers(*dicts) if isinstance(owner, types.FrameType)]
    return {id(frame.f_locals) for frame in frames if frame not in running or _is_ours(frame)}


def _is_ours(frame: FrameType) -> bool:
    return frame.f_globals.get("__name__", "").partition(".")[0] == _PACKAGE


def _running_frames() -> set[FrameType]:
    running = set()
    for innermost in sys._current_frames().values():
        frame: FrameType | None = innermost
        while frame:
            running.add(frame)
            frame = frame.f_back
    return running


def objects_of_function(function: Any) -> list[Any]:
    """Return the simulator's objects that a program's function uses by its names and closure."""
    function = getattr(function, "__func__", function)
    code = getattr(function, "__code__", None)
    found: dict[int, Any] = {}
    owner = getattr(function, "__self__", None)
    known = [] if owner is None else [owner]
    if code is None:
        known.append(getattr(function, "__dict__", {}))
    else:
        known += [value for cell in function.__closure__ or () for value in _contents_of(cell)]
        known += [
            function.__globals__[name] for name in _names_of(code) if name in function.__globals__
        ]
        known += function.__defaults__ or ()
    for value in known:
        _gather(value, (Fixed,), found, _DEPTH)
    return list(found.values())


def _contents_of(cell: CellType) -> list[Any]:
    """Return the contents of a closure's cell as a list, empty if the variable has no value yet."""
    try:
        return [cell.cell_contents]
    except ValueError:
        return []


def _names_of(code: CodeType) -> set[str]:
    inner = [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return {*code.co_names}.union(*map(_names_of, inner))


def runs_again(frame: FrameType) -> bool:
    """Return whether the code that called `run` will call it again, below or in a loop."""
    after = [step for step in dis.get_instructions(frame.f_code) if step.offset > frame.f_lasti]
    return any(
        step.argval == "run"
        and step.opname.startswith("LOAD")
        or "JUMP_BACKWARD" in step.opname
        and step.argval <= frame.f_lasti
        for step in after
    )
