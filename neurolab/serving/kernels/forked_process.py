"""A process that another process has forked for us, held by a file descriptor of the process."""

import asyncio
import ctypes
import os
import select
import signal
from collections.abc import Callable
from contextlib import suppress

_PR_SET_CHILD_SUBREAPER = 36  # from Linux's prctl.h


class ForkedProcess:
    """A kernel's process, with the part of the interface of `subprocess.Popen` that Jupyter uses.

    Signals go to the process directly, so they arrive even if its parent hangs or has ended.

    Parameters
    ----------
    pid : int
        The process's number.
    parent : int
        The number of the process that forked it.
    on_end : callable
        Is called with this object when the process has ended.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, parent: int, on_end: Callable[["ForkedProcess"], None]) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._loop = asyncio.get_running_loop()
        self._on_end = on_end
        self._descriptor = -1
        try:
            self._descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            self._loop.call_soon(self._ended)
            return
        self._loop.add_reader(self._descriptor, self._ended)
        # The kernel may have ended at once, and its number may belong to another process now.
        if parent_of(pid) != parent:
            self._ended()

    def poll(self) -> int | None:
        """Return the exit code, or None while the process runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Return the exit code; Jupyter calls this only after `poll` has returned one."""
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and to every process that it has started."""
        if self.returncode is None:
            send_to_group(self.pid, self._descriptor, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)

    def _ended(self) -> None:
        if self.returncode is not None:
            return
        if self._descriptor >= 0:
            self._loop.remove_reader(self._descriptor)
            os.close(self._descriptor)
        with suppress(ChildProcessError):  # unless its parent has ended too, its parent collects it
            os.waitpid(self.pid, os.WNOHANG)
        # The exit code is known only to its parent. Jupyter needs to know just that it has ended.
        self.returncode = -signal.SIGKILL
        self._on_end(self)


def send_to_group(pid: int, descriptor: int, number: int) -> None:
    """Send a signal to a kernel and to every process that it has started.

    Parameters
    ----------
    pid : int
        The kernel's number, which is that of its process group too.
    descriptor : int
        The descriptor of the kernel's process.
    number : int
        The signal's number.
    """
    with suppress(ProcessLookupError):
        signal.pidfd_send_signal(descriptor, 0)  # raises if the number is no longer this kernel's
        try:
            os.killpg(pid, number)
        except ProcessLookupError:  # the kernel is so young that it has no process group yet
            signal.pidfd_send_signal(descriptor, number)


def has_ended(descriptor: int) -> bool:
    """Return whether the process of a descriptor has ended."""
    watched = select.poll()
    watched.register(descriptor, select.POLLIN)
    return bool(watched.poll(0))


def parent_of(pid: int) -> int | None:
    """Return the number of a process's parent, or None if there is no such process."""
    with suppress(OSError), open(f"/proc/{pid}/stat") as numbers:
        return int(numbers.read().rpartition(")")[2].split()[1])
    return None


def can_hold_processes() -> bool:
    """Return whether this system has descriptors of processes; Linux has had them since 5.3."""
    if not hasattr(os, "pidfd_open"):
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False
    return True


def adopt_orphans() -> None:
    """Make this process the parent of kernels whose own parent ends, so that it collects them."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
