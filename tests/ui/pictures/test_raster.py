"""The raster, without a browser: what it shows, and what it makes of what a page says."""

import pytest
from ipywidgets import Widget

from neurolab.ui.pictures.raster import Raster, SpikeRow

ROWS = [SpikeRow("inputs 0", (1.0, 4.0), True), SpikeRow("neurons 0", (4.5,), False)]


@pytest.fixture
def edits():
    return []


@pytest.fixture
def raster(edits):
    made = Raster(
        on_move=lambda *edit: edits.append(("move", *edit)),
        on_add=lambda *edit: edits.append(("add", *edit)),
        on_remove=lambda *edit: edits.append(("remove", *edit)),
    )
    made.draw(ROWS, 10.0, 0.1)
    yield made
    made.close()


@pytest.fixture
def sent(monkeypatch):
    """The messages that widgets send from now on, each as (widget, content)."""
    messages = []
    monkeypatch.setattr(
        Widget, "_send", lambda self, content, buffers=None: messages.append((self, content))
    )
    return messages


def say(raster, number=1, **content):
    """What a page sends."""
    raster._handle_custom_msg({**content, "number": number}, [])


def test_the_page_is_told_of_rows_and_of_the_time_axis(raster):
    assert raster.rows == [
        {"label": "inputs 0", "times": [1.0, 4.0], "editable": True, "colour": ""},
        {"label": "neurons 0", "times": [4.5], "editable": False, "colour": ""},
    ]
    assert (raster.duration, raster.step) == (10.0, 0.1)
    assert raster.ticks == [0, 2, 4, 6, 8, 10]


def test_moving_adding_and_removing_reach_their_callbacks(raster, edits):
    say(raster, action="move", row=0, index=1, was=4.0, time=5.2)
    say(raster, action="add", row=0, time=7.0)
    say(raster, action="remove", row=0, index=0, was=1.0)
    assert edits == [("move", 0, 1, 5.2), ("add", 0, 7.0), ("remove", 0, 0)]


def test_of_a_spike_whose_number_is_another_by_now_the_time_counts(raster, edits):
    raster.draw([SpikeRow("inputs 0", (1.0, 4.0, 7.0, 7.0), True)], 10.0, 0.1)
    say(
        raster, action="remove", row=0, index=0, was=4.0
    )  # the page has not heard yet that there is one at 1.0
    say(raster, action="move", row=0, index=0, was=7.0000000001, time=8.0)
    say(raster, action="remove", row=0, index=3, was=7.0)
    assert edits == [("remove", 0, 1), ("move", 0, 2, 8.0), ("remove", 0, 3)]


def test_a_spike_that_is_there_no_more_is_neither_moved_nor_removed(raster, edits):
    say(raster, action="remove", row=0, index=1, was=7.0)
    say(raster, action="move", row=0, index=1, was=7.0, time=8.0)
    assert edits == []


@pytest.mark.parametrize(
    ("said", "given"),
    [(5.23, 5.2), (0.30000000000000004, 0.3), (-3.0, 0.0), (10.0, 9.9), (1e300, 9.9)],
)
def test_times_are_given_on_the_grid_and_before_the_end(raster, edits, said, given):
    say(raster, action="add", row=0, time=said)
    assert edits == [("add", 0, given)]


def test_the_last_time_lies_before_the_end_where_the_step_does_not_divide_the_duration(
    raster, edits
):
    raster.draw(ROWS, 1.0, 0.3)
    say(raster, action="add", row=0, time=1.0)
    assert edits == [("add", 0, 0.9)]


def test_a_row_that_is_only_shown_cannot_be_edited(raster, edits):
    say(raster, action="move", row=1, index=0, was=4.5, time=2.0)
    say(raster, action="add", row=1, time=2.0)
    say(raster, action="remove", row=1, index=0, was=4.5)
    assert edits == []


@pytest.mark.parametrize(
    "content",
    [
        {"action": "move", "row": 0, "index": 0, "time": 1.0},
        {"action": "move", "row": 0, "index": 0, "was": "1", "time": 1.0},
        {"action": "move", "row": 0, "index": 0, "was": 10**400, "time": 1.0},
        {"action": "remove", "row": 0, "index": 0, "was": None},
        {"action": "add", "row": 2, "time": 1.0},
        {"action": "add", "row": True, "time": 1.0},
        {"action": "add", "row": 0, "time": "1"},
        {"action": "add", "row": 0, "time": float("nan")},
        {"action": "add", "row": 0, "time": 10**400},
        {"action": "add", "row": 0},
        {"action": "__init__", "row": 0},
        {"action": ["add"], "row": 0, "time": 1.0},
    ],
)
def test_nonsense_from_a_page_changes_nothing_and_is_answered(raster, edits, content):
    say(raster, number=7, **content)
    assert edits == []
    assert raster.answered == 7


def test_an_error_in_a_callback_does_not_leave_the_raster(raster):
    raster._actions["add"] = lambda *edit: 1 / 0
    say(raster, number=3, action="add", row=0, time=1.0)
    assert raster.answered == 3


def test_drawing_is_not_an_edit(raster, edits):
    raster.draw([SpikeRow("inputs 0", (2.0,), True)], 20.0, 0.2)
    raster.draw([], 20.0, 0.2)
    assert edits == []


def test_the_same_picture_again_sends_nothing(raster, sent):
    raster.draw(ROWS, 10.0, 0.1)
    assert sent == []


def test_another_picture_is_one_message(raster, sent):
    raster.draw([SpikeRow("inputs 0", (1.0, 4.1), True)], 20.0, 0.2)
    assert len(sent) == 1


def test_a_page_that_sets_the_rows_itself_gains_no_rights(raster, edits):
    raster.set_state(
        {
            "rows": [{"label": "", "times": [1.0] * 9, "editable": True}] * 9,
            "duration": 1e9,
            "step": 1e-9,
        }
    )
    say(raster, action="add", row=1, time=2.0)
    say(raster, action="remove", row=0, index=5, was=2.0)
    say(raster, action="add", row=0, time=1e6)
    assert edits == [("add", 0, 9.9)]
