"""Which kernels the server starts, and what it keeps of what they say."""

import asyncio
import time
from functools import partial

import zmq
from ipykernel.kernelspec import RESOURCES
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop
from traitlets import default

from .. import open_files
from ..event_log import log_event
from ..steady_clock import keep_time_steadily
from .forking import CAN_FORK, PROVISIONER, ForkProvisioner

_PATIENCE = 30  # seconds within which a kernel must have said something once it has been started
_BETWEEN = 0.005  # seconds between two looks at whether it has
_AGAIN = 2  # seconds after which a kernel that could not be started is started again

keep_time_steadily()


class ThisPython(KernelSpecManager):
    """The only kernel is the interpreter that runs the server.

    A kernel of the same name that another environment has registered for this user would lack neurolab.
    """

    def find_kernel_specs(self):
        return {NATIVE_KERNEL_NAME: RESOURCES}

    def _find_spec_directory(self, kernel_name):
        return RESOURCES if kernel_name == NATIVE_KERNEL_NAME else None

    def get_kernel_spec(self, kernel_name):
        spec = super().get_kernel_spec(kernel_name)
        if CAN_FORK:
            spec.metadata["kernel_provisioner"] = {"provisioner_name": PROVISIONER}
        return spec


class LabKernels(AsyncMappingKernelManager):
    """Starts the labs' kernels, and says which are gone."""

    _has_failed = False

    def __init__(self, **options):
        self._watched_since = {}
        super().__init__(**options)

    @default("context")
    def _many_sockets(self):
        context = super()._context_default()
        context.set(zmq.MAX_SOCKETS, context.get(zmq.SOCKET_LIMIT))  # 1023 are enough for 170 labs
        return context

    @property
    def can_start(self) -> bool:
        """Return whether another lab can be expected to start: the last one did, and kernels' parent process answers."""
        return not self._has_failed and (not CAN_FORK or ForkProvisioner.can_fork_now())

    async def start_kernel(self, **options):
        try:
            if open_files.are_scarce():
                raise RuntimeError("There are too few open files left for another kernel.")
            kernel_id = await super().start_kernel(**options)
            await self._wait_until_heard(kernel_id)
            self._has_failed = False
            return kernel_id
        except Exception:
            self._has_failed = True
            for kernel_id in [
                name
                for name, task in self._pending_kernels.items()
                if task.done() and name not in self
            ]:
                del self._pending_kernels[kernel_id]
            IOLoop.current().add_callback(self._replace_failed)
            raise

    async def _wait_until_heard(self, kernel_id: str) -> None:
        """Return when a kernel has said its first word; end one that says nothing.

        Raises
        ------
        RuntimeError
            It said nothing in time.
        """
        kernel = self.get_kernel(kernel_id)
        began = self._watched_since[kernel_id]
        end = time.monotonic() + _PATIENCE
        while kernel.last_activity == began:  # a kernel greets the first one who listens to it
            if kernel_id not in self:
                raise RuntimeError("A kernel was ended while it started.")
            if time.monotonic() > end:
                await self.shutdown_kernel(kernel_id, now=True)
                raise RuntimeError("A kernel was started, but it does not answer.")
            await asyncio.sleep(_BETWEEN)

    def start_watching_activity(self, kernel_id):
        super().start_watching_activity(kernel_id)
        self._watched_since[kernel_id] = self.get_kernel(kernel_id).last_activity

    def _replace_failed(self):
        """Take failed kernels out of Voila's pool, where they fail whoever looks for a lab there, and fill it again."""
        for notebook, pool in list(self._pools.items()):
            failed = [task for task in pool if task.done() and task.exception()]
            for task in failed:
                pool.remove(task)
            if failed or not pool:
                self.fill_if_needed(delay=_AGAIN, notebook_name=notebook)

    async def shutdown_all(self, now=False):
        # Jupyter looks for kernels that are still starting among those that have started, and raises.
        while self._pending_kernels:
            await next(iter(self._pending_kernels.values()))
            self._pending_kernels = {
                name: task for name, task in self._pending_kernels.items() if not task.done()
            }
        await super().shutdown_all(now=now)

    def start_buffering(self, kernel_id, session_key, channels):
        """Keep what a lab says until its page is back: Jupyter does so without end."""
        super().start_buffering(kernel_id, session_key, channels)
        kept, backlog = self._kernel_buffers[kernel_id]["buffer"], self.parent.sessions.backlog

        def drop():
            kept.clear()
            log_event("ended: unheard")
            self.stop_buffering(kernel_id)
            IOLoop.current().add_callback(self.shutdown_kernel, kernel_id, now=True)

        def keep(channel, parts):
            kept.append((channel, parts))
            backlog.keep(kernel_id, sum(map(len, parts)), drop)

        for channel, stream in channels.items():
            stream.on_recv(partial(keep, channel))

    def get_buffer(self, kernel_id, session_key):
        self.parent.sessions.backlog.forget(kernel_id)
        return super().get_buffer(kernel_id, session_key)

    def stop_buffering(self, kernel_id):
        self.parent.sessions.backlog.forget(kernel_id)
        super().stop_buffering(kernel_id)

    def remove_kernel(self, kernel_id):
        self._watched_since.pop(kernel_id, None)
        self.parent.sessions.ended(kernel_id)
        return super().remove_kernel(kernel_id)
