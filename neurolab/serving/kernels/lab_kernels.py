"""The kernels that the server starts, and the messages that it keeps for their pages."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import zmq
from ipykernel.kernelspec import RESOURCES
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop
from traitlets import default

from .. import open_files
from ..event_log import log_event
from ..steady_clock import keep_time_steadily
from .forking import CAN_FORK, PROVISIONER, ForkProvisioner

if TYPE_CHECKING:
    from ..web.backlog import Backlog

_PATIENCE = 30  # seconds within which a kernel must send its first message
_BETWEEN = 0.005  # seconds between two checks whether it has
_AGAIN = 2  # seconds until a kernel that could not be started is started again

keep_time_steadily()


class ThisPython(KernelSpecManager):
    """The only kernel is the interpreter that runs the server.

    A kernel of the same name from another environment of this user would lack neurolab.
    """

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the name of the kernel and its folder."""
        return {NATIVE_KERNEL_NAME: RESOURCES}

    def _find_spec_directory(self, kernel_name: str) -> str | None:
        return RESOURCES if kernel_name == NATIVE_KERNEL_NAME else None

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the specification of the kernel, which is forked if possible."""
        spec = super().get_kernel_spec(kernel_name)
        if CAN_FORK:
            spec.metadata["kernel_provisioner"] = {"provisioner_name": PROVISIONER}
        return spec


class LabKernels(AsyncMappingKernelManager):
    """Starts the labs' kernels, and reports those that have ended."""

    _has_failed = False

    if TYPE_CHECKING:
        # Voila makes a class that derives from this one, and has these.
        _pools: dict[str, list[asyncio.Task[Any]]]

        def fill_if_needed(self, *, delay: float, notebook_name: str) -> None: ...

    def __init__(self, **options: Any) -> None:
        self._watched_since: dict[str, datetime] = {}
        super().__init__(**options)

    @default("context")
    def _many_sockets(self) -> zmq.Context[Any]:
        context = super()._context_default()
        context.set(zmq.MAX_SOCKETS, context.get(zmq.SOCKET_LIMIT))  # 1023 are enough for 170 labs
        return context

    @property
    def can_start(self) -> bool:
        """Whether another lab can be expected to start.

        The last one has started, and the process that kernels are forked from answers.
        """
        return not self._has_failed and (not CAN_FORK or ForkProvisioner.can_fork_now())

    async def start_kernel(self, **options: Any) -> str:  # type: ignore[override]  # as Jupyter's
        """Start a kernel, and return its id when it has sent its first message."""
        try:
            if open_files.are_scarce():
                raise RuntimeError("There are too few open files left for another kernel.")
            kernel_id = await super().start_kernel(**options)
            await self._wait_until_heard(kernel_id)
            self._has_failed = False
            return kernel_id
        except Exception:
            self._has_failed = True
            self._pending_kernels = {
                name: task
                for name, task in self._pending_kernels.items()
                if name in self or not task.done()
            }
            IOLoop.current().add_callback(self._replace_failed)
            raise

    async def _wait_until_heard(self, kernel_id: str) -> None:
        """Return when a kernel has sent its first message; end a kernel that sends none.

        Raises
        ------
        RuntimeError
            It sent no message in time.
        """
        kernel: Any = self.get_kernel(kernel_id)
        began = self._watched_since[kernel_id]
        end = time.monotonic() + _PATIENCE
        while kernel.last_activity == began:  # a kernel sends a message to its first listener
            if kernel_id not in self:
                raise RuntimeError("A kernel was ended while it started.")
            if time.monotonic() > end:
                await self.shutdown_kernel(kernel_id, now=True)
                raise RuntimeError("A kernel was started, but it does not answer.")
            await asyncio.sleep(_BETWEEN)

    def start_watching_activity(self, kernel_id: str) -> None:
        """Watch the messages of a kernel from now on."""
        super().start_watching_activity(kernel_id)
        kernel: Any = self.get_kernel(kernel_id)
        self._watched_since[kernel_id] = kernel.last_activity

    def _replace_failed(self) -> None:
        """Take failed kernels out of Voila's pool, whose pages would fail, and fill it again."""
        for notebook, pool in list(self._pools.items()):
            failed = [task for task in pool if task.done() and task.exception()]
            for task in failed:
                pool.remove(task)
            if failed or not pool:
                self.fill_if_needed(delay=_AGAIN, notebook_name=notebook)

    async def shutdown_all(self, now: bool = False) -> None:  # type: ignore[override]  # as Jupyter's
        """End all kernels, when those that are still starting have started.

        Jupyter's own method raises an error for a kernel that is still starting.
        """
        while self._pending_kernels:
            await next(iter(self._pending_kernels.values()))
            self._pending_kernels = {
                name: task for name, task in self._pending_kernels.items() if not task.done()
            }
        await super().shutdown_all(now=now)

    @property
    def _backlog(self) -> "Backlog":
        server: Any = self.parent
        backlog: Backlog = server.sessions.backlog
        return backlog

    def start_buffering(
        self, kernel_id: str, session_key: str, channels: Mapping[str, Any]
    ) -> None:
        """Keep the messages of a lab until its page is back, up to a limit, which Jupyter lacks."""
        super().start_buffering(kernel_id, session_key, channels)
        kept = self._kernel_buffers[kernel_id]["buffer"]
        backlog = self._backlog

        def drop() -> None:
            kept.clear()
            log_event("ended: unheard")
            self.stop_buffering(kernel_id)
            IOLoop.current().add_callback(self.shutdown_kernel, kernel_id, now=True)

        def keep(channel: str, parts: Sequence[bytes]) -> None:
            kept.append((channel, parts))
            backlog.keep(kernel_id, sum(map(len, parts)), drop)

        for channel, stream in channels.items():
            stream.on_recv(partial(keep, channel))

    def get_buffer(self, kernel_id: str, session_key: str) -> Any:
        """Return the messages that were kept for a page."""
        self._backlog.forget(kernel_id)
        return super().get_buffer(kernel_id, session_key)

    def stop_buffering(self, kernel_id: str) -> None:
        """Keep no more messages, and drop those that were kept."""
        self._backlog.forget(kernel_id)
        super().stop_buffering(kernel_id)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended, and tell its page."""
        self._watched_since.pop(kernel_id, None)
        server: Any = self.parent
        server.sessions.ended(kernel_id)
        return super().remove_kernel(kernel_id)
