"""The memory of the server's own process: as much as the labs need that are open, and no more once they have gone."""

import ctypes
import gc
import os

_M_ARENA_MAX = -8  # the name that glibc's malloc.h gives it


def settle():
    """Call this once, when the server has begun.

    Its threads then share a heap, where the C library can do that: with one for each, what a lab leaves free in one is of no
    use to the next lab, and the server grows with each. And what is there from the beginning is not looked through for
    cycles again, so that those of labs that have ended are found soon and at little cost.
    """
    _ask_the_heap("mallopt", _M_ARENA_MAX, 1)
    gc.collect()
    gc.freeze()


def give_back():
    """Let go of what is used no more, now; it takes some hundredths of a second."""
    gc.collect()
    _ask_the_heap("malloc_trim", 0)


def _ask_the_heap(name, *arguments):
    """Call a function of the C library, where it has one of this name: glibc does, others do without."""
    function = getattr(ctypes.CDLL(None), name, None) if os.name == "posix" else None
    if function:
        function(*arguments)
