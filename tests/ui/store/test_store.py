"""The lab's state: edits, and what is wrong with them."""

from neurolab.experiment.edits import set_neurons, set_parameter, set_run, set_size, set_spikes
from neurolab.experiment.presets import TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.experiment.typed_lists import parse_times
from neurolab.ui.store.store import Store

from ..store_edits import DT, TAU, dt, tau_a


def test_an_edit_changes_experiment_and_result_and_tells_the_panels_who_it_was(store, seen):
    store.edit(TAU, tau_a(2.0))
    assert store.experiment == set_parameter(TUTORIAL, "tau_a", 2.0)
    assert (
        store.result.trace("target", "Va") == simulate(store.experiment).trace("target", "Va")
    ).all()
    assert (seen[-1].experiment, seen[-1].result, seen[-1].source) == (
        store.experiment,
        store.result,
        TAU,
    )
    assert not seen[-1].stale


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
    for part, text in (
        ("equations", "dU/dt = -U/tau_a : volt\ndVb/dt = -Vb/tau_b : volt"),
        ("threshold", "U > Vt"),
        ("reset", "U = Vr"),
    ):
        store.edit(
            (part, "target"),
            lambda experiment, part=part, text=text: set_neurons(
                experiment, "target", **{part: text}
            ),
        )
    assert store.errors == {}
    assert store.experiment.group("target").threshold == "U > Vt"
    assert store.experiment.connection("C1").state == "U"


def test_the_complaint_about_a_neuron_goes_with_the_neuron(store):
    store.edit(
        ("spikes", "inputs", 1),
        lambda experiment: set_spikes(experiment, "inputs", 1, parse_times("abc", 10.0)),
    )
    assert store.errors
    store.edit(("size", "inputs"), lambda experiment: set_size(experiment, "inputs", 1))
    assert store.errors == {}


def test_an_unexpected_exception_becomes_a_friendly_message_and_goes_to_the_log(
    store, seen, caplog
):
    def change(experiment):
        raise ZeroDivisionError("division by zero")

    store.edit(TAU, change)
    assert "The lab could not work with this" in seen[-1].errors[TAU]
    assert "division" not in seen[-1].errors[TAU]
    assert "ZeroDivisionError" in caplog.text
    assert store.experiment is TUTORIAL
