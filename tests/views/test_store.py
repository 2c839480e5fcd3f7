"""The lab's state: edits, what is wrong with them, undo and redo."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from neurolab.errors import RangeError
from neurolab.lab.edits import set_neurons, set_parameter, set_run, set_size, set_spikes
from neurolab.lab.parsing import parse_times
from neurolab.lab.presets import COUPLED, TUTORIAL
from neurolab.lab.simulate import simulate
from neurolab.views import store as module
from neurolab.views.store import Store


class Clock:
    """A clock that only goes when it is told to."""

    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now


def run(coroutine):
    """Run a coroutine in a thread of its own: a test of another file may have left an event loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture
def store(clock):
    return Store(TUTORIAL)


@pytest.fixture
def seen(store):
    """Snapshots that a panel was shown."""
    shown = []
    store.subscribe(shown.append)
    return shown


def tau_a(value):
    return lambda experiment: set_parameter(experiment, "tau_a", value)


def dt(value):
    return lambda experiment: set_run(experiment, dt=value)


TAU, DT = ("parameter", "tau_a"), ("run", "dt")


def test_an_edit_changes_experiment_and_result_and_tells_the_panels_who_it_was(store, seen):
    store.edit(TAU, tau_a(2.0))
    assert store.experiment == set_parameter(TUTORIAL, "tau_a", 2.0)
    assert (store.result.trace("target", "Va") == simulate(store.experiment).trace("target", "Va")).all()
    assert (seen[-1].experiment, seen[-1].result, seen[-1].source) == (store.experiment, store.result, TAU)
    assert not seen[-1].stale


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


def test_a_wrong_edit_keeps_experiment_and_result_and_files_what_is_wrong(store, seen):
    result = store.result
    store.edit(TAU, tau_a(0.0))
    assert store.experiment is TUTORIAL
    assert store.result is result
    assert "tau_a is 0 ms" in seen[-1].errors[TAU]
    assert seen[-1].stale
    assert not store.can_undo


def test_a_right_edit_of_the_same_control_clears_its_error_and_no_other(store, seen):
    store.edit(TAU, tau_a(0.0))
    store.edit(DT, dt(-1.0))
    store.edit(TAU, tau_a(2.0))
    assert set(seen[-1].errors) == {DT}
    assert store.experiment == set_parameter(TUTORIAL, "tau_a", 2.0)


def test_going_back_to_the_accepted_value_clears_the_error(store, seen):
    store.edit(TAU, tau_a(0.0))
    store.edit(TAU, tau_a(1.0))
    assert seen[-1].errors == {}
    assert store.experiment == TUTORIAL
    assert not store.can_undo


def test_a_wrong_edit_is_accepted_once_another_edit_makes_it_right(store, seen):
    store.edit(DT, dt(2.0))
    assert "longer than tau_a" in seen[-1].errors[DT]
    store.edit(TAU, tau_a(4.0))
    assert seen[-1].errors == {}
    assert store.experiment == set_run(set_parameter(TUTORIAL, "tau_a", 4.0), dt=2.0)
    assert store.result.experiment == store.experiment


def test_what_is_still_wrong_after_another_edit_is_explained_anew(store, seen):
    store.load(set_run(TUTORIAL, duration=100.0))
    store.edit(DT, dt(12.0))
    assert "longer than tau_a" in seen[-1].errors[DT]
    store.edit(TAU, tau_a(20.0))
    assert "longer than tau_b" in seen[-1].errors[DT]


def test_an_edit_that_was_mended_by_typing_is_not_retried_later(store):
    store.edit(DT, dt(2.0))
    store.edit(DT, dt(0.2))
    store.edit(TAU, tau_a(4.0))
    assert store.experiment.dt == 0.2


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


def test_what_a_panel_sends_while_it_is_shown_something_is_no_edit(store):
    store.subscribe(lambda snapshot: store.edit(DT, dt(0.2)))
    store.edit(TAU, tau_a(2.0))
    assert store.experiment == set_parameter(TUTORIAL, "tau_a", 2.0)
    store.undo()
    assert store.experiment == TUTORIAL


def test_a_panel_that_fails_keeps_neither_the_others_nor_later_edits_from_being_shown(caplog):
    def fail(snapshot):
        raise RuntimeError("a panel broke")

    store, shown = Store(TUTORIAL), []
    store.subscribe(fail)
    store.subscribe(shown.append)
    store.edit(TAU, tau_a(2.0))
    store.edit(TAU, tau_a(3.0))
    assert [snapshot.experiment.parameter("tau_a").value for snapshot in shown] == [2.0, 3.0]
    assert "a panel broke" in caplog.text


def test_a_variable_can_be_renamed_in_equations_threshold_and_reset_one_after_the_other(store):
    for part, text in (("equations", "dU/dt = -U/tau_a : volt\ndVb/dt = -Vb/tau_b : volt"), ("threshold", "U > Vt"),
                       ("reset", "U = Vr")):
        store.edit((part, "target"), lambda experiment, part=part, text=text: set_neurons(experiment, "target", **{part: text}))
    assert store.errors == {}
    assert store.experiment.group("target").threshold == "U > Vt"
    assert store.experiment.connection("C1").state == "U"


def test_the_complaint_about_a_neuron_goes_with_the_neuron(store):
    store.edit(("spikes", "inputs", 1), lambda experiment: set_spikes(experiment, "inputs", 1, parse_times("abc", 10.0)))
    assert store.errors
    store.edit(("size", "inputs"), lambda experiment: set_size(experiment, "inputs", 1))
    assert store.errors == {}


def test_an_unexpected_exception_becomes_a_friendly_message_and_goes_to_the_log(store, seen, caplog):
    def change(experiment):
        raise ZeroDivisionError("division by zero")

    store.edit(TAU, change)
    assert "The lab could not work with this" in seen[-1].errors[TAU]
    assert "division" not in seen[-1].errors[TAU]
    assert "ZeroDivisionError" in caplog.text
    assert store.experiment is TUTORIAL


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
