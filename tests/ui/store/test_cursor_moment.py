"""The moment of the run that is looked at: where it stands, and what follows from edits."""

import numpy as np
import pytest

from neurolab.experiment.edits import set_parameter, set_run, set_spikes, set_weight
from neurolab.experiment.presets import TUTORIAL
from neurolab.ui.panels.step_panel import StepPanel
from neurolab.ui.store import cursor_moment as module
from neurolab.ui.store.cursor_moment import Moment
from neurolab.ui.store.store import Store


@pytest.fixture
def store():
    return Store(TUTORIAL)


@pytest.fixture
def moment(store):
    return Moment(store)


@pytest.fixture
def counted(monkeypatch):
    """How often a ledger was worked out."""
    calls, ledger = [], module.ledger
    monkeypatch.setattr(
        module, "ledger", lambda *args, **options: calls.append(1) or ledger(*args, **options)
    )
    return calls


def edit(store, change, *arguments):
    store.edit((change.__name__,), lambda experiment: change(experiment, *arguments))


def test_at_first_there_is_no_cursor(moment):
    assert (moment.time, moment.event, moment.step) == (None, None, None)


def test_nothing_is_worked_out_before_somebody_looks(store, counted):
    moment = Moment(store)
    StepPanel(moment)
    edit(store, set_parameter, "tau_a", 2.0)
    assert counted == []
    moment.go(4.0)
    assert counted == [1]
    moment.next()
    moment.go(5.0)
    assert counted == [1]


def test_next_and_previous_go_through_all_events_and_stop_at_the_ends(moment):
    seen = []
    for _ in range(10):
        moment.next()
        seen.append((moment.place, moment.time))
    assert seen == [*enumerate([1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0]), (7, 4.0), (7, 4.0)]
    for _ in range(10):
        moment.previous()
    assert (moment.place, moment.time) == (0, 1.0)


def test_between_two_events_next_and_previous_lead_to_either(moment):
    moment.go(2.5)
    assert moment.event is None
    moment.next()
    assert moment.time == 3.0
    moment.go(2.5)
    moment.previous()
    assert (moment.time, moment.place) == (2.0, 3)


def test_a_time_stands_on_the_first_jump_there_not_on_the_row_that_adds_nothing(moment):
    moment.go(2.0)
    assert moment.event.kind == "delivery"
    assert moment.event.state == "Vb"


@pytest.mark.parametrize(
    ("asked", "stands"), [(4.04, 4.0), (3.96, 4.0), (-5.0, 0.0), (1e12, 9.9), (1.3, 1.3)]
)
def test_it_stands_on_steps_of_the_run(moment, asked, stands):
    moment.go(asked)
    assert moment.time == stands
    assert moment.step == round(stands * 10)


@pytest.mark.parametrize("nonsense", [float("nan"), float("inf")])
def test_what_is_no_time_moves_nothing(moment, nonsense):
    moment.go(4.0)
    moment.go(nonsense)
    assert moment.time == 4.0


def test_an_edit_keeps_the_cursor_and_its_event_with_new_numbers(store, moment):
    moment.go_to(7)  # the row of C2 that adds nothing, beside a jump at the same time
    edit(store, set_weight, "C1", 0, 0, 3.0)
    assert (moment.time, moment.event.kind) == (4.0, "nothing")
    moment.previous()
    edit(store, set_parameter, "tau_a", 2.0)
    before = 3 * np.exp(-1.5)
    assert (moment.time, moment.event.numbers) == (
        4.0,
        f"{before:.2f} mV + 3.00 mV = {before + 3:.2f} mV",
    )


def test_an_edit_that_moves_the_event_away_leaves_the_cursor_where_it_is(store, moment):
    moment.go(4.0)
    edit(store, set_spikes, "inputs", 0, (1.0, 4.5))
    assert (moment.time, moment.event) == (4.0, None)


def test_a_shorter_run_takes_the_cursor_to_its_last_step(store, moment):
    moment.go(9.0)
    edit(store, set_spikes, "inputs", 0, (1.0,))
    store.edit(("run", "duration"), lambda experiment: set_run(experiment, duration=5.0))
    assert moment.time == 4.9


def test_another_time_step_keeps_the_time(store, moment):
    moment.go(2.0)
    store.edit(("run", "dt"), lambda experiment: set_run(experiment, dt=0.05))
    assert (moment.time, moment.step, moment.event.state) == (2.0, 40, "Vb")


def test_listeners_are_told_of_moves_and_of_results_but_not_of_what_changes_nothing(store, moment):
    told = []
    moment.subscribe(lambda moment: told.append(moment.time))
    moment.go(1.0)
    edit(store, set_parameter, "tau_a", 2.0)
    edit(store, set_parameter, "tau_a", -1.0)  # refused: the run stays
    store.refresh()
    assert told == [1.0, 1.0]


def test_a_listener_that_fails_does_not_keep_others_from_following(moment):
    told = []
    moment.subscribe(lambda moment: 1 / 0)
    moment.subscribe(lambda moment: told.append(moment.time))
    moment.go(1.0)
    assert told == [1.0]


def test_none_takes_the_cursor_away(moment):
    moment.go(4.0)
    moment.go(None)
    assert (moment.time, moment.event) == (None, None)
