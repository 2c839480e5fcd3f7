"""The time cursor without a browser: where it stands, what is said of it, and what lights up."""

import numpy as np
import pytest
from ipywidgets import Widget

from neurolab.lab.edits import set_connection, set_parameter, set_run, set_size, set_spikes, set_weight
from neurolab.lab.presets import COUPLED, TUTORIAL
from neurolab.views import moment as module
from neurolab.views.connections import ConnectionsPanel
from neurolab.views.moment import Moment
from neurolab.views.pictures import Pictures
from neurolab.views.step import StepPanel
from neurolab.views.store import Store

FIRING = set_weight(set_spikes(TUTORIAL, "inputs", 0, (1.0, 1.1)), "C1", 0, 0, 6.0)


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
    monkeypatch.setattr(module, "ledger", lambda *args, **options: calls.append(1) or ledger(*args, **options))
    return calls


def edit(store, change, *arguments):
    store.edit((change.__name__,), lambda experiment: change(experiment, *arguments))


# --- the moment ---


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


@pytest.mark.parametrize(("asked", "stands"), [(4.04, 4.0), (3.96, 4.0), (-5.0, 0.0), (1e12, 9.9), (1.3, 1.3)])
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
    assert (moment.time, moment.event.numbers) == (4.0, f"{before:.2f} mV + 3.00 mV = {before + 3:.2f} mV")


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


# --- the panel ---


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
    assert (cursor.duration, cursor.step, cursor.last, cursor.time, cursor.events) == (10.0, 0.1, 9.9, None, [])


def test_the_cursor_says_what_happened_in_parts(panel):
    say(panel, action="go", time=4.0)
    cursor = panel.cursor
    assert (cursor.when, cursor.cause) == ("t = 4.0 ms", "inputs 0 fires → row 0 of C1 → Va[0]")
    assert (cursor.numbers, cursor.verdict) == ("0.30 mV + 6.00 mV = 6.30 mV", "6.30 mV is below Vt = 10 mV: no spike")
    assert (cursor.total, cursor.between, cursor.place) == ("7 of 8", "", 6)
    assert cursor.events == [1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0]
    assert [value[:2] for value in cursor.values] == [["Va", "6.30 mV"], ["Vb", "5.17 mV"]]


def test_between_two_events_it_says_when_the_next_one_is(panel):
    say(panel, action="go", time=2.5)
    assert panel.cursor.between == "No event: the equations alone move Va and Vb. The next event is at 3.0 ms."
    say(panel, action="go", time=9.0)
    assert panel.cursor.between.endswith("None comes after this.")


def test_buttons_move_it(panel, moment):
    for action, time in (("next", 1.0), ("next", 1.0), ("next", 2.0), ("previous", 1.0), ("leave", None)):
        say(panel, action=action)
        assert panel.cursor.time == moment.time == time
    say(panel, action="event", place=6)
    assert (moment.place, panel.cursor.place) == (6, 6)


@pytest.mark.parametrize("content", [
    {"action": "go", "time": "4"}, {"action": "go", "time": float("nan")}, {"action": "go", "time": 10**400},
    {"action": "go"}, {"action": "event", "place": 8}, {"action": "event", "place": -1}, {"action": "event", "place": 1.0},
    {"action": "__init__"}, {"action": ["go"], "time": 1.0}, {}])
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
    monkeypatch.setattr(Widget, "_send", lambda self, content, buffers=None: sent.append((self, content)))
    say(panel, number=2, action="go", time=4.5)
    assert [widget for widget, _ in sent] == [panel.cursor]


def test_values_of_several_neurons_are_named_apart(store, panel):
    edit(store, set_size, "target", 2)
    say(panel, action="go", time=1.0)
    assert [value[:2] for value in panel.cursor.values] == [
        ["Va[0]", "6.00 mV"], ["Vb[0]", "0 mV"], ["Va[1]", "0 mV"], ["Vb[1]", "0 mV"]]


# --- what lights up ---


@pytest.fixture
def page(store, moment):
    pictures, connections = Pictures(store), ConnectionsPanel(store)
    for part in (pictures, connections):
        store.subscribe(part.show)
        moment.subscribe(part.follow)
    store.refresh()
    return pictures, connections


def lit(page):
    """The raster's spike, the matrices' cells, and the jumps in the figures: (time, before, after)."""
    pictures, connections = page
    matrices = {name: control._parts["matrix", ""] for name, control in connections._matrices.items()}
    cells = {name: matrix.highlight for name, matrix in matrices.items() if matrix.highlight}
    jumps = {}
    for name, figure in pictures._figures.items():
        bracket, ring = figure._jump.marks or (None, None)
        if ring is not None and ring.visible:
            jumps[name] = (ring.x[0], bracket.y[0] if bracket.visible else None, ring.y[0])
    return pictures._raster.lit, cells, jumps


def test_at_a_delivery_spike_entry_and_jump_light_up_together(page, moment):
    moment.go(4.0)
    spike, cells, jumps = lit(page)
    assert (spike, cells) == ([0, 4.0], {"C1": [0, 0]})
    assert jumps == {"mV": (4.0, pytest.approx(6 * np.exp(-3)), pytest.approx(6 + 6 * np.exp(-3)))}


def test_an_empty_row_lights_up_without_a_jump(page, moment):
    moment.go_to(1)
    assert lit(page) == ([0, 1.0], {"C2": [0]}, {})


def test_a_firing_lights_up_the_neuron_s_own_spike_and_the_value_that_was_seen(store, page, moment):
    store.load(FIRING)
    moment.go(1.2)
    while moment.event.kind != "threshold":
        moment.previous()
    seen = (6 * np.exp(-0.1) + 6) * np.exp(-0.1)
    assert lit(page) == ([2, 1.2], {}, {"mV": (1.2, None, pytest.approx(seen))})
    moment.next()
    assert lit(page) == ([2, 1.2], {}, {"mV": (1.2, pytest.approx(seen), 0.0)})


def test_between_events_and_without_a_cursor_nothing_is_lit(page, moment):
    for time in (2.5, None):
        moment.go(4.0)
        moment.go(time)
        assert lit(page) == ([], {}, {})


def test_a_delayed_spike_lights_up_where_it_was_fired_and_jumps_where_it_arrives(store, page, moment):
    store.edit(("delay",), lambda experiment: set_connection(experiment, "C1", delay=2.0))
    moment.go(3.0)
    spike, cells, jumps = lit(page)
    assert (spike, cells, jumps["mV"][0]) == ([0, 1.0], {"C1": [0, 0]}, 3.0)


def test_a_spike_asked_for_between_two_steps_is_lit_where_the_raster_has_it(store, page, moment):
    edit(store, set_spikes, "inputs", 0, (1.04,))
    moment.next()
    assert moment.time == 1.1
    assert lit(page)[0] == [0, 1.04]


def test_what_is_lit_follows_an_edit(store, page, moment):
    moment.go(4.0)
    edit(store, set_parameter, "tau_a", 2.0)
    assert lit(page)[2]["mV"][1:] == (pytest.approx(6 * np.exp(-1.5)), pytest.approx(6 + 6 * np.exp(-1.5)))
    store.load(COUPLED)
    assert lit(page)[0] == [0, 4.0]


def test_jump_marks_are_made_when_they_are_first_needed(page, moment):
    pictures, _ = page
    figure = pictures._figures["mV"]
    before = len(figure._figure.marks)
    moment.go(2.5)
    assert len(figure._figure.marks) == before
    moment.go(4.0)
    assert len(figure._figure.marks) == before + 2
    moment.go(3.0)
    assert len(figure._figure.marks) == before + 2
