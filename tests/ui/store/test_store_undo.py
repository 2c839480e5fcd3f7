"""The lab's state: undo, redo, reset and loading."""

import pytest

from neurolab.errors import RangeError
from neurolab.experiment.edits import set_parameter, set_run
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
