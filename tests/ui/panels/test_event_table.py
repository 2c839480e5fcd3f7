"""The table of events without a browser: rows, order, and what it makes of what a page says."""

import csv
import io

import pytest

from neurolab.experiment.edits import set_parameter, set_run
from neurolab.experiment.experiment import Experiment, Inputs, Neurons, Parameter, Synapses
from neurolab.experiment.presets import TUTORIAL
from neurolab.ui.panels.event_table import MOST_ROWS, EventsPanel
from neurolab.ui.store import cursor_moment as module
from neurolab.ui.store.cursor_moment import Moment
from neurolab.ui.store.store import Store

MANY = Experiment(
    (
        Inputs("inputs", (tuple(0.5 * k for k in range(1, 400)),)),
        Neurons("cells", 1, "dV/dt = -V/tau : volt"),
    ),
    (Synapses("C", "inputs", "cells", "V", ((1.0,),)),),
    (Parameter("tau", 5.0, "ms"),),
    200.0,
)


@pytest.fixture
def store():
    return Store(TUTORIAL)


@pytest.fixture
def moment(store):
    return Moment(store)


@pytest.fixture
def panel(moment):
    return EventsPanel(moment)


@pytest.fixture
def table(panel):
    panel._fold.opened = True
    return panel._table


def say(table, **content):
    table._handle_custom_msg(content, [])


def places(table):
    return [row["place"] for row in table.rows]


def test_a_closed_table_works_nothing_out(store, panel, monkeypatch):
    monkeypatch.setattr(module, "ledger", None)
    store.edit(("parameter", "tau_a"), lambda experiment: set_parameter(experiment, "tau_a", 2.0))
    assert panel._table is None


def test_each_event_is_a_row_with_its_numbers_and_its_sentence(table):
    assert [row["cells"] for row in table.rows[4:7]] == [
        ["3.0", "inputs 1 over C1", "Va", "", "0", ""],
        ["3.0", "inputs 1 over C2", "Vb[0]", "2.71", "+3.00", "5.71 mV"],
        ["4.0", "inputs 0 over C1", "Va[0]", "0.30", "+6.00", "6.30 mV"],
    ]
    assert table.rows[6]["sentence"].startswith(
        "t = 4.0 ms: inputs 0 fires → row 0 of C1 → Va[0]: 0.30 mV + 6.00 mV"
    )
    assert table.note == ""


def test_the_heading_says_how_many_there_are_once_they_are_known(panel, moment):
    assert panel._fold.hint == "every spike, jump and reset of the run as a table"
    moment.go(1.0)
    assert panel._fold.hint == "8 in this run"


def test_while_what_comes_next_is_hidden_the_heading_counts_what_is_shown(store, panel, moment):
    moment.go(1.0)
    store.curtain.close(3.3)
    store.refresh_pictures()
    assert panel._fold.hint == "6 so far; what comes next is hidden"


def test_where_events_are_not_worked_out_the_heading_has_the_number_of_all(
    store, panel, moment, monkeypatch
):
    original = module.ledger
    monkeypatch.setattr(
        module, "ledger", lambda result, **options: original(result, most=3, **options)
    )
    store.edit(("run", "duration"), lambda experiment: set_run(experiment, duration=12.0))
    moment.go(1.0)
    assert panel._fold.hint == "3 computed, of 8 in this run"


def test_a_column_is_sorted_up_and_then_down(table):
    say(table, action="sort", value=5)
    assert table.order == [5, 1]
    assert places(table) == [
        3,
        5,
        0,
        6,
        1,
        2,
        4,
        7,
    ]  # 3, 5.71, 6, 6.30 mV, then those that add nothing
    say(table, action="sort", value=0)
    assert (table.order, places(table)) == ([0, 1], list(range(8)))
    say(table, action="sort", value=0)
    assert table.order == [0, -1]
    assert places(table)[0] in (6, 7)


def test_a_row_leads_to_its_event_and_the_present_one_is_marked(table, moment):
    assert table.place == -1
    say(table, action="go", value=5)
    assert (moment.place, table.place) == (5, 5)
    moment.go(2.5)
    assert table.place == -1


def test_the_table_follows_an_edit_with_and_without_a_cursor(store, table, moment):
    store.edit(("parameter", "tau_a"), lambda experiment: set_parameter(experiment, "tau_a", 3.0))
    assert table.rows[6]["cells"][3] == "2.21"
    moment.go(4.0)
    store.edit(("parameter", "tau_a"), lambda experiment: set_parameter(experiment, "tau_a", 1.0))
    assert table.rows[6]["cells"][3] == "0.30"


def test_the_file_has_all_events_in_the_order_of_the_run(store, table, monkeypatch):
    store.load(MANY)
    sent = []
    monkeypatch.setattr(type(table), "send", lambda self, content: sent.append(content))
    say(table, action="csv")
    lines = list(csv.DictReader(io.StringIO(sent[0]["csv"])))
    assert len(lines) == 399
    assert (lines[0]["time (ms)"], lines[0]["variable"], lines[0]["unit"], lines[0]["amount"]) == (
        "0.5",
        "V",
        "mV",
        "1.0",
    )
    assert [float(line["time (ms)"]) for line in lines] == sorted(
        float(line["time (ms)"]) for line in lines
    )


def test_of_many_events_those_around_the_cursor_are_rows(store, table, moment):
    store.load(MANY)
    assert places(table) == list(range(MOST_ROWS))
    assert table.note == "200 of 399 rows, those around the time cursor; the file has all."
    moment.go(150.0)
    assert places(table) == list(range(199, 399))
    assert moment.place in places(table)
    say(table, action="sort", value=0)
    assert moment.place in places(table)


def test_what_was_not_worked_out_is_said(store, table, monkeypatch):
    original = module.ledger
    monkeypatch.setattr(
        module, "ledger", lambda result, **options: original(result, most=3, **options)
    )
    store.edit(("run", "duration"), lambda experiment: set_run(experiment, duration=12.0))
    assert len(table.rows) == 3
    assert table.note == "5 more events of this run are not computed."


@pytest.mark.parametrize(
    "content",
    [
        {"action": "sort", "value": 6},
        {"action": "sort", "value": -1},
        {"action": "go", "value": 8},
        {"action": "go", "value": "0"},
        {"action": "drop"},
        {},
    ],
)
def test_nonsense_from_a_page_changes_nothing(table, moment, content):
    before = table.rows
    say(table, **content)
    assert (table.rows, moment.time) == (before, None)


def test_a_page_cannot_set_the_rows(table):
    before = table.rows
    table.set_state({"rows": [], "order": [99, 1], "place": 3})
    assert (table.rows, table.order, table.place) == (before, [0, 1], -1)
