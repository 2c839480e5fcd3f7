"""The connection matrix, without a browser: what it shows, and what it makes of what a page says."""

import logging

import pytest
from ipywidgets import Widget
from traitlets import TraitError

from neurolab.ui.panels.matrix import MAX_CELLS, WeightMatrix


@pytest.fixture
def matrix():
    made = WeightMatrix(
        caption="C1: inputs → neurons",
        unit="mV",
        rows=["inputs 0", "inputs 1"],
        columns=["neurons 0", "neurons 1", "neurons 2"],
        values=[[6.0, 0.0, -3.0], [0.0, 0.0, 1.5]],
    )
    yield made
    made.close()


@pytest.fixture
def edits(matrix):
    received = []
    matrix.on_edit(lambda *edit: received.append(edit))
    return received


@pytest.fixture
def sent(matrix, monkeypatch):
    """The states that the page is sent from now on."""
    states = []
    monkeypatch.setattr(
        Widget, "_send", lambda self, content, buffers=None: states.append(content["state"])
    )
    return states


def say(matrix, number=1, **content):
    """What a page sends when a cell has been changed."""
    matrix._handle_custom_msg({**content, "number": number}, [])


def test_the_page_is_told_all_that_the_table_shows(matrix):
    state = matrix.get_state()
    assert {
        name: state[name]
        for name in (
            "caption",
            "unit",
            "rows",
            "columns",
            "values",
            "errors",
            "step",
            "disabled",
            "highlight",
        )
    } == {
        "caption": "C1: inputs → neurons",
        "unit": "mV",
        "rows": ["inputs 0", "inputs 1"],
        "columns": ["neurons 0", "neurons 1", "neurons 2"],
        "values": [[6.0, 0.0, -3.0], [0.0, 0.0, 1.5]],
        "errors": {},
        "step": 0.5,
        "disabled": False,
        "highlight": [],
    }


def test_an_edit_reaches_every_callback_as_it_was_typed(matrix, edits):
    others = []
    matrix.on_edit(lambda *edit: others.append(edit))
    say(matrix, row=1, column=2, text=" 2,5 mV ", typing=True)
    assert edits == others == [(1, 2, " 2,5 mV ", 0.0, True)]


def test_arrow_keys_on_a_text_that_is_still_typed_leave_it_to_the_kernel_what_they_add_to(
    matrix, edits
):
    say(matrix, row=1, column=2, text="2,5", added=-0.5)
    assert edits == [(1, 2, "2,5", -0.5, False)]


@pytest.mark.parametrize("added", ["1", True, float("nan"), float("inf"), 1e31, None, [1]])
def test_nothing_but_a_number_is_added(matrix, edits, added):
    say(matrix, number=4, row=1, column=2, text="2", added=added)
    assert edits == []
    assert matrix.answered == 4


@pytest.mark.parametrize("text", ["", "-", "abc", "1e400", "__import__('os')", "x" * 100])
def test_the_widget_does_not_judge_what_is_typed(matrix, edits, text):
    say(matrix, row=0, column=0, text=text)
    assert edits == [(0, 0, text, 0.0, False)]
    assert matrix.values[0][0] == 6.0


def test_every_edit_is_answered_by_its_number(matrix, edits):
    say(matrix, number=1, row=0, column=0, text="7")
    assert matrix.answered == 1
    say(matrix, number=2, row=0, column=0, text="abc")
    assert matrix.answered == 2


@pytest.mark.parametrize(
    "content",
    [
        {"row": 2, "column": 0, "text": "1"},
        {"row": 0, "column": 3, "text": "1"},
        {"row": -1, "column": 0, "text": "1"},
        {"row": True, "column": 0, "text": "1"},
        {"row": 0.0, "column": 0, "text": "1"},
        {"row": "0", "column": 0, "text": "1"},
        {"row": None, "column": 0, "text": "1"},
        {"column": 0, "text": "1"},
        {"row": 0, "column": [0], "text": "1"},
        {"row": 10**400, "column": 0, "text": "1"},
        {"row": 0, "column": 0, "text": 1},
        {"row": 0, "column": 0, "text": ["1"]},
        {"row": 0, "column": 0},
        {},
    ],
)
def test_nonsense_from_a_page_changes_nothing_and_is_answered(matrix, edits, content):
    say(matrix, number=7, **content)
    assert edits == []
    assert matrix.answered == 7


@pytest.mark.parametrize("content", [None, [], "edit", 3])
def test_what_is_no_message_is_ignored(matrix, edits, content):
    matrix._handle_custom_msg(content, [])
    assert edits == []
    assert matrix.answered == 0


def test_a_text_that_is_too_long_is_ignored_and_not_shortened_to_another_number(matrix, edits):
    say(matrix, row=0, column=0, text="1" * 101)
    assert edits == []
    assert matrix.answered == 1


@pytest.mark.parametrize("number", [True, -1, 10**400, 1.5, "1", None])
def test_a_number_that_no_edit_has_is_not_answered(matrix, edits, number):
    say(matrix, number=number, row=0, column=0, text="7")
    assert edits == [(0, 0, "7", 0.0, False)]
    assert matrix.answered == 0
    assert type(matrix.answered) is int


def test_a_matrix_that_can_only_be_read_takes_no_edit(matrix, edits):
    matrix.disabled = True
    say(matrix, row=0, column=0, text="7")
    assert edits == []
    assert matrix.answered == 1


def test_an_error_in_a_callback_stays_in_the_kernel_and_the_others_are_called(matrix, caplog):
    edits = []
    matrix.on_edit(lambda *edit: 1 / 0)
    matrix.on_edit(lambda *edit: edits.append(edit))
    with caplog.at_level(logging.ERROR):
        say(matrix, number=3, row=0, column=0, text="7")
    assert edits == [(0, 0, "7", 0.0, False)]
    assert matrix.answered == 3
    assert "an edit of cell 0, 0 failed" in caplog.text


def test_what_follows_from_an_edit_is_one_message_with_its_answer(matrix, sent):
    def accept(source, target, text, added, typing):
        matrix.values = [[float(text), 0.0, -3.0], [0.0, 0.0, 1.5]]
        matrix.errors = {"1,1": "there is no number here"}

    matrix.on_edit(accept)
    say(matrix, number=5, row=0, column=0, text="7")
    assert sent == [
        {
            "values": [[7.0, 0.0, -3.0], [0.0, 0.0, 1.5]],
            "errors": {"1,1": "there is no number here"},
            "answered": 5,
        }
    ]


def test_showing_values_is_not_an_edit(matrix, edits):
    matrix.values = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    assert edits == []


def test_the_same_values_again_send_nothing(matrix, sent):
    matrix.values = [list(row) for row in matrix.values]
    matrix.errors = {}
    assert sent == []


def test_a_page_that_sets_the_traits_itself_gains_no_rights(matrix, edits):
    matrix.disabled = True
    before = matrix.get_state()
    matrix.set_state(
        {
            "disabled": False,
            "rows": ["r"] * 50,
            "columns": ["c"] * 50,
            "values": "nonsense",
            "answered": "no",
        }
    )
    assert matrix.get_state() == before
    say(matrix, row=20, column=20, text="1")
    say(matrix, row=0, column=0, text="1")
    assert edits == []


def test_entries_that_are_not_shown_are_not_sent():
    size = MAX_CELLS + 1
    matrix = WeightMatrix(
        rows=["inputs 0"], columns=[f"neurons {j}" for j in range(size)], values=[[1.0] * size]
    )
    assert matrix.get_state()["values"] == []
    assert len(matrix.values[0]) == size
    matrix.values = [[1.0] * MAX_CELLS]
    assert matrix.get_state()["values"] == [[1.0] * MAX_CELLS]
    matrix.close()


def test_the_highlight_is_a_row_or_a_cell_or_nothing(matrix):
    for highlight in ([1], [1, 2], []):
        matrix.highlight = highlight
        assert matrix.get_state()["highlight"] == highlight
    with pytest.raises(TraitError):
        matrix.highlight = [0, 1, 2]
