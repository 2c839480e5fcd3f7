"""Waiting for what a page shows, without fixed sleeps."""

import time

LAB = ".neurolab-lab"
CURVE = f"{LAB} svg path"
PATIENCE = 60_000  # ms; a loaded machine with two cores needs many seconds for a page


def wait_for_lab(page):
    """Wait until the lab is drawn; return the page."""
    page.wait_for_selector(CURVE, state="attached", timeout=PATIENCE)
    page.wait_for_selector("#neurolab-status", state="hidden", timeout=PATIENCE)
    return page


def wait_for_change(read, before, seconds=30):
    """Call `read` until it gives something other than `before`, and return that.

    Parameters
    ----------
    read : callable
        What to look at, for example ``lambda: page.locator(selector).get_attribute("d")``.
    before : object
        Its value before the change.
    """
    end = time.monotonic() + seconds
    while (value := read()) == before:
        assert time.monotonic() < end, f"still {str(before)[:200]!r} after {seconds} s"
        time.sleep(0.01)
    return value


def wait_until(check, seconds=30):
    """Call `check` until it is true; fail where it stays false."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, f"not true after {seconds} s"
        time.sleep(0.02)
