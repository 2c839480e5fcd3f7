"""Kernels as forks of a warm process: a session takes tens of milliseconds and a few megabytes."""

import os
import sys
from contextlib import suppress
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from .forked_process import ForkedProcess, can_hold_processes
from .warm_parent import LostParentError, WarmParent

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]  # a module elsewhere

# Elsewhere there is no fork, or the system's own libraries do not survive one.
CAN_FORK = sys.platform == "linux" and can_hold_processes()
PROVISIONER = "neurolab-fork"
_ATTEMPTS = 2  # to start a kernel; its fork may end the warm process each time


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel as a fork, with its own connection file, ports and keys."""

    source = "None"
    """The code of the page that all kernels show."""
    _warm: WarmParent | None = None
    _given_up: list[WarmParent] = []
    _most_memory: int | None = None

    @classmethod
    def parent_process(cls) -> WarmParent:
        """Return the warm process of this server; start one if there is none or it was given up.

        Raises
        ------
        OSError
            The system has no room for another process.
        """
        warm = ForkProvisioner._warm
        if warm is None or not warm.lives:
            if warm is not None:
                ForkProvisioner._given_up.append(warm)  # kernels of it may still be alive
            ForkProvisioner._warm = None
            warm = ForkProvisioner._warm = WarmParent(cls.source)
        return warm

    @classmethod
    def can_fork_now(cls) -> bool:
        """Return whether the warm process answers, so that a kernel can be expected from it."""
        return cls._warm is not None and not cls._warm.is_late

    @classmethod
    def end_parent_process(cls) -> None:
        """End the warm process, if there is one, and all kernels that were ever forked."""
        for warm in [*cls._given_up, cls._warm]:
            if warm is not None:
                warm.close()
        cls._given_up.clear()
        ForkProvisioner._warm = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a kernel, and return its connection information."""
        connection_file = cmd[cmd.index("-f") + 1]
        process = await self._forked(connection_file, dict(kwargs["env"]), kwargs.get("cwd"))
        # It has the part of Popen's interface that Jupyter uses.
        self.process = process  # type: ignore[assignment]
        self.pid = process.pid
        self.pgid = None  # the process itself sends signals to its group
        self._limit_memory()
        return self.connection_info

    async def _forked(
        self, connection_file: str, env: dict[str, str], cwd: str | None
    ) -> ForkedProcess:
        for _ in range(_ATTEMPTS - 1):
            with suppress(LostParentError):  # the next attempt asks a new process
                return await self.parent_process().start(connection_file, env, cwd)
        return await self.parent_process().start(connection_file, env, cwd)

    def confine(self, room: int) -> None:
        """Limit the kernel's memory: an edit that needs more fails, and the lab goes on.

        The limit is kept if the kernel is restarted.

        Parameters
        ----------
        room : int
            Bytes that it may take in addition to its present ones.
        """
        with suppress(OSError), open(f"/proc/{self.pid}/statm") as numbers:  # it may have ended
            self._most_memory = int(numbers.read().split()[0]) * os.sysconf("SC_PAGE_SIZE") + room
        self._limit_memory()

    def _limit_memory(self) -> None:
        if self._most_memory and self.pid:
            with suppress(OSError):  # it has ended, or access is denied
                resource.prlimit(self.pid, resource.RLIMIT_AS, (self._most_memory,) * 2)
