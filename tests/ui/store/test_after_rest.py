"""Rest: an action once nothing changes, and now and then while something does."""

import asyncio

from neurolab.ui.store import after_rest
from neurolab.ui.store.after_rest import Rest


def times_of(changes, between):
    """When the action was called, for changes that follow each other by so much."""
    called = []

    async def change():
        waiting, loop = Rest(), asyncio.get_running_loop()
        begin = loop.time()
        for _ in range(changes):
            waiting.then(lambda: called.append(loop.time() - begin))
            await asyncio.sleep(between)
        await asyncio.sleep(0.15)

    asyncio.run(change())
    return called


def test_a_few_changes_are_followed_once_by_rest(monkeypatch):
    monkeypatch.setattr(after_rest, "_QUIET", 0.05)
    monkeypatch.setattr(after_rest, "_LATEST", 60)
    [when] = times_of(5, 0.005)
    assert when > 0.05


def test_changes_that_do_not_end_are_followed_all_the_same(monkeypatch):
    monkeypatch.setattr(after_rest, "_QUIET", 60)
    monkeypatch.setattr(after_rest, "_LATEST", 0.05)
    assert len(times_of(40, 0.005)) >= 2


def test_without_an_event_loop_it_is_done_at_once():
    called = []
    Rest().then(lambda: called.append(1))
    assert called == [1]
