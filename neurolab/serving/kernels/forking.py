"""Kernels as forks of a warm process: a session costs tens of milliseconds and a few megabytes."""

import os
import sys
from contextlib import suppress

from jupyter_client.provisioning import LocalProvisioner

from .forked_process import can_hold_processes
from .warm_parent import LostParentError, WarmParent

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None

# Elsewhere there is no fork, or the system's own libraries do not survive one.
CAN_FORK = sys.platform == "linux" and can_hold_processes()
PROVISIONER = "neurolab-fork"
_ATTEMPTS = (
    2  # a kernel whose fork ends the warm process again and again is not asked for without end
)


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel as a fork; its connection file, ports and keys are its own, as with any other kernel."""

    source = "None"
    """The code of the page that all kernels show."""
    _warm: WarmParent | None = None
    _given_up: list[WarmParent] = []
    _most_memory = None

    @classmethod
    def parent_process(cls) -> WarmParent:
        """Return the warm process of this server; start a new one if there is none, or if it was given up.

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
            ForkProvisioner._warm = WarmParent(cls.source)
        return ForkProvisioner._warm

    @classmethod
    def can_fork_now(cls) -> bool:
        """Return whether the warm process answers, so that a kernel can be expected from it."""
        return cls._warm is not None and not cls._warm.is_late

    @classmethod
    def end_parent_process(cls) -> None:
        """End it, if there is one, and all kernels that were ever forked."""
        for warm in [*cls._given_up, cls._warm]:
            if warm is not None:
                warm.close()
        cls._given_up.clear()
        ForkProvisioner._warm = None

    async def launch_kernel(self, cmd, **kwargs):
        connection_file = cmd[cmd.index("-f") + 1]
        self.process = await self._forked(connection_file, dict(kwargs["env"]), kwargs.get("cwd"))
        self.pid, self.pgid = (
            self.process.pid,
            None,
        )  # the process itself knows how its whole group is reached
        self._limit_memory()
        return self.connection_info

    async def _forked(self, *kernel):
        for _ in range(_ATTEMPTS - 1):
            with suppress(LostParentError):  # the next attempt asks a new process
                return await self.parent_process().start(*kernel)
        return await self.parent_process().start(*kernel)

    def confine(self, room: int) -> None:
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

    def _limit_memory(self) -> None:
        if self._most_memory:
            with suppress(OSError):  # it has ended, or may not be looked at
                resource.prlimit(self.pid, resource.RLIMIT_AS, (self._most_memory,) * 2)
