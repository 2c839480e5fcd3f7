"""The limit of open files of the server's process, and its behaviour when no file is left.

Sockets, pipes and event queues count as files. If no file is left, ZeroMQ ends the whole process,
and tornado reports each attempt to accept a connection without a pause.
"""

import errno
import math
import os
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

FILES_OF_A_LAB = 22  # files that a lab needs while it is opened; thirteen later
_RESERVE = 2 * FILES_OF_A_LAB  # files for the labs that are being opened already
_NONE_LEFT = {errno.EMFILE, errno.ENFILE}
_LISTS = ("/proc/self/fd", "/dev/fd")  # folders that list the open files of a process


def most_files() -> float:
    """Return how many files this process may have open."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0] if resource else -1
    return files if files >= 0 else math.inf


def allow_many_files() -> None:
    """Raise the limit of open files as far as possible: 1024 are common, and enough for 27 labs."""
    if resource:
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def are_scarce() -> bool:
    """Return whether too few files are left to open another lab, or a connection to one."""
    for folder in _LISTS:
        try:
            return len(os.listdir(folder)) + _RESERVE > most_files()
        except FileNotFoundError:
            continue
        except OSError as error:
            return error.errno in _NONE_LEFT
    return False


class Listener(socket.socket):
    """A listening socket that turns connections away while no file is left.

    It holds one file in reserve. If a connection cannot be accepted because no file is left, the
    reserve is closed for the moment in which the connection is accepted and closed. Otherwise the
    connection would stay in the queue, and the event loop would try to accept it again at once.

    Parameters
    ----------
    listening : socket.socket
        The socket to replace; it is detached.
    turned_away : callable
        Is called without arguments for each connection that is turned away.
    """

    def __init__(self, listening: socket.socket, turned_away: Callable[[], None]) -> None:
        super().__init__(listening.family, listening.type, listening.proto, listening.detach())
        self._turned_away = turned_away
        self._spare = os.open(os.devnull, os.O_RDONLY)

    def accept(self) -> tuple[socket.socket, Any]:
        """Accept a connection.

        Returns
        -------
        tuple of socket.socket and address

        Raises
        ------
        BlockingIOError
            No connection waits, or the one that waited was turned away.
        """
        try:
            return super().accept()
        except OSError as error:
            if error.errno not in _NONE_LEFT:
                raise
        self._turn_away()
        raise BlockingIOError

    def _turn_away(self) -> None:
        if self._spare >= 0:
            os.close(self._spare)
        with suppress(OSError):
            super().accept()[0].close()
        try:
            self._spare = os.open(os.devnull, os.O_RDONLY)
        except OSError:  # another thread was faster
            self._spare = -1
        self._turned_away()

    def close(self) -> None:
        """Close the socket and the file in reserve."""
        if self._spare >= 0:
            os.close(self._spare)
            self._spare = -1
        super().close()


def listeners(sockets: Iterable[socket.socket], turned_away: Callable[[], None]) -> list[Listener]:
    """Return a `Listener` in place of each listening socket."""
    return [Listener(listening, turned_away) for listening in sockets]
