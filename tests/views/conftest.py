"""A store with a clock of its own, and what it shows."""

import pytest

from neurolab.lab.presets import TUTORIAL
from neurolab.views import history
from neurolab.views.store import Store


class Clock:
    """A clock that only goes when it is told to."""

    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(history, "time", clock)
    return clock


@pytest.fixture
def store(clock):
    store = Store(TUTORIAL)
    yield store
    store.close()


@pytest.fixture
def seen(store):
    """Snapshots that a panel was shown."""
    shown = []
    store.subscribe(shown.append)
    return shown
