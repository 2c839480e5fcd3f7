"""The lab's state: undo, redo, reset and loading."""

import pytest

from neurolab.errors import RangeError
from neurolab.experiment.edits import (
    set_neurons,
    set_parameter,
    set_run,
    set_size,
    set_spikes,
    set_weight,
)
from neurolab.experiment.presets import COUPLED, TUTORIAL
from neurolab.ui.store.store import Store

from ..store_edits import DT, TAU, dt, tau_a


def test_edits_of_one_gesture_are_one_step_of_undo(store, clock):
    for value in (2.0, 3.0, 4.0):
        store.edit(TAU, tau_a(value))
        clock.now += 0.3
    store.undo()
    assert store.experiment == TUTORIAL
    assert not store.can_undo
    store.redo()
    assert store.experiment.parameter("tau_a").value == 4.0


def test_edits_of_one_control_with_a_pause_between_are_two_steps(store, clock):
    store.edit(TAU, tau_a(2.0))
    clock.now += 5
    store.edit(TAU, tau_a(3.0))
    store.undo()
    assert store.experiment.parameter("tau_a").value == 2.0


def test_edits_of_two_controls_in_quick_succession_are_two_steps(store):
    store.edit(TAU, tau_a(2.0))
    store.edit(DT, dt(0.2))
    store.undo()
    assert store.experiment == set_parameter(TUTORIAL, "tau_a", 2.0)


def test_an_edit_after_an_undo_is_a_step_of_its_own_and_forgets_the_redo(store):
    store.edit(TAU, tau_a(2.0))
    store.edit(DT, dt(0.2))
    store.undo()
    store.edit(TAU, tau_a(3.0))
    assert not store.can_redo
    store.undo()
    assert store.experiment == set_parameter(TUTORIAL, "tau_a", 2.0)


def test_an_edit_that_changes_nothing_is_no_step_of_undo(store):
    store.edit(TAU, tau_a(1.0))
    assert not store.can_undo


def test_undo_and_redo_at_the_ends_do_nothing(store, seen):
    store.undo()
    store.redo()
    assert store.experiment is TUTORIAL


def test_load_makes_the_experiment_the_starting_point_of_reset(store):
    store.load(COUPLED)
    store.edit(TAU, tau_a(2.0))
    store.reset()
    assert store.experiment is COUPLED
    assert store.start is COUPLED


def test_undo_of_a_load_restores_experiment_and_starting_point(store):
    store.edit(TAU, tau_a(2.0))
    store.load(COUPLED)
    store.undo()
    assert store.experiment == set_parameter(TUTORIAL, "tau_a", 2.0)
    assert store.start is TUTORIAL
    store.redo()
    assert (store.experiment, store.start) == (COUPLED, COUPLED)


def test_reset_can_be_undone(store):
    store.edit(TAU, tau_a(2.0))
    store.reset()
    assert store.experiment == TUTORIAL
    store.undo()
    assert store.experiment.parameter("tau_a").value == 2.0


def test_reset_at_the_starting_point_is_no_step_of_undo_and_clears_errors(store, seen):
    store.edit(TAU, tau_a(0.0))
    store.reset()
    assert seen[-1].errors == {}
    assert not store.can_undo


@pytest.mark.parametrize("leave", [Store.undo, Store.reset, lambda store: store.load(COUPLED)])
def test_undo_reset_and_load_clear_errors_and_forget_what_was_wrong(store, seen, leave):
    store.edit(TAU, tau_a(2.0))
    store.edit(DT, dt(3.0))
    assert seen[-1].stale
    leave(store)
    assert (seen[-1].errors, seen[-1].source) == ({}, None)
    store.edit(TAU, tau_a(8.0))
    assert store.experiment.dt == 0.1


def test_an_experiment_that_cannot_be_simulated_is_not_loaded(store):
    with pytest.raises(RangeError):
        store.load(set_run(TUTORIAL, duration=-1.0))
    assert store.experiment is TUTORIAL
    assert store.start is TUTORIAL
    assert not store.can_undo


def type_slowly(store, clock, *values):
    """Edits of one control that arrive five seconds apart."""
    for value in values:
        store.edit(TAU, tau_a(value))
        clock.now += 5


def test_a_word_on_a_slow_line_is_one_step_if_the_page_reports_one_gesture(store, clock):
    store.begin_gesture()
    type_slowly(store, clock, 2.0, 20.0, 21.0)
    store.undo()
    assert store.experiment is TUTORIAL
    assert not store.can_undo
    store.redo()
    assert store.experiment.parameter("tau_a").value == 21.0


def test_a_field_that_is_left_and_entered_again_gives_two_steps(store, clock):
    for value in (2.0, 3.0):
        store.begin_gesture()
        type_slowly(store, clock, value)
    store.undo()
    assert store.experiment.parameter("tau_a").value == 2.0


def test_an_edit_in_the_same_gesture_as_an_undone_one_is_a_step_of_its_own(store, clock):
    store.begin_gesture()
    type_slowly(store, clock, 2.0)
    store.undo()
    type_slowly(store, clock, 3.0)
    store.undo()
    assert store.experiment is TUTORIAL


@pytest.mark.parametrize(
    ("key", "change", "text"),
    [
        (TAU, tau_a(2.0), "tau_a: 1 → 2 ms"),
        (DT, dt(0.2), "dt: 0.1 → 0.2 ms"),
        (
            ("spikes", "inputs", 0),
            lambda now: set_spikes(now, "inputs", 0, (1.0, 5.0)),
            "spikes of inputs 0: 1, 4 ms → 1, 5 ms",
        ),
        (
            ("weight", "C1", 0, 0),
            lambda now: set_weight(now, "C1", 0, 0, -4.0),
            "C1[0, 0]: 6 → −4 mV",
        ),
        (
            ("threshold", "target"),
            lambda now: set_neurons(now, "target", threshold="Va > Vt + 0*Va + 0*Va + 0*Va + 0*Va"),
            "threshold of target: Va > Vt → Va > Vt + 0*Va + 0*Va + 0*Va …",
        ),
    ],
)
def test_an_edit_says_what_it_changes_from_what_to_what(store, key, change, text):
    store.edit(key, change)
    assert store.last_edit.text == text
    store.undo()
    assert (store.last_edit, store.undone_edit.text) == (None, text)


def test_an_edit_of_several_settings_names_the_first_one(store):
    store.edit(("size", "inputs"), lambda now: set_size(now, "inputs", 3))
    assert store.last_edit.text == "inputs size: 2 → 3, and 3 more changes"


def test_the_text_of_a_gesture_goes_from_its_begin_to_its_end(store):
    for value in (2.0, 3.0):
        store.edit(TAU, tau_a(value))
    assert store.last_edit.text == "tau_a: 1 → 3 ms"


def test_loading_and_resetting_are_named(store):
    store.load(COUPLED)
    assert store.last_edit.text == "starting from “coupled”"
    store.edit(TAU, tau_a(2.0))
    store.reset()
    assert store.last_edit.text == "resetting all"
