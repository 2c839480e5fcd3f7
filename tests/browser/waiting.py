"""Waiting for what a page shows, without fixed sleeps, and for as long as this machine needs."""

import os
import time
from collections.abc import Callable, Iterator

LAB = ".neurolab-lab"
CURVE = f"{LAB} svg path"
_USUAL = 0.05  # seconds that `_work` takes on one free core of 2020
_MOST = 10.0


def _slowness() -> float:
    """How many times slower than usual this machine is just now, at least 1.

    A fixed piece of work tells how fast one core is and how much of it we get; the system's load tells how many others
    will want the cores while the tests run.
    """
    began = time.perf_counter()
    sum(number * number for number in range(700_000))
    measured = (time.perf_counter() - began) / _USUAL
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return min(_MOST, max(1.0, measured, load / os.cpu_count()))


SLOWNESS = _slowness()
PATIENCE = 90_000 * SLOWNESS
"""Milliseconds for a page to open. Only a test that fails waits so long."""


def patient(seconds: float) -> float:
    """A time that is long enough on a usual machine, as seconds that are long enough on this one."""
    return seconds * SLOWNESS


def wait_for_lab(page, patience: float = PATIENCE):
    """Wait until the lab is drawn, for so many ms at most; return the page."""
    page.wait_for_selector(CURVE, state="attached", timeout=patience)
    page.wait_for_selector("#neurolab-status", state="hidden", timeout=patience)
    return page


def wait_for_change(read: Callable[[], object], before: object, seconds: float = 60) -> object:
    """Call `read` until it gives something other than `before`, and return that.

    Parameters
    ----------
    read : callable
        What to look at, for example ``lambda: page.locator(selector).get_attribute("d")``.
    before : object
        Its value before the change.
    seconds : float
        How long to wait at most on a usual machine.
    """
    pauses = _pauses(seconds)
    while (value := read()) == before:
        pause = next(pauses, None)
        assert pause, f"still {str(before)[:200]!r} after {patient(seconds):.0f} s"
        time.sleep(pause)
    return value


def wait_until(check: Callable[[], object], seconds: float = 60) -> None:
    """Call `check` until it is true; fail if it stays false for so many seconds of a usual machine."""
    pauses = _pauses(seconds)
    while not check():
        pause = next(pauses, None)
        assert pause, f"not true after {patient(seconds):.0f} s"
        time.sleep(pause)


def _pauses(seconds: float) -> Iterator[float]:
    """Pauses between looks at a page, in seconds, until the time is over.

    They grow: looking costs the page processor time, which it needs for what is waited for.
    """
    end = time.monotonic() + patient(seconds)
    pause = 0.01
    while time.monotonic() < end:
        yield pause
        pause = min(1.25 * pause, 0.25)
