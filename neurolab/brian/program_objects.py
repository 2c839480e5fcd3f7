"""Which objects belong to the program that calls `run`: those that it can name, and those that these reach.

A connection belongs to the groups that it joins and a monitor to the group that it watches, so they take part without a
name of their own. What only a notebook's history or the traceback of an error still holds does not take part.
"""

import dis
import gc
import sys
import sysconfig
import types
import weakref
from functools import lru_cache

from .known_attributes import Fixed

_HISTORY = ("In", "Out")
"""A notebook keeps what its cells gave under these names, and under some that begin with _."""
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


forgotten = weakref.WeakSet()
"""Objects that the program has told `run` to leave out, with `forget` or `clear`."""


def objects_in(names, kinds):
    """The objects of some kinds that names hold: by themselves, in lists and dicts, or as attributes.

    Parameters
    ----------
    names : mapping
    kinds : tuple of type

    Returns
    -------
    list
        In the order of the names, each object once.
    """
    found = {}
    for name, value in names.items():
        if not _is_history(name):
            _gather(value, kinds, found, _DEPTH)
    return list(found.values())


def _is_history(name):
    return isinstance(name, str) and (name.startswith("_") or name in _HISTORY)


def _gather(value, kinds, found, depth):
    if isinstance(value, kinds):
        if value not in forgotten:
            found.setdefault(id(value), value)
    elif depth:
        for item in _contents(value):
            _gather(item, kinds, found, depth - 1)


def _contents(value):
    """What a list, a dict or an object of a program's own class holds."""
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
def is_library(module):
    """Whether a module is one of Python's or an installed package, rather than the program's."""
    if module == "__main__":
        return False
    file = getattr(sys.modules.get(module), "__file__", None)
    return file is None or module.partition(".")[0] == _PACKAGE or file.startswith(_LIBRARIES)


def namespaces(frame):
    """What a program sees: the names of the function that calls, of its module, and of those that called it in turn."""
    yield frame.f_locals
    if frame.f_globals is not frame.f_locals:
        yield frame.f_globals
    while (frame := frame.f_back) and not frame.f_code.co_filename.startswith(_LIBRARIES):
        if frame.f_locals is not frame.f_globals:
            yield frame.f_locals


def still_held(items, frame):
    """Those objects that a program can still use, though it has no name for them in sight.

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
    gc.collect()  # An object that only a reference cycle keeps alive is gone after this.
    history = [frame.f_globals, *(frame.f_globals.get(name) for name in (*_HISTORY, "_oh"))]
    ignored = {id(items), *map(id, history)}
    held = set()
    for holder in _holders(items, ignored):
        held.update(id(item) for item in gc.get_referents(holder))
    return [item for item in items if id(item) in held]


def _holders(items, ignored):
    """What refers to any of the items and belongs to the program. Each search goes through all objects there are."""
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


def _names_of_ended_functions(dicts, running):
    """The ids of those dicts that hold the names of a function that has ended, as a traceback keeps them."""
    if not dicts:
        return set()
    frames = [owner for owner in gc.get_referrers(*dicts) if isinstance(owner, types.FrameType)]
    return {id(frame.f_locals) for frame in frames if frame not in running or _is_ours(frame)}


def _is_ours(frame):
    return frame.f_globals.get("__name__", "").partition(".")[0] == _PACKAGE


def _running_frames():
    found = set()
    for frame in sys._current_frames().values():
        while frame:
            found.add(frame)
            frame = frame.f_back
    return found


def objects_of_function(function):
    """Objects of the simulator that a function of the program uses, as far as its names and its closure tell."""
    function = getattr(function, "__func__", function)
    code, found = getattr(function, "__code__", None), {}
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


def _contents_of(cell):
    """What a closure's cell holds, as a list: empty where the variable has no value yet."""
    try:
        return [cell.cell_contents]
    except ValueError:
        return []


def _names_of(code):
    inner = [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return {*code.co_names}.union(*map(_names_of, inner))


def runs_again(frame):
    """Whether the code that has called `run` goes on to call it again, as far as its text tells: below, or in a loop."""
    after = [step for step in dis.get_instructions(frame.f_code) if step.offset > frame.f_lasti]
    return any(
        step.argval == "run"
        and step.opname.startswith("LOAD")
        or "JUMP_BACKWARD" in step.opname
        and step.argval <= frame.f_lasti
        for step in after
    )
