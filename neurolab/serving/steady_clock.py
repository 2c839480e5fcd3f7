"""A clock for how long something has been going on: it is the computer's when the server starts, and never jumps."""

import time
from datetime import UTC, datetime, timedelta

from jupyter_server.services.kernels import kernelmanager

_BEGAN, _FIRST = time.monotonic(), datetime.now(UTC)


def steady_now():
    """The time of day, as far as it has passed since the server's start without anybody setting the computer's clock."""
    return _FIRST + timedelta(seconds=time.monotonic() - _BEGAN)


def keep_time_steadily():
    """Have Jupyter tell by this clock how long kernels are idle.

    By the time of day, which it goes by, all of them would be ended when the clock is put forward, or the computer wakes up.
    """
    kernelmanager.utcnow = steady_now
