"""A store with a clock of its own, and what it shows."""

import pytest

from neurolab.experiment.presets import TUTORIAL
from neurolab.ui.store import runner, undo_stack
from neurolab.ui.store.store import Store

from .gate import Gate


class Clock:
    """A clock that only goes when it is told to."""

    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(undo_stack, "time", clock)
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


@pytest.fixture
def gate(monkeypatch):
    """Nothing is done at once, and no run gets further than the gate."""
    gate = Gate()
    monkeypatch.setattr(runner, "_AT_ONCE", -1.0)
    monkeypatch.setattr(runner, "simulate", gate)
    monkeypatch.setattr(runner, "_BEFORE_PROGRESS", 0.02)
    monkeypatch.setattr(runner, "_BETWEEN_PROGRESS", 0.005)
    return gate
