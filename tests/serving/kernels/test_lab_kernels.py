"""What the server's own kernel manager does where Jupyter's or Voila's gives up."""

import asyncio

import pytest
import zmq

from neurolab.serving.kernels.forking import CAN_FORK, ForkProvisioner
from neurolab.serving.kernels.lab_kernels import LabKernels, ThisPython

forked = pytest.mark.skipif(not CAN_FORK, reason="kernels are forked on Linux only")


class Pooled(LabKernels):
    """With a pool as Voila puts it on top."""

    def __init__(self, directory):
        super().__init__(kernel_spec_manager=ThisPython(), connection_dir=str(directory))
        self._pools, self.filled = {"page": []}, []

    def fill_if_needed(self, delay, notebook_name):
        self.filled.append((notebook_name, delay > 0))


@pytest.fixture
def gate(monkeypatch):
    """What no kernel starts before, and then none can."""
    opened = asyncio.Event()

    async def fail(self, cmd, **options):
        await opened.wait()
        raise RuntimeError("no process for another kernel")

    monkeypatch.setattr(ForkProvisioner, "launch_kernel", fail)
    return opened


def test_there_are_sockets_for_a_thousand_labs(tmp_path):
    assert Pooled(tmp_path).context.get(zmq.MAX_SOCKETS) > 6 * 1000


@forked
def test_a_kernel_that_could_not_be_started_leaves_the_pool_which_is_filled_again(gate, tmp_path):
    async def fail_to_start():
        kernels = Pooled(tmp_path)
        gate.set()
        start = asyncio.ensure_future(kernels.start_kernel(kernel_name="python3"))
        kernels._pools["page"].append(start)
        with pytest.raises(RuntimeError, match="no process"):
            await start
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert kernels._pools == {"page": []}
        assert kernels.filled == [("page", True)]
        await kernels.shutdown_all(now=True)

    asyncio.run(fail_to_start())


@forked
def test_a_kernel_that_fails_while_the_server_stops_does_not_keep_it_from_stopping(gate, tmp_path):
    async def stop_meanwhile():
        kernels = Pooled(tmp_path)
        start = asyncio.ensure_future(kernels.start_kernel(kernel_name="python3"))
        while not kernels._pending_kernels:
            await asyncio.sleep(0)
        asyncio.get_running_loop().call_soon(gate.set)
        await kernels.shutdown_all(now=True)
        with pytest.raises(RuntimeError, match="no process"):
            await start

    asyncio.run(stop_meanwhile())
