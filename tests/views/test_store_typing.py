"""The lab's state while somebody types: complaints wait a moment."""

import asyncio

from neurolab.lab.presets import TUTORIAL
from neurolab.views import complaints as module
from neurolab.views.model import ModelPanel
from neurolab.views.parameters import ParametersPanel
from neurolab.views.spikes import SpikesPanel
from neurolab.views.store import Store

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


def test_what_is_being_typed_stays_while_other_controls_and_ended_runs_have_the_page_shown_anew():
    """Two fields are emptied within a moment: neither gets its old text back under the fingers."""
    async def type_on():
        store = Store(TUTORIAL)
        panels = ParametersPanel(store), SpikesPanel(store), ModelPanel(store)
        for panel in panels:
            store.subscribe(panel.show)
        store.refresh()
        parameters, spikes, model = ([field.text for field in fields] for fields in (
            panels[0]._fields.values(), panels[1]._fields.values(), panels[2]._blocks["target"]._fields.values()))
        typed = {parameters[0]: "", parameters[1]: "2.", spikes[0]: "1, 4,", spikes[1]: "2, x", model[1]: "Va >"}
        for text, value in typed.items():
            text.value = value
        store.refresh_pictures()
        assert all(text.value == value for text, value in typed.items())
        assert not store.errors
        store.reset()
        assert [parameters[0].value, spikes[0].value, model[1].value] == ["1", "1, 4", "Va > Vt"]

    asyncio.run(type_on())


def test_spikes_that_the_run_cannot_tell_apart_are_said_beside_their_list():
    store = Store(TUTORIAL)
    panel = SpikesPanel(store)
    store.subscribe(panel.show)
    store.refresh()
    assert "count once" not in panel._note.value
    panel._fields["spikes", "inputs", 0].text.value = "1, 1.04, 1.05, 1.1"
    assert "inputs 0: 1.04, 1.05, 1.1 ms fall into one step of 0.1 ms and count once" in panel._note.value
