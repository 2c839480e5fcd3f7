"""Which kernels the server starts, and when it ends them."""

from ipykernel.kernelspec import RESOURCES
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop

from .clock import keep_time_steadily, steady_now

keep_time_steadily()


class ThisPython(KernelSpecManager):
    """The only kernel is the interpreter that runs the server.

    A kernel of the same name that another environment has registered for this user would lack neurolab.
    """

    def find_kernel_specs(self):
        return {NATIVE_KERNEL_NAME: RESOURCES}

    def _find_spec_directory(self, kernel_name):
        return RESOURCES if kernel_name == NATIVE_KERNEL_NAME else None


class LabKernels(AsyncMappingKernelManager):
    """Ends kernels that no page has been connected to for a while.

    A kernel that waited in the pool counts as idle since it was started, and would be ended between being handed to a
    page and that page's connection; so its time starts anew when the culler first meets it outside the pool.
    """

    cull_idle_timeout = 1800
    cull_interval = 300

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._met = set()

    def initialize_culler(self):
        # Jupyter's timer stands still for as long as the computer's clock is put back.
        if not self._initialized_culler and self.cull_idle_timeout > 0:
            self._initialized_culler = True
            IOLoop.current().call_later(self.cull_interval, self._cull)

    async def _cull(self):
        await self.cull_kernels()
        IOLoop.current().call_later(self.cull_interval, self._cull)

    async def cull_kernel_if_idle(self, kernel_id):
        if kernel_id not in self._met:
            self._met.add(kernel_id)
            self._kernels[kernel_id].last_activity = steady_now()
            return
        await super().cull_kernel_if_idle(kernel_id)

    async def shutdown_kernel(self, kernel_id, *args, **kwargs):
        self._met.discard(kernel_id)
        return await super().shutdown_kernel(kernel_id, *args, **kwargs)
