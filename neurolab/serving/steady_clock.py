"""A clock that starts with the computer's time and never jumps, to measure how long things last."""

import time
from datetime import UTC, datetime, timedelta

from jupyter_server.services.kernels import kernelmanager

_BEGAN = time.monotonic()
_FIRST = datetime.now(UTC)


def steady_now() -> datetime:
    """Return the time of the server's start plus the time since then.

    Changes of the computer's clock have no effect on it.
    """
    return _FIRST + timedelta(seconds=time.monotonic() - _BEGAN)


def keep_time_steadily() -> None:
    """Make Jupyter measure with this clock how long kernels are idle.

    With the computer's clock, it would end all kernels when the clock is set forward, or when the
    computer wakes up.
    """
    kernelmanager.utcnow = steady_now  # type: ignore[attr-defined]  # imported, not exported
