"""The lab's state while a long run is under way in its thread: the page goes on, and the newest run counts."""

import asyncio
import time

from neurolab.errors import BlowUpError
from neurolab.experiment.edits import set_parameter, set_run
from neurolab.experiment.presets import COUPLED, TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.ui.store.keys import LOADING

from ..gate import end_of_run, finish
from ..store_edits import DT, TAU, dt, run, tau_a


def test_controls_are_ahead_of_the_pictures_until_the_run_ends(store, seen, gate):
    ahead = []
    store.subscribe(ahead.append, ahead=True)
    edited = set_parameter(TUTORIAL, "tau_a", 2.0)

    async def act():
        store.edit(TAU, tau_a(2.0))
        assert (store.experiment, store.follows) == (edited, False)
        assert (ahead[-1].experiment, ahead[-1].result.experiment) == (edited, TUTORIAL)
        assert (seen[-1].experiment, seen[-1].result.experiment) == (TUTORIAL, TUTORIAL)
        assert not seen[-1].stale
        await finish(store, gate)

    run(act())
    assert store.follows
    assert (seen[-1].experiment, seen[-1].source) == (edited, TAU)
    assert (seen[-1].result.trace("target", "Va") == simulate(edited).trace("target", "Va")).all()


def test_pictures_are_not_drawn_again_while_only_the_controls_are_ahead(store, seen, gate):
    async def act():
        store.refresh()
        drawn = len(seen)
        store.edit(TAU, tau_a(2.0))
        store.edit(TAU, tau_a(3.0))
        assert len(seen) == drawn
        store.refresh_pictures()
        assert len(seen) == drawn + 1
        store.edit(DT, dt(-1.0))
        assert len(seen) == drawn + 2  # what is wrong is said beside them
        await finish(store, gate)
        assert len(seen) == drawn + 3

    run(act())


def test_the_page_goes_on_while_a_run_is_under_way(store, gate):
    async def act():
        store.edit(TAU, tau_a(2.0))
        for _ in range(20):
            await asyncio.sleep(0.001)
        assert store.runner.busy
        await finish(store, gate)

    run(act())


def test_the_newest_of_several_edits_is_run_and_each_is_a_step_of_undo(store, seen, gate):
    async def act():
        store.edit(TAU, tau_a(2.0))
        store.edit(DT, dt(0.2))
        await finish(store, gate)

    run(act())
    both = set_run(set_parameter(TUTORIAL, "tau_a", 2.0), dt=0.2)
    assert store.result.experiment == both
    assert [
        snapshot.result.experiment for snapshot in seen if snapshot.result.experiment != TUTORIAL
    ] == [both]
    store.undo()
    assert store.experiment == set_parameter(TUTORIAL, "tau_a", 2.0)
    store.undo()
    assert store.experiment == TUTORIAL


def test_a_run_that_ended_just_before_the_next_began_is_not_taken_for_it(store, seen, gate):
    async def act():
        gate.open.set()
        store.edit(TAU, tau_a(2.0))
        time.sleep(0.1)  # the thread ends, and cannot be heard yet
        store.edit(DT, dt(0.2))
        await end_of_run(store)

    run(act())
    both = set_run(set_parameter(TUTORIAL, "tau_a", 2.0), dt=0.2)
    assert {snapshot.result.experiment for snapshot in seen} <= {TUTORIAL, both}
    assert store.result.experiment == both


def test_undo_during_a_run_is_back_at_once_without_another_run(store, seen, gate):
    async def act():
        store.edit(TAU, tau_a(2.0))
        store.undo()
        assert store.follows
        assert not store.runner.busy
        assert seen[-1].source is None

    run(act())
    assert len(gate.begun) <= 2  # tried at once, and in the thread
    assert TUTORIAL not in gate.begun


def test_an_edit_back_to_what_is_shown_ends_the_run(store, gate):
    async def act():
        store.edit(TAU, tau_a(2.0))
        store.edit(TAU, tau_a(1.0))
        assert store.follows
        assert not store.runner.busy

    run(act())


def test_stop_keeps_the_last_good_result_and_says_that_it_is_behind(store, seen, gate):
    result = store.result

    async def act():
        store.edit(TAU, tau_a(2.0))
        store.stop()

    run(act())
    assert store.result is result
    assert store.experiment == set_parameter(TUTORIAL, "tau_a", 2.0)
    assert seen[-1].stopped
    assert seen[-1].stale
    assert (seen[-1].experiment, seen[-1].errors) == (TUTORIAL, {})


def test_what_was_stopped_can_be_run_again(store, seen, gate):
    async def act():
        store.edit(TAU, tau_a(2.0))
        store.stop()
        store.run_again()
        assert not seen[-1].stopped
        await finish(store, gate)

    run(act())
    assert store.result.experiment == set_parameter(TUTORIAL, "tau_a", 2.0)
    assert not seen[-1].stale


def test_the_edit_after_a_stop_runs_with_what_was_stopped(store, seen, gate):
    async def act():
        store.edit(TAU, tau_a(2.0))
        store.stop()
        store.edit(DT, dt(0.2))
        await finish(store, gate)

    run(act())
    assert store.result.experiment == set_run(set_parameter(TUTORIAL, "tau_a", 2.0), dt=0.2)
    assert not seen[-1].stopped


def test_an_error_of_the_run_stands_beside_its_control_and_the_edit_is_taken_back(
    store, seen, gate
):
    gate.failing[set_parameter(TUTORIAL, "tau_a", 2.0)] = BlowUpError("Va grew beyond all bounds")

    async def act():
        store.edit(TAU, tau_a(2.0))
        await finish(store, gate)

    run(act())
    assert seen[-1].errors == {TAU: "Va grew beyond all bounds"}
    assert store.experiment == TUTORIAL
    assert store.follows
    assert not store.can_undo


def test_a_surprise_in_the_run_becomes_a_friendly_message(store, seen, gate, caplog):
    gate.failing[set_parameter(TUTORIAL, "tau_a", 2.0)] = MemoryError("17 GB")

    async def act():
        store.edit(TAU, tau_a(2.0))
        await finish(store, gate)

    run(act())
    assert "The lab could not work with this" in seen[-1].errors[TAU]
    assert "17 GB" in caplog.text


def test_the_edit_before_one_that_fails_is_run_after_all(store, seen, gate):
    good = set_parameter(TUTORIAL, "tau_a", 2.0)
    gate.failing[set_run(good, dt=0.2)] = BlowUpError("too fast")

    async def act():
        store.edit(TAU, tau_a(2.0))
        store.edit(DT, dt(0.2))
        gate.open.set()
        await end_of_run(store)
        await end_of_run(store)

    run(act())
    assert store.result.experiment == store.experiment == good
    assert seen[-1].errors == {DT: "too fast"}
    store.undo()
    assert store.experiment == TUTORIAL


def test_a_gesture_whose_end_fails_is_taken_back_as_a_whole(store, seen, gate):
    gate.failing[set_parameter(TUTORIAL, "tau_a", 4.0)] = BlowUpError("too slow")

    async def act():
        for value in (2.0, 3.0, 4.0):
            store.edit(TAU, tau_a(value))
        await finish(store, gate)

    run(act())
    assert store.experiment == TUTORIAL
    assert not store.can_undo


def test_what_is_wrong_at_once_leaves_the_run_alone(store, seen, gate):
    async def act():
        store.edit(TAU, tau_a(2.0))
        store.edit(DT, dt(-1.0))
        assert store.runner.busy
        assert set(seen[-1].errors) == {DT}
        await finish(store, gate)

    run(act())
    assert store.result.experiment == set_parameter(TUTORIAL, "tau_a", 2.0)


def test_loading_during_a_run_replaces_it(store, seen, gate):
    async def act():
        store.edit(TAU, tau_a(2.0))
        store.load(COUPLED)
        await finish(store, gate)

    run(act())
    assert (store.result.experiment, store.start) == (COUPLED, COUPLED)
    assert seen[-1].source is None


def test_a_load_whose_run_fails_is_taken_back_and_said_on_its_own(store, seen, gate):
    gate.failing[COUPLED] = BlowUpError("it blew up")

    async def act():
        store.load(COUPLED)
        await finish(store, gate)

    run(act())
    assert seen[-1].errors == {LOADING: "it blew up"}
    assert seen[-1].loading_error == "it blew up"
    assert not seen[-1].stale
    assert (store.experiment, store.start) == (TUTORIAL, TUTORIAL)
