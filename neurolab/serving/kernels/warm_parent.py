"""The server's end of the connection to the warm process, from which kernels are forked."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from itertools import count
from typing import Any

from .forked_process import ForkedProcess

_LOOK = 1.0  # seconds between two checks whether the process answers
_PATIENCE = 10  # checks without an answer after which the process is given up
_PATIENCE_AT_START = 120  # the same until its first answer, because it imports everything first
_MOST_UNSENT = 2**23  # bytes of orders that the process has not read
_LATE = 3  # checks without an answer after which the process counts as late


class LostParentError(RuntimeError):
    """The process that kernels are forked from has ended, or does not answer."""


class WarmParent:
    """A process from which kernels are forked, started together with this object.

    Nothing here blocks: orders are queued, and a process that does not answer is given up. Its
    kernels stay alive then, because each of them watches the server itself.

    Parameters
    ----------
    source : str
        The page's code.

    Attributes
    ----------
    lives : bool
        Whether it can be asked for kernels.
    """

    def __init__(self, source: str) -> None:
        self._loop = asyncio.get_running_loop()
        self._line, other = socket.socketpair()
        self._line.setblocking(False)
        # Kernels end when the other end of this pipe is closed, because the server has ended.
        watched, self._held = os.pipe()
        try:
            self.process = _start(source, other.fileno(), watched)
        except OSError:
            self._line.close()
            os.close(self._held)
            raise
        finally:
            other.close()
            os.close(watched)
        self._numbers = count()
        self._waiting: dict[int, asyncio.Future[ForkedProcess] | None] = {}
        self._kernels: set[ForkedProcess] = set()
        self._unsent = bytearray()
        self._unread = b""
        self._silent_looks = 0
        self._has_answered = False
        self.lives = True
        self._loop.add_reader(self._line, self._hear)
        self._ask({"ping": None}, None)
        self._next_look = self._loop.call_later(_LOOK, self._look)

    @property
    def is_late(self) -> bool:
        """Whether an answer is overdue."""
        return not self.lives or (self._has_answered and self._silent_looks > _LATE)

    async def start(
        self, connection_file: str, env: dict[str, str], cwd: str | None
    ) -> ForkedProcess:
        """Fork a kernel.

        Parameters
        ----------
        connection_file : str
            Path of the file with the addresses of the kernel.
        env : dict
            The kernel's environment.
        cwd : str or None
            The folder in which it runs; None for this process's own.

        Returns
        -------
        ForkedProcess
            The kernel.

        Raises
        ------
        LostParentError
            The process ended or was given up before it had forked the kernel.
        RuntimeError
            The system has no room for another process.
        """
        if not self.lives:
            raise LostParentError("The process that kernels are forked from has ended.")
        started: asyncio.Future[ForkedProcess] = self._loop.create_future()
        self._ask(
            {"start": None, "connection_file": connection_file, "env": env, "cwd": cwd}, started
        )
        return await started

    def _ask(self, order: dict[str, Any], answer: asyncio.Future[ForkedProcess] | None) -> None:
        number = next(self._numbers)
        self._waiting[number] = answer
        kind = next(iter(order))
        self._unsent += json.dumps(order | {kind: number}).encode() + b"\n"
        if len(self._unsent) > _MOST_UNSENT:
            self.give_up()
        else:
            self._send()

    def _send(self) -> None:
        self._loop.remove_writer(self._line)
        try:
            sent = self._line.send(self._unsent)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.give_up()
            return
        del self._unsent[:sent]
        if self._unsent:
            self._loop.add_writer(self._line, self._send)

    def _look(self) -> None:
        """Count the checks without an answer, and give the process up if there are too many.

        Checks are counted and not seconds. So a pause of this process itself (a stopped job, a
        suspended computer) does not count.
        """
        self._silent_looks += 1
        patience = _PATIENCE if self._has_answered else _PATIENCE_AT_START
        if self._silent_looks > patience:
            self.give_up()
            return
        if not self._waiting:
            self._ask({"ping": None}, None)
        if self.lives:
            self._next_look = self._loop.call_later(_LOOK, self._look)

    def _hear(self) -> None:
        try:
            received = self._line.recv(2**16)
        except BlockingIOError:
            return
        except OSError:
            received = b""
        if not received:
            self.give_up()
            return
        self._silent_looks = 0
        self._has_answered = True
        *whole, self._unread = (self._unread + received).split(b"\n")
        for news in map(json.loads, whole):
            self._take(news)

    def _take(self, news: dict[str, Any]) -> None:
        kernel = None
        if "pid" in news:
            kernel = ForkedProcess(news["pid"], self.process.pid, self._kernel_ended)
            self._kernels.add(kernel)
        answer = self._waiting.pop(news["to"])
        if answer is None:
            return
        if answer.done():  # this kernel is no longer needed
            if kernel is not None:
                kernel.kill()
        elif kernel is None:
            answer.set_exception(
                RuntimeError(f"There is no room for another process: {news['failed']}.")
            )
        else:
            answer.set_result(kernel)

    def _kernel_ended(self, kernel: ForkedProcess) -> None:
        self._kernels.discard(kernel)
        if not (self.lives or self._kernels):
            self._let_go()

    def give_up(self) -> None:
        """End the process, but not its kernels; calls that wait for a kernel raise an error."""
        if not self.lives:
            return
        self.lives = False
        self._next_look.cancel()
        # Before the line is closed, which a slow process would take for the server's end, and end
        # its kernels.
        self.process.kill()
        self._loop.remove_reader(self._line)
        self._loop.remove_writer(self._line)
        self._line.close()
        for answer in self._waiting.values():
            if answer is not None and not answer.done():
                answer.set_exception(self._reason())
        self._waiting.clear()
        self._collect()
        if not self._kernels:
            self._let_go()

    def _reason(self) -> RuntimeError:
        if self._has_answered:
            return LostParentError(
                "The process that kernels are forked from has ended, or does not answer."
            )
        # A new process would fail in the same way.
        return RuntimeError("The process that kernels are forked from could not be started.")

    def _collect(self) -> None:
        if self.process.poll() is None:
            self._loop.call_later(_LOOK, self._collect)

    def _let_go(self) -> None:
        """Let the kernels end, if there are any."""
        if self._held >= 0:
            os.close(self._held)
            self._held = -1

    def close(self) -> None:
        """End the process and all its kernels."""
        self.give_up()
        self._let_go()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)


def _start(source: str, line: int, watched: int) -> subprocess.Popen[bytes]:
    # One thread each: a fork copies only one thread, and a class shares few cores.
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    # Without -P, modules in the server's working directory would replace those of Python.
    command = [
        sys.executable,
        "-P",
        "-m",
        f"{__package__}.warm_process",
        str(line),
        str(watched),
        source,
    ]
    return subprocess.Popen(
        command, pass_fds=[line, watched], stdin=subprocess.DEVNULL, env=os.environ | threads
    )
