"""A computer's clock that jumps ends no lab, and keeps none for ever."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import jupyter_server._tz
import pytest

from neurolab.serving.steady_clock import steady_now
from neurolab.serving.web.metrics import Metrics
from neurolab.serving.web.server_options import Options
from neurolab.serving.web.session_limits import Sessions

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


@pytest.mark.parametrize("seconds", [0, 2 * HOUR, -2 * HOUR])
def test_idle_times_do_not_jump_with_the_clock(jump, seconds):
    gone = []

    async def shutdown(kernel_id, *_, **__):
        gone.append(kernel_id)

    class Kernels(dict):
        get_kernel, shutdown_kernel = dict.get, staticmethod(shutdown)

    kernels = Kernels(new=SimpleNamespace(provisioner=None), old=SimpleNamespace(provisioner=None))
    server = SimpleNamespace(
        options=Options(idle_minutes=30), metrics=Metrics(), kernel_manager=kernels
    )
    sessions = Sessions(server)

    async def use():
        for kernel_id in kernels:
            sessions.began(kernel_id)
        sessions._open["new"].changed -= 60
        sessions._open["old"].changed -= 31 * 60
        jump(seconds)
        await sessions.end_unused()

    asyncio.run(use())
    assert gone == ["old"]


def test_the_steady_clock_tells_the_time_of_day():
    assert abs(steady_now() - datetime.now(UTC)) < timedelta(seconds=60)
