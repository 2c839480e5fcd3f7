"""What all tests share."""

import asyncio
import gc
import os
from pathlib import Path

# Each process computes in one thread. With more, those of several test processes wait for each other in busy loops,
# and a run of a second takes a minute. Numpy reads this when it is first imported.
for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

import pytest
from hypothesis import settings

from neurolab.brian.magic import defaultclock

ROOT = Path(__file__).resolve().parent.parent

# Kernels and servers that the tests start find the tested package, installed or not.
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(ROOT)]))
os.environ.setdefault("MPLBACKEND", "agg")

# The same draws on every run of the same code; --hypothesis-profile=default looks for others. No deadline: a machine
# that does something else as well is no fault of the code.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def root():
    """The folder of the repository."""
    return ROOT


@pytest.fixture(autouse=True)
def _default_clock_as_new():
    """A program in a test finds the default clock as a program in a fresh process does."""
    defaultclock.start_over()


@pytest.fixture(autouse=True)
def _no_loop_of_others(request):
    """The browser's driver keeps its event loop running for as long as browser tests of this process have been."""
    if request.node.get_closest_marker("browser") or "browser" in request.fixturenames:
        yield
        return
    others = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(others)


# Files that take long, so that no worker begins with one of them when the others have finished.
LONG = ("serving", "browser", "deploy", "notebooks", "exercises")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One worker more than there are cores, because tests that wait for a server or a browser leave a core free."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish():
    """Keep the garbage collector away from what the collected tests hold, as it would visit it in every test."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items):
    """Run the long files first, and mark tests by the folder they are in."""
    items.sort(key=lambda item: item.path.relative_to(ROOT / "tests").parts[0] not in LONG)
    for item in items:
        for folder, mark in (("browser", "browser"), ("notebooks", "notebook")):
            if ROOT / "tests" / folder in item.path.parents:
                item.add_marker(mark)
