"""The memory of the server's own process, which shrinks again when labs are closed."""

import ctypes
import gc
import os

_M_ARENA_MAX = -8  # from glibc's malloc.h


def settle() -> None:
    """Configure the heap and the garbage collector; call this once, when the server has started.

    The threads then share one heap, if the C library supports this. With one heap for each thread,
    memory that a lab has freed in one heap could not be used for the next lab, and the server would
    grow. Objects that exist now are excluded from garbage collection, so that the cycles of closed
    labs are found soon and at little cost.
    """
    _ask_the_heap("mallopt", _M_ARENA_MAX, 1)
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """Return unused memory to the system, which takes some hundredths of a second."""
    gc.collect()
    _ask_the_heap("malloc_trim", 0)


def _ask_the_heap(name: str, *arguments: int) -> None:
    """Call a function of the C library, if it has one of this name, as glibc has."""
    function = getattr(ctypes.CDLL(None), name, None) if os.name == "posix" else None
    if function:
        function(*arguments)
