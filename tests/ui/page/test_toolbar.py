"""The bar on top: which starting point the page shows."""

import pytest

from neurolab.experiment.edits import set_parameter
from neurolab.experiment.presets import COUPLED, TUTORIAL
from neurolab.exports.link import from_link, to_link
from neurolab.ui.page.toolbar import Bar
from neurolab.ui.store.store import Store

SLOW = set_parameter(TUTORIAL, "tau_a", 7.0)


@pytest.fixture
def store():
    return Store(TUTORIAL)


@pytest.fixture
def bar(store):
    made = Bar(store)
    store.subscribe(made.show, ahead=True)
    store.refresh()
    return made


def test_a_network_that_is_no_preset_is_named_as_another_and_can_be_gone_back_to(store, bar):
    store.load(COUPLED)
    store.load(SLOW)
    assert (store.experiment, bar._preset.label) == (SLOW, "Another network")
    bar._preset.label = "Tutorial 2a"
    assert store.experiment is TUTORIAL
    bar._preset.label = "Another network"
    assert store.experiment is SLOW
    assert bar._task.value == ""


def test_offering_another_network_loads_nothing_else_meanwhile(store, bar):
    store.load(COUPLED)
    store.load(SLOW)
    store.undo()
    assert (store.experiment, bar._preset.label) == (COUPLED, "2 · Coupled Va and Vb")


def test_the_newest_of_other_networks_takes_the_place_of_the_one_before(store, bar):
    for tau in (7.0, 8.0):
        store.load(set_parameter(TUTORIAL, "tau_a", tau))
    assert [title for title, _ in bar._preset.options].count("Another network") == 1
    assert bar._preset.label == "Another network"
    store.undo()
    assert (store.experiment, bar._preset.label) == (SLOW, "Another network")


def test_a_preset_that_comes_from_a_link_is_known_again(store, bar):
    store.load(from_link(to_link(COUPLED)))
    assert bar._preset.label == "2 · Coupled Va and Vb"
    assert "Another network" not in [title for title, _ in bar._preset.options]


def test_an_edit_leaves_the_starting_point_named(store, bar):
    store.edit(("parameter", "tau_a"), lambda experiment: set_parameter(experiment, "tau_a", 7.0))
    assert bar._preset.label == "Tutorial 2a"


def test_a_bar_without_starting_points_takes_any_network(store):
    bar = Bar(store, presets={})
    store.subscribe(bar.show)
    store.load(SLOW)
    assert bar._preset.options == ()


def test_undo_and_redo_name_the_edit_in_their_tooltips(store, bar):
    store.edit(("parameter", "tau_a"), lambda experiment: set_parameter(experiment, "tau_a", 7.0))
    assert bar._undo.tooltip == "Undo tau_a: 1 → 7 ms"
    store.undo()
    assert bar._undo.tooltip == "Undo the last change"
    assert bar._redo.tooltip == "Redo tau_a: 1 → 7 ms"


def test_a_message_of_the_page_begins_a_gesture_and_no_other_content_does(store, bar):
    page_input = bar.widget.children[-1]
    for content in ({"gesture": True}, {"gesture": "x"}, {}, [], "gesture"):
        page_input._handle_custom_msg(content, [])
    assert store._gesture == 1
