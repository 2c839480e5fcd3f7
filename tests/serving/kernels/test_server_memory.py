"""What the server's own process keeps of labs that have ended."""

import asyncio
import contextvars
import gc
import subprocess
import sys
import weakref
from types import SimpleNamespace

import pytest

from neurolab.serving.app import LabServer
from neurolab.serving.kernels.lab_kernels import LabKernels
from neurolab.serving.web import session_limits
from neurolab.serving.web.metrics import Metrics
from neurolab.serving.web.server_options import Options
from neurolab.serving.web.session_limits import Sessions

# Threads take memory in small pieces and leave a few in it, as labs do; MiB at the beginning, then, and at the end.
TAKE_AND_LEAVE = """
import ctypes, threading, psutil
from neurolab.serving.kernels import server_memory as memory
memory.settle()
taken = lambda: psutil.Process().memory_full_info().uss / 2**20
kept, before = [], taken()
def take():
    pieces = [bytes(2000) for _ in range(10_000)]
    kept.extend(pieces[::500])
for _ in range(3):
    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
left = taken()
memory.give_back()
print(before, left, taken())
"""


@pytest.fixture
def sessions(monkeypatch):
    """Sessions of a server without kernels, which has nothing to wait for once the last is gone."""
    monkeypatch.setattr(session_limits, "KEPT", -5)
    kernel = SimpleNamespace(last_activity=None, provisioner=None)
    return Sessions(
        SimpleNamespace(
            options=Options(),
            metrics=Metrics(),
            kernel_manager=SimpleNamespace(get_kernel=lambda _: kernel),
        )
    )


def test_who_waits_for_a_page_to_return_keeps_nothing_of_the_request_that_left(sessions):
    left = contextvars.ContextVar("left")

    class Request:
        """Something that can be watched."""

    def open_and_leave():
        request = Request()
        left.set(request)
        sessions.began("lab")
        sessions.join("lab", request)
        sessions.leave("lab", request)
        return weakref.ref(request)

    async def is_gone():
        watched = contextvars.copy_context().run(open_and_leave)
        gc.collect()
        return watched() is None

    assert asyncio.run(is_gone())


def test_memory_is_given_back_when_the_last_lab_has_ended_and_not_before(sessions, monkeypatch):
    given = []
    monkeypatch.setattr(session_limits, "give_back", lambda: given.append(len(sessions)))

    async def come_and_go():
        for lab in ("one", "two"):
            sessions.began(lab)
        for lab in ("one", "two"):
            sessions.ended(lab)
            await asyncio.sleep(0.05)
            yield list(given)

    async def all_of_it():
        return [each async for each in come_and_go()]

    assert asyncio.run(all_of_it()) == [[], [0]]


@pytest.mark.skipif(
    sys.platform != "linux", reason="other C libraries keep their heaps in other ways"
)
def test_what_threads_have_taken_and_left_is_given_back():
    before, left, after = map(
        float,
        subprocess.run(
            [sys.executable, "-c", TAKE_AND_LEAVE], check=True, capture_output=True, text=True
        ).stdout.split(),
    )
    assert left - before > 20  # there was something to give back
    assert after - before < (left - before) / 4


def test_labs_leave_no_logger_behind():
    kernels = LabKernels(parent=LabServer())
    managers = [kernels.kernel_manager_factory(parent=kernels) for _ in range(5)]
    assert len({id(manager.event_logger) for manager in managers}) == 1
