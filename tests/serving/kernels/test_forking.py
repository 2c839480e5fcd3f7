"""Kernels as forks of a warm process, each as good as one of its own."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.multikernelmanager import AsyncMultiKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from neurolab.serving.kernels import warm_parent
from neurolab.serving.kernels.forking import CAN_FORK, ForkProvisioner
from neurolab.serving.kernels.lab_kernels import ThisPython
from neurolab.serving.kernels.warm_process import Warm
from neurolab.serving.page.served_notebook import LAB

from ...browser.waiting import patient, wait_until

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="kernels are forked on Linux only")
PAGE = "from neurolab.serving.kernels.prepared_page import page\n"


class Kernels:
    """Kernels of the server's kind, on an event loop in a thread."""

    def __init__(self, directory):
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.manager = AsyncMultiKernelManager(
            kernel_spec_manager=ThisPython(), connection_dir=str(directory)
        )

    def call(self, task):
        return asyncio.run_coroutine_threadsafe(task, self.loop).result(patient(60))

    def start(self, **env):
        return self.call(
            self.manager.start_kernel(kernel_name="python3", env={**os.environ, **env})
        )

    def run(self, kernel, code):
        """What the code prints, or the name of its error."""
        return self.call(self._run(kernel, code))

    async def _run(self, kernel, code):
        client = self.manager.get_kernel(kernel).client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=patient(60))
            printed = []
            reply = await client.execute_interactive(
                code,
                timeout=patient(60),
                output_hook=lambda message: printed.append(message["content"].get("text", "")),
            )
            return "".join(printed).strip() or reply["content"].get("ename", "")
        finally:
            client.stop_channels()

    def process(self, kernel):
        return psutil.Process(self.manager.get_kernel(kernel).provisioner.pid)

    def lives(self, kernel):
        return self.call(self.manager.is_alive(kernel))

    def stop(self):
        self.call(self.manager.shutdown_all(now=True))

        async def end():
            ForkProvisioner.end_parent_process()

        self.call(end())
        self.loop.call_soon_threadsafe(self.loop.stop)


@pytest.fixture(scope="module")
def kernels(tmp_path_factory):
    ForkProvisioner.source = LAB
    running = Kernels(tmp_path_factory.mktemp("kernels"))
    yield running
    running.stop()


def test_a_kernel_has_the_page_from_the_start_and_its_widgets_answer(kernels):
    kernel = kernels.start()
    assert (
        kernels.run(kernel, f"{PAGE}print(type(page()).__name__, page() is page())") == "Lab True"
    )
    edit = """
import comm, ipywidgets
slider = next(each for each in ipywidgets.widgets.widget._instances.values() if isinstance(each, ipywidgets.FloatLogSlider))
comm.get_comm_manager().comm_msg(None, None, {"header": {}, "buffers": [], "content": {
    "comm_id": slider.comm.comm_id, "data": {"method": "update", "state": {"value": 2.0}, "buffer_paths": []}}})
print(page().experiment.parameters[0].value)"""
    assert kernels.run(kernel, edit) == "2.0"
    assert (
        kernels.run(kernels.start(), f"{PAGE}print(page().experiment.parameters[0].value)") == "1.0"
    )


def test_each_kernel_has_its_own_environment_chance_and_group_of_processes(kernels):
    look = (
        "import os, random, numpy, neurolab; print(os.environ['QUERY_STRING'], random.random(), numpy.random.random(), "
        "neurolab.rand(), os.getpgid(0))"
    )
    one, other = (
        kernels.run(kernels.start(QUERY_STRING=query), look).split() for query in ("a=1", "b=2")
    )
    assert (one[0], other[0]) == ("a=1", "b=2")
    assert all(mine != theirs for mine, theirs in zip(one, other))


def test_kernels_of_other_servers_are_not_forked_although_neurolab_is_installed():
    specification = KernelSpecManager().get_kernel_spec("python3")
    factory = KernelProvisionerFactory.instance()
    assert "neurolab-fork" in factory.provisioners
    provisioner = factory.create_provisioner_instance("kernel", specification, parent=None)
    assert type(provisioner) is LocalProvisioner


def test_a_person_s_own_settings_of_ipython_do_not_reach_the_page(kernels, tmp_path):
    (tmp_path / "profile_default" / "startup").mkdir(parents=True)
    (tmp_path / "profile_default" / "startup" / "mine.py").write_text("mine = 1")
    (tmp_path / "profile_default" / "ipython_kernel_config.py").write_text(
        "c.IPKernelApp.exec_lines = ['ours = 1']"
    )
    kernel = kernels.start(IPYTHONDIR=str(tmp_path))
    assert (
        kernels.run(
            kernel, "print(sorted({'mine', 'ours', 'print'} & {*globals(), *dir(__builtins__)}))"
        )
        == "['print']"
    )


def test_most_of_a_kernel_s_memory_is_that_of_the_process_it_is_forked_of(kernels):
    kernel = kernels.start()
    kernels.run(kernel, f"{PAGE}page()")
    process = kernels.process(kernel)
    assert process.memory_full_info().uss < 0.2 * process.parent().memory_full_info().rss


def test_a_kernel_that_is_killed_takes_no_other_with_it(kernels):
    victim, neighbour = kernels.start(), kernels.start()
    kernels.process(victim).kill()
    wait_until(lambda: not kernels.lives(victim))
    assert kernels.run(neighbour, "print(6 * 7)") == "42"


def test_an_endless_loop_is_interrupted_and_the_kernel_goes_on(kernels):
    kernel = kernels.start()
    kernels.run(kernel, "1")
    kernels.loop.call_soon_threadsafe(
        kernels.loop.call_later,
        1.0,
        lambda: asyncio.ensure_future(kernels.manager.interrupt_kernel(kernel), loop=kernels.loop),
    )
    assert kernels.run(kernel, "while True: pass") == "KeyboardInterrupt"
    assert kernels.run(kernel, "print(6 * 7)") == "42"


@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP])
def test_when_the_warm_process_fails_its_kernels_live_on_and_the_next_has_a_new_one(
    kernels, monkeypatch, fault
):
    monkeypatch.setattr(warm_parent, "_LOOK", 0.2)
    kernel = kernels.start()
    first = kernels.process(kernel).parent()
    first.send_signal(fault)
    last = kernels.start()
    assert kernels.process(last).parent() != first
    for each in (kernel, last):
        assert kernels.run(each, f"{PAGE}print(type(page()).__name__)") == "Lab"
    assert not first.is_running()
    kernels.process(kernel).kill()
    wait_until(lambda: not kernels.lives(kernel))


def test_orders_that_the_warm_process_does_not_read_do_not_hold_up_the_server(kernels, monkeypatch):
    monkeypatch.setattr(warm_parent, "_LOOK", 0.2)
    kernel = kernels.start()
    kernels.process(kernel).parent().suspend()
    ticks = kernels.call(ticks_while(kernels.manager, 8, PADDING="x" * 2**19))
    assert ticks > 10  # of 20 in the time in which the process is given up
    assert kernels.run(kernel, "print(6 * 7)") == "42"


async def ticks_while(manager, many, **env):
    """Start kernels whose environments fill the pipe many times over; how often the event loop gets round meanwhile."""
    starting = [
        asyncio.ensure_future(
            manager.start_kernel(kernel_name="python3", env={**os.environ, **env})
        )
        for _ in range(many)
    ]
    ticks = 0
    while not all(each.done() for each in starting):
        ticks += 1
        await asyncio.sleep(0.1)
    for each in starting:
        await manager.shutdown_kernel(each.result(), now=True)
    return ticks


def test_a_kernel_is_ended_sooner_than_the_server_where_memory_is_short(kernels):
    kernel = kernels.process(kernels.start())

    def score(pid):
        return int(Path(f"/proc/{pid}/oom_score_adj").read_text())

    # The new process gives way just after it was forked.
    wait_until(lambda: score(kernel.pid) == min(1000, score(os.getpid()) + 500))
    wait_until(lambda: kernel.nice() > psutil.Process().nice())


def test_a_page_that_cannot_be_prepared_is_an_error_of_its_kernel(monkeypatch, tmp_path):
    monkeypatch.setattr(ForkProvisioner, "source", "1 / 0")
    monkeypatch.setattr(ForkProvisioner, "_warm", None)
    running = Kernels(tmp_path)
    try:
        assert running.run(running.start(), f"{PAGE}page()") == "ZeroDivisionError"
    finally:
        running.stop()


def test_where_there_is_no_room_for_one_more_the_others_go_on(monkeypatch):
    def full():
        raise OSError("no room")

    monkeypatch.setattr(os, "fork", full)
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # other tests have more
    own, other = socket.socketpair()
    with own, other:
        Warm(other, 0)._obey({"start": 7})
        assert json.loads(own.recv(1000)) == {"to": 7, "failed": "no room"}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)


SERVER = """
import asyncio, os, sys
from jupyter_client.multikernelmanager import AsyncMultiKernelManager
from neurolab.serving.kernels.lab_kernels import ThisPython

async def main():
    manager = AsyncMultiKernelManager(kernel_spec_manager=ThisPython(), connection_dir=sys.argv[1])
    kernel = await manager.start_kernel(kernel_name="python3", env=dict(os.environ))
    print(manager.get_kernel(kernel).provisioner.pid, flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


def test_a_server_that_is_killed_leaves_no_process_behind(tmp_path):
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, tmp_path], stdout=subprocess.PIPE, text=True
    )
    try:
        kernel = psutil.Process(int(server.stdout.readline()))
        left = [kernel, kernel.parent()]
        server.send_signal(signal.SIGKILL)
        server.wait()
        psutil.wait_procs(left, timeout=patient(10))
        assert not [
            process
            for process in left
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
        ]
    finally:
        server.kill()


def test_the_warm_process_has_one_thread():
    code = (
        "import os; from neurolab.serving.page.served_notebook import LAB; "
        "from neurolab.serving.kernels.warm_process import warm_up; "
        "warm_up(LAB); print(len(os.listdir('/proc/self/task')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={
            **os.environ,
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
        },
    )
    assert done.stdout.strip() == "1"
