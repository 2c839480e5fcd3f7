"""The lab's state while somebody types: complaints wait a moment."""

import asyncio

from neurolab.views import complaints as module

from .store_edits import DT, TAU, dt, run, tau_a


def test_a_text_that_is_being_typed_is_complained_about_only_after_a_moment(store, seen, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 0.02)

    async def typing():
        store.edit(TAU, tau_a(0.0), typing=True)
        at_once = list(seen)
        await asyncio.sleep(0.1)
        return at_once

    assert run(typing()) == []
    assert set(seen[-1].errors) == {TAU}


def test_a_text_that_was_finished_in_time_is_never_complained_about(store, seen, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 0.02)

    async def typing():
        store.edit(TAU, tau_a(0.0), typing=True)
        store.edit(TAU, tau_a(2.0), typing=True)
        await asyncio.sleep(0.1)

    run(typing())
    assert not any(snapshot.errors for snapshot in seen)


def test_two_controls_typed_in_quickly_are_both_complained_about(store, seen, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 0.02)

    async def typing():
        store.edit(TAU, tau_a(0.0), typing=True)
        store.edit(DT, dt(-1.0), typing=True)
        await asyncio.sleep(0.1)

    run(typing())
    assert set(seen[-1].errors) == {TAU, DT}


def test_undo_before_the_complaint_came_leaves_nothing_to_complain_about(store, seen, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 0.02)

    async def typing():
        store.edit(DT, dt(0.2))
        store.edit(TAU, tau_a(0.0), typing=True)
        store.undo()
        await asyncio.sleep(0.1)

    run(typing())
    assert seen[-1].errors == {}
