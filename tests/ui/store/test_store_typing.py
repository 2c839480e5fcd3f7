"""The lab's state while somebody types: complaints wait a moment."""

import asyncio

import pytest

from neurolab.experiment.presets import TUTORIAL
from neurolab.ui.panels.connections_panel import ConnectionsPanel
from neurolab.ui.panels.model_panel import ModelPanel
from neurolab.ui.panels.parameters_panel import ParametersPanel
from neurolab.ui.panels.spikes_panel import SpikesPanel
from neurolab.ui.store import complaints as module
from neurolab.ui.store.store import Store

from ..store_edits import DT, TAU, dt, run, tau_a


def test_a_text_that_is_being_typed_is_complained_about_only_after_a_moment(
    store, seen, monkeypatch
):
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
        parameters, spikes, model = (
            [field.text for field in fields]
            for fields in (
                panels[0]._fields.values(),
                panels[1]._texts.values(),
                panels[2]._blocks["target"]._fields.values(),
            )
        )
        typed = {
            parameters[0]: "",
            parameters[1]: "2.",
            spikes[0]: "1, 4,",
            spikes[1]: "2, x",
            model[1]: "Va >",
        }
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
    field = panel._texts["spikes", "inputs", 0]
    assert field.message.value == ""
    field.text.value = "1, 1.04, 1.05, 1.1"
    assert field.message.value == (
        '<span role="status" class="nl-notice">The spikes at 1.04, 1.05, 1.1 ms fall into one time '
        "step of 0.1 ms and count as one.</span>"
    )
    field.text.value = "1, 4, 12"
    assert "The spike at 12 ms comes after the end of the run (10 ms)." in field.message.value
    assert store.experiment.group("inputs").spikes[0] == (1, 4, 12)
    field.text.value = "1, 4, x"
    assert 'role="alert"' in field.message.value
    field.text.value = "1, 4"
    assert field.message.value == ""


@pytest.mark.parametrize(
    ("text", "size"), [("3", 3), ("1e1", 10), ("３", 3), (" 4 ", 4), ("2.0", 2)]
)
def test_a_number_of_neurons_is_a_whole_number_however_it_is_written(text, size):
    store, panel = shown(ModelPanel)
    panel._blocks["inputs"]._size.text.value = text
    assert store.experiment.group("inputs").size == size


@pytest.mark.parametrize("text", ["1.5", "1,5", "1,000", "0", "-1", "15 ms", "", "ten", "1e9"])
def test_what_is_no_number_of_neurons_leaves_the_group_as_it_is(text):
    store, panel = shown(ModelPanel)
    size = panel._blocks["inputs"]._size
    size.text.value = text
    assert store.experiment == TUTORIAL
    assert 'role="alert"' in size.message.value
    assert size.text.value == text


def test_a_new_parameter_takes_no_name_that_another_one_has():
    store, panel = shown(ParametersPanel)
    panel._new.value = "tau_a = 3 ms"
    assert store.experiment == TUTORIAL
    assert (
        "There is already a parameter tau_a (1 ms). Change its value in its own field"
        in panel._new_message.value
    )
    panel._new.value = "tau_c\u00a0=\u00a03,5\u00a0ms"
    assert store.experiment.parameter("tau_c").value == 3.5
    assert (panel._new.value, panel._new_message.value) == ("", "")


@pytest.mark.parametrize(
    ("part", "text", "plain"),
    [
        ("threshold", "Va > 2×5·mV", "Va > 2*5*mV"),
        ("threshold", "Va ≥ 8210\u00a0*\u00a0μV", "Va >= 8210 * uV"),
        ("reset", "Va = −1*mV", "Va = -1*mV"),
        (
            "equations",
            "dVa/dt = −Va/tau_a : volt\ndVb/dt = –Vb/tau_b : volt",
            "dVa/dt = -Va/tau_a : volt\ndVb/dt = -Vb/tau_b : volt",
        ),
    ],
)
def test_formulas_take_the_characters_of_keyboards_and_documents(part, text, plain):
    store, panel = shown(ModelPanel)
    box = panel._blocks["target"]._fields[part].text
    box.value = text
    assert getattr(store.experiment.group("target"), part) == plain
    assert box.value == text  # it is still being typed in
    store.refresh()
    assert box.value == plain


def test_a_cell_of_a_matrix_reads_as_every_other_field_does():
    store, panel = shown(ConnectionsPanel)
    matrix = panel._matrices["C1"]._parts["matrix", ""]

    def edit(text, **more):
        matrix._handle_custom_msg({"row": 0, "column": 0, "text": text, "number": 1, **more}, [])
        return store.experiment.connection("C1").weights[0][0]

    for text, weight in (
        ("8,21\u00a0mV", 8.21),
        ("8210 μV", 8.21),
        ("−6", -6.0),
        ("1·10¹", 10.0),
        ("0.006 V", 6.0),
    ):
        assert edit(text) == weight
    assert edit("1,000") == 6.0
    assert matrix.errors == {"0,0": "'1,000' can mean 1 or 1000. Write 1 or 1000."}
    assert edit("2,5", added=-0.5) == 2.0
    assert edit("0.5", added=-0.5) == 0.0
    assert edit("0.3", added=-0.1) == 0.2
    assert matrix.errors == {}


def test_a_refused_text_of_a_cell_stays_while_nothing_is_said_of_it_yet(monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 0.02)

    async def typing():
        _, panel = shown(ConnectionsPanel)
        matrix = panel._matrices["C1"]._parts["matrix", ""]
        matrix._handle_custom_msg(
            {"row": 0, "column": 0, "text": "-", "number": 1, "typing": True}, []
        )
        at_once = dict(matrix.errors)
        await asyncio.sleep(0.1)
        return at_once, matrix.errors

    at_once, later = run(typing())
    assert at_once == {"0,0": ""}
    assert "'-' is not a number" in later["0,0"]


def shown(kind):
    store = Store(TUTORIAL)
    panel = kind(store)
    store.subscribe(panel.show, ahead=True)
    store.refresh()
    return store, panel
