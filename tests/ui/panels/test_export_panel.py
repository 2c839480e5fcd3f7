"""What leaves the page and comes back: the address, files, programs."""

import pytest

from neurolab.experiment.edits import set_parameter
from neurolab.experiment.presets import COUPLED, TUTORIAL
from neurolab.exports.documents import to_json
from neurolab.exports.link import from_link, to_link
from neurolab.ui.page.page_address import Address
from neurolab.ui.panels.export_panel import TakePanel
from neurolab.ui.store.keys import LOADING
from neurolab.ui.store.store import Store


@pytest.fixture
def store():
    return Store(TUTORIAL)


@pytest.fixture
def address(store):
    made = Address(store)
    store.subscribe(made.show)
    return made


@pytest.fixture
def panel(store, address, monkeypatch):
    made, saved = TakePanel(store, address), {}
    monkeypatch.setattr(address, "save", saved.__setitem__)
    store.subscribe(made.show)
    made._fold.opened = True
    made.saved = saved
    return made


def edit(store, value):
    store.edit(("parameter", "tau_a"), lambda experiment: set_parameter(experiment, "tau_a", value))


def test_the_address_holds_the_state_after_an_edit_and_nothing_at_the_start(store, address):
    address._follow()
    assert address.link == ""
    edit(store, 2.0)
    address._follow()
    assert from_link(address.link) == set_parameter(TUTORIAL, "tau_a", 2.0)


def test_a_link_that_the_page_was_opened_with_is_shown(store, address):
    address._receive(address, {"link": to_link(COUPLED)}, [])
    assert store.experiment == COUPLED


@pytest.mark.parametrize(
    "content", [{"link": "eNq"}, {"link": "x" * 100_000}, {"link": 3}, {}, None, [], {"link": "é"}]
)
def test_a_damaged_link_leaves_the_lab_as_it_is_and_says_so(store, address, content):
    address._receive(address, content, [])
    assert store.experiment == TUTORIAL
    told = isinstance(content, dict) and isinstance(content.get("link"), str)
    assert (LOADING in store.errors) == told


def test_a_page_cannot_set_the_link(address):
    address.set_state({"link": "x"})
    assert address.link == ""


def test_programs_follow_and_mark_the_line_that_changed(store, panel):
    store.refresh()
    assert "<mark>" not in panel._programs["neurolab"].value
    edit(store, 2.0)
    for text in (panel._programs["neurolab"].value, panel._programs["Brian 2"].value):
        assert text.count("<mark>") == 1
        assert "<mark>tau_a = 2*ms</mark>" in text


def test_a_closed_panel_writes_nothing(store, address):
    made = TakePanel(store, address)
    store.subscribe(made.show)
    edit(store, 2.0)
    assert made._seen is None


def click(panel, title):
    buttons = [
        button for box in panel._fold._body.children for button in getattr(box, "children", ())
    ]
    buttons += [
        button for column in panel._fold._body.children[-1].children for button in column.children
    ]
    next(button for button in buttons if getattr(button, "description", "") == title).click()


def test_files_hold_what_is_shown(store, panel):
    edit(store, 2.0)
    for title in (
        "Save",
        "Traces (CSV)",
        "Spikes (CSV)",
        "Save Brian 2 program",
        "Save neurolab program",
    ):
        click(panel, title)
    assert panel.saved["lab.json"] == to_json(set_parameter(TUTORIAL, "tau_a", 2.0))
    assert panel.saved["traces.csv"].startswith("time (ms),target[0].Va (mV)")
    assert panel.saved["spikes.csv"].count("inputs") == 4
    assert "tau_a = 2*ms" in panel.saved["lab_brian2.py"]
    assert panel.saved["lab.py"].startswith("from neurolab import *")


def test_a_saved_file_is_opened_and_a_damaged_one_is_refused_in_words(store, panel):
    panel._opened({"new": ({"content": memoryview(to_json(COUPLED).encode())},)})
    assert store.experiment == COUPLED
    panel._opened({"new": ({"content": memoryview(b"\xff{")},)})
    assert store.experiment == COUPLED
    assert "not a file of the lab" in panel._said.value


def test_traces_that_are_hidden_are_not_saved(store, panel):
    store.curtain.hidden_after = 3.5
    click(panel, "Traces (CSV)")
    assert len(panel.saved["traces.csv"].splitlines()) == 37
