"""A computer's clock that jumps ends no lab, and keeps none for ever."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import jupyter_server._tz
import pytest

from neurolab.serving.clock import steady_now
from neurolab.serving.kernels import LabKernels

HOUR = 3600
TIME = time.time


class Jumping(datetime):
    """The time of day on a computer whose clock was set."""

    by = timedelta(0)

    @classmethod
    def now(cls, zone=None):
        return datetime.now(zone) + cls.by


@pytest.fixture
def jump(monkeypatch):
    """A function that sets the computer's clock forward, or back, by seconds."""
    def set_clock(seconds):
        Jumping.by = timedelta(seconds=seconds)
        monkeypatch.setattr(jupyter_server._tz, "datetime", Jumping)
        monkeypatch.setattr(time, "time", lambda: TIME() + seconds)

    return set_clock


def ended(manager, idle):
    """Whether a kernel that has been idle for so many seconds is ended."""
    gone = []
    kernel = SimpleNamespace(execution_state="idle", kernel_name="", kernel_spec=SimpleNamespace(metadata={}),
                             last_activity=steady_now() - timedelta(seconds=idle))
    manager._kernels = {"k": kernel}

    async def shutdown(kernel_id, *_, **__):
        gone.append(kernel_id)

    manager.shutdown_kernel = shutdown
    asyncio.run(manager.cull_kernels())
    return gone == ["k"]


@pytest.mark.parametrize("seconds", [0, 2 * HOUR, -2 * HOUR])
def test_idle_times_do_not_jump_with_the_clock(jump, seconds):
    manager = LabKernels(cull_idle_timeout=1800)
    jump(seconds)
    assert not ended(manager, 60)
    assert ended(manager, manager.cull_idle_timeout + 60)


def test_the_steady_clock_tells_the_time_of_day():
    assert abs(steady_now() - datetime.now(UTC)) < timedelta(seconds=60)


class Quick(LabKernels):
    cull_interval, cull_idle_timeout = 0.01, 1


def test_the_look_for_idle_labs_goes_on_when_the_clock_is_put_back(jump):
    looks = []

    async def look():
        looks.append(1)

    async def wait():
        manager = Quick()
        manager.cull_kernels = look
        async with asyncio.timeout(5):
            manager.initialize_culler()
            for jumped in (0, -HOUR):
                jump(jumped)
                before = len(looks)
                while len(looks) < before + 3:
                    await asyncio.sleep(0.005)

    asyncio.run(wait())
