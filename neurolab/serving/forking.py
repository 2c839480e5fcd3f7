"""Kernels as forks of a warm process: a session costs tens of milliseconds and a few megabytes."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from itertools import count

from jupyter_client.provisioning import LocalProvisioner

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None

# Elsewhere there is no fork, or the system's own libraries do not survive one.
CAN_FORK = sys.platform == "linux"
PROVISIONER = "neurolab-fork"


class Kernel:
    """A forked kernel, as far as `subprocess.Popen` would show it.

    Parameters
    ----------
    pid : int
    parent : WarmParent
    """

    stdin = stdout = stderr = None

    def __init__(self, pid, parent):
        self.pid, self._parent, self.returncode = pid, parent, None

    def poll(self):
        return self.returncode

    def wait(self, timeout=None):
        return self.returncode

    def send_signal(self, number):
        # Through its parent, who knows whether the number still is this kernel's.
        self._parent.tell({"signal": self.pid, "number": int(number)})

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)


class WarmParent:
    """The server's end of the line to a process of `neurolab.serving.warm`, started with it.

    Parameters
    ----------
    source : str
        The page's code.
    """

    def __init__(self, source):
        own, other = socket.socketpair()
        own.setblocking(False)
        # One thread each: with more, a fork would not be whole, and a class shares few cores.
        threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        with other:
            # Without -P, modules of the folder in which the server was started would take the place of Python's own.
            self.process = subprocess.Popen([sys.executable, "-P", "-m", f"{__package__}.warm", str(other.fileno()), source],
                                            pass_fds=[other.fileno()], stdin=subprocess.DEVNULL, env=os.environ | threads)
        self._own, self._numbers = own, count()
        self._loop = asyncio.get_running_loop()
        self._waiting, self._kernels = {}, {}
        self._unread = b""
        self.lives = True
        self._loop.add_reader(own, self._hear)

    async def start(self, connection_file, env, cwd):
        """Fork a kernel.

        Parameters
        ----------
        connection_file : str
        env : dict
        cwd : str or None

        Returns
        -------
        Kernel
        """
        number = next(self._numbers)
        self._waiting[number] = started = self._loop.create_future()
        self.tell({"start": number, "connection_file": connection_file, "env": env, "cwd": cwd})
        return await started

    def tell(self, order):
        """Send an order; to a process that is gone it is lost, and that is noticed otherwise."""
        with suppress(OSError):
            self._own.setblocking(True)
            self._own.sendall(json.dumps(order).encode() + b"\n")
            self._own.setblocking(False)

    def _hear(self):
        try:
            received = self._own.recv(2**16)
        except BlockingIOError:
            return
        except OSError:
            received = b""
        if not received:
            self._lost()
            return
        *whole, self._unread = (self._unread + received).split(b"\n")
        for news in map(json.loads, whole):
            if "started" in news:
                kernel = self._kernels[news["pid"]] = Kernel(news["pid"], self)
                started = self._waiting.pop(news["started"])
                if not started.done():  # nobody waits any more
                    started.set_result(kernel)
            elif "failed" in news:
                self._fail(self._waiting.pop(news["failed"]), f"no process for another kernel: {news['why']}")
            else:
                self._kernels.pop(news["ended"]).returncode = news["code"]

    @staticmethod
    def _fail(started, why):
        if not started.done():
            started.set_exception(RuntimeError(why))

    def _lost(self):
        """The process has ended, and with it all its kernels."""
        self._loop.remove_reader(self._own)
        self._own.close()
        self.lives = False
        self.process.wait()
        for kernel in self._kernels.values():
            kernel.returncode = -signal.SIGKILL
        for started in self._waiting.values():
            self._fail(started, "the process that kernels are forked of has ended")

    def close(self):
        """End the process and all its kernels."""
        if self.lives:
            self._own.shutdown(socket.SHUT_RDWR)
            self._lost()


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel as a fork; its connection file, ports and keys are its own, as with any other kernel."""

    source = "None"
    """The code of the page that all kernels show."""
    _warm = None
    _most_memory = None

    @classmethod
    def parent_process(cls):
        """The warm process of this server; a new one where there is none any more."""
        if cls._warm is None or not cls._warm.lives:
            ForkProvisioner._warm = WarmParent(cls.source)
        return cls._warm

    @classmethod
    def end_parent_process(cls):
        """End it, if there is one."""
        if cls._warm is not None:
            cls._warm.close()
            ForkProvisioner._warm = None

    async def launch_kernel(self, cmd, **kwargs):
        connection_file = cmd[cmd.index("-f") + 1]
        self.process = await self.parent_process().start(connection_file, dict(kwargs["env"]), kwargs.get("cwd"))
        self.pid, self.pgid = self.process.pid, None  # signals go to the kernel alone, through its parent
        self._limit_memory()
        return self.connection_info

    def confine(self, room):
        """Limit the kernel's memory: an edit that asks for more fails, and the lab lives on.

        The limit is that of a kernel that is restarted in its place too.

        Parameters
        ----------
        room : int
            Bytes that it may take beyond those it has now.
        """
        with suppress(OSError), open(f"/proc/{self.pid}/statm") as numbers:  # it may have ended
            self._most_memory = int(numbers.read().split()[0]) * os.sysconf("SC_PAGE_SIZE") + room
        self._limit_memory()

    def _limit_memory(self):
        if self._most_memory:
            with suppress(OSError):  # it has ended, or may not be looked at
                resource.prlimit(self.pid, resource.RLIMIT_AS, (self._most_memory,) * 2)
