"""Runs in the page's thread and in one of their own: which goes where, what is told of it, and how it ends."""

import asyncio
import threading
from dataclasses import replace

import pytest

from neurolab.experiment.presets import TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.ui.store import runner
from neurolab.ui.store.runner import Runner
from neurolab.ui.store.store import Store

from ..gate import end_of_run, finish
from ..store_edits import TAU, run, tau_a


def test_progress_is_told_during_the_run_and_ended_with_it(store, gate):
    told = []
    store.runner.subscribe(told.append)

    async def act():
        store.edit(TAU, tau_a(2.0))
        await asyncio.sleep(0.2)
        await finish(store, gate)

    run(act())
    assert 0.4 in told
    assert told[-1] is None


def test_a_short_run_is_done_at_once_and_tells_no_progress(store):
    told = []
    store.runner.subscribe(told.append)

    async def act():
        store.edit(TAU, tau_a(2.0))
        assert store.follows

    run(act())
    assert told == []


def test_without_an_event_loop_every_run_is_done_at_once(store, gate):
    gate.open.set()
    store.edit(TAU, tau_a(2.0))
    assert store.follows


def test_a_run_too_large_to_be_tried_is_left_to_the_thread_at_once(monkeypatch):
    monkeypatch.setattr(runner, "_MOST_AT_ONCE", 299)

    async def act():
        simulating, outcomes = Runner(), []
        ended = asyncio.Event()
        assert (
            simulating.run(TUTORIAL, lambda outcome: (outcomes.append(outcome), ended.set()))
            is None
        )
        await asyncio.wait_for(ended.wait(), 20)
        simulating.close()
        return outcomes

    (outcome,) = run(act())
    assert outcome.experiment == TUTORIAL


def test_after_a_quick_run_in_the_thread_the_next_is_tried_at_once_again(store, monkeypatch):
    monkeypatch.setattr(store.runner, "_quick", False)

    async def act():
        store.edit(TAU, tau_a(2.0))
        assert not store.follows
        await end_of_run(store)
        store.edit(TAU, tau_a(3.0))
        assert store.follows

    run(act())


def test_closing_ends_run_and_thread(gate):
    before = threading.active_count()
    store = Store(TUTORIAL)

    async def act():
        store.edit(TAU, tau_a(2.0))
        assert gate.entered.wait(5)
        store.close()

    run(act())
    for thread in threading.enumerate():
        if thread.name == "neurolab run":
            thread.join(5)
    assert threading.active_count() <= before


def test_the_thread_gives_the_same_result_to_the_last_bit():
    long = replace(TUTORIAL, duration=400.0)

    simulating, outcomes = Runner(), []

    async def compute():
        ended = asyncio.Event()
        simulating.begin(long, lambda outcome: (outcomes.append(outcome), ended.set()))
        await asyncio.wait_for(ended.wait(), 20)
        simulating.close()

    run(compute())
    assert outcomes[0].recorded["target"].tobytes() == simulate(long).recorded["target"].tobytes()


class NoThreads:
    """Stands in for the module `threading` on a system that starts no thread."""

    class Thread:
        def __init__(self, **_):
            pass

        def start(self):
            raise RuntimeError("can't start new thread")


@pytest.fixture
def no_threads(monkeypatch):
    """Every run is a long one, and the system starts no thread."""
    monkeypatch.setattr(runner, "_AT_ONCE", -1.0)
    monkeypatch.setattr(runner, "threading", NoThreads)


def test_without_a_thread_long_runs_are_computed_all_the_same(store, no_threads):
    async def act():
        store.edit(TAU, tau_a(2.0))
        await end_of_run(store)
        store.edit(TAU, tau_a(3.0))
        await end_of_run(store)

    run(act())
    assert store.follows
    assert store.result.experiment == tau_a(3.0)(TUTORIAL)


def test_a_run_is_computed_in_a_thread_again_once_the_system_gives_one(
    store, no_threads, monkeypatch
):
    async def act():
        store.edit(TAU, tau_a(2.0))
        await end_of_run(store)
        monkeypatch.setattr(runner, "threading", threading)
        store.edit(TAU, tau_a(3.0))
        assert any(thread.name == "neurolab run" for thread in threading.enumerate())
        await end_of_run(store)

    run(act())
    assert store.result.experiment == tau_a(3.0)(TUTORIAL)


def test_a_run_without_a_thread_that_is_interrupted_leaves_the_lab_as_it_was(
    store, no_threads, monkeypatch
):
    def interrupted(experiment, progress=None):
        progress(0.0)
        raise KeyboardInterrupt

    async def act():
        with monkeypatch.context() as patch:
            patch.setattr(runner, "simulate", interrupted)
            store.edit(TAU, tau_a(2.0))
            await end_of_run(store)
        assert "too long" in store.errors[TAU]
        assert store.experiment == TUTORIAL
        store.edit(TAU, tau_a(3.0))
        await end_of_run(store)

    run(act())
    assert store.result.experiment == tau_a(3.0)(TUTORIAL)
