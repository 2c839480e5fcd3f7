"""The panel that steps through a run, without a browser: what it says, and what it makes of what a page says."""

import pytest
from ipywidgets import Widget

from neurolab.experiment.edits import set_size, set_spikes
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
def panel(store, moment):
    made = StepPanel(moment)
    store.subscribe(made.show)
    store.refresh()
    return made


def say(panel, number=1, **content):
    """What a page sends."""
    panel.cursor._handle_custom_msg({**content, "number": number}, [])


def test_the_page_is_told_of_the_time_axis_and_of_no_events_before_the_cursor_is_used(panel):
    cursor = panel.cursor
    assert (cursor.duration, cursor.step, cursor.last, cursor.time, cursor.events) == (
        10.0,
        0.1,
        9.9,
        None,
        [],
    )


def test_the_cursor_says_what_happened_in_parts(panel):
    say(panel, action="go", time=4.0)
    cursor = panel.cursor
    assert (cursor.when, cursor.cause) == ("t = 4.0 ms", "inputs 0 fires → row 0 of C1 → Va[0]")
    assert (cursor.numbers, cursor.verdict) == (
        "0.30 mV + 6.00 mV = 6.30 mV",
        "6.30 mV is below Vt = 10 mV, so no spike",
    )
    assert (cursor.total, cursor.between, cursor.place) == ("7 of 8", "", 6)
    assert cursor.events == [1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0]
    assert [value[:2] for value in cursor.values] == [["Va", "6.30 mV"], ["Vb", "5.17 mV"]]


def test_between_two_events_it_says_when_the_next_one_is(panel):
    say(panel, action="go", time=2.5)
    assert (
        panel.cursor.between
        == "No event: the equations alone move Va and Vb. The next event is at 3.0 ms."
    )
    say(panel, action="go", time=9.0)
    assert panel.cursor.between.endswith("None comes after this.")


def test_where_events_are_left_out_it_does_not_say_that_there_are_none(store, panel, monkeypatch):
    original = module.ledger
    monkeypatch.setattr(
        module, "ledger", lambda result, **options: original(result, most=3, **options)
    )
    say(panel, action="go", time=3.0)
    assert panel.cursor.between == "No event of those that were computed; there are 5 more."
    assert panel.cursor.total == "3 events computed"
    say(panel, action="event", place=1, number=2)
    assert panel.cursor.total == "2 of 3 computed"


def test_while_what_comes_next_is_hidden_it_does_not_say_that_nothing_comes(store, panel):
    store.curtain.close(3.3)
    store.refresh_pictures()
    say(panel, action="go", time=3.3)
    assert (
        panel.cursor.between
        == "No event: the equations alone move Va and Vb. What comes next is hidden."
    )
    assert panel.cursor.total == "6 events so far"
    store.curtain.lift()
    store.refresh_pictures()
    assert panel.cursor.between.endswith("The next event is at 4.0 ms.")
    assert panel.cursor.total == "8 events"


def test_events_of_a_run_are_not_kept_once_the_cursor_is_taken_away(store, panel):
    say(panel, action="go", time=4.0)
    say(panel, action="leave")
    store.edit(
        ("spikes", "inputs", 0), lambda experiment: set_spikes(experiment, "inputs", 0, [6.0])
    )
    assert (panel.cursor.time, panel.cursor.events, panel.cursor.place) == (None, [], -1)


def test_buttons_move_it(panel, moment):
    for action, time in (("next", 1.0), ("next", 1.0), ("next", 2.0), ("previous", 1.0)):
        say(panel, action=action)
        assert panel.cursor.time == moment.time == time
    say(panel, action="event", place=6)
    assert (moment.place, panel.cursor.place) == (6, 6)
    say(panel, action="leave")
    assert panel.cursor.time is moment.time is None


@pytest.mark.parametrize(
    "content",
    [
        {"action": "go", "time": "4"},
        {"action": "go", "time": float("nan")},
        {"action": "go", "time": 10**400},
        {"action": "go"},
        {"action": "event", "place": 8},
        {"action": "event", "place": -1},
        {"action": "event", "place": 1.0},
        {"action": "__init__"},
        {"action": ["go"], "time": 1.0},
        {},
    ],
)
def test_nonsense_from_a_page_moves_nothing_and_is_answered(panel, moment, content):
    moment.go(3.0)
    say(panel, number=5, **content)
    assert moment.time == 3.0
    assert panel.cursor.answered == 5


def test_a_page_cannot_set_what_is_said(panel):
    panel.cursor.set_state({"numbers": "<b>all wrong</b>", "time": 1e9, "events": [0.0] * 9})
    assert (panel.cursor.numbers, panel.cursor.time, panel.cursor.events) == ("", None, [])


def test_a_move_is_one_message(panel, monkeypatch):
    say(panel, action="go", time=4.0)
    sent = []
    monkeypatch.setattr(
        Widget, "_send", lambda self, content, buffers=None: sent.append((self, content))
    )
    say(panel, number=2, action="go", time=4.5)
    assert [widget for widget, _ in sent] == [panel.cursor]


def test_values_of_several_neurons_are_named_apart(store, panel):
    store.edit(("size", "target"), lambda experiment: set_size(experiment, "target", 2))
    say(panel, action="go", time=1.0)
    assert [value[:2] for value in panel.cursor.values] == [
        ["Va[0]", "6.00 mV"],
        ["Vb[0]", "0 mV"],
        ["Va[1]", "0 mV"],
        ["Vb[1]", "0 mV"],
    ]
