"""Which kernels the server starts, and when it ends them."""

from ipykernel.kernelspec import RESOURCES
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop

from .clock import keep_time_steadily
from .forking import CAN_FORK, PROVISIONER

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
    """Ends labs that nobody has used for a while, and says which are gone."""

    def initialize_culler(self):
        # Jupyter's timer stands still for as long as the computer's clock is put back.
        if not self._initialized_culler and self.cull_idle_timeout > 0:
            self._initialized_culler = True
            IOLoop.current().call_later(self.cull_interval, self._cull)

    async def _cull(self):
        await self.cull_kernels()
        IOLoop.current().call_later(self.cull_interval, self._cull)

    def remove_kernel(self, kernel_id):
        self.parent.sessions.ended(kernel_id)
        return super().remove_kernel(kernel_id)
