"""Parts that fold away: contents are made when they are first asked for."""

import logging

import ipywidgets as widgets
import pytest

from neurolab.ui.controls.fold import Fold, FoldHeading
from neurolab.ui.controls.plain_widgets import is_hidden


@pytest.fixture
def built():
    return []


@pytest.fixture
def fold(built):
    def build():
        built.append(widgets.HTML("contents"))
        return built[-1:]

    return Fold("Compare", "two runs side by side", "nl-compare", build)


def body(fold):
    return fold.widget.children[1]


def press(fold):
    """What the page does when the heading is clicked."""
    fold.widget.children[0].set_state({"opened": not fold.opened})


def test_a_fold_is_closed_and_empty_at_first(fold, built):
    assert not fold.opened
    assert built == []
    assert is_hidden(body(fold))


def test_pressing_the_heading_opens_it_and_makes_its_contents(fold, built):
    press(fold)
    assert fold.opened
    assert list(body(fold).children) == built
    assert not is_hidden(body(fold))


def test_closing_and_opening_again_keeps_the_contents(fold, built):
    for _ in range(3):
        press(fold)
    assert len(built) == 1
    press(fold)
    assert is_hidden(body(fold))


def test_who_asked_hears_of_each_opening_and_closing_after_it(fold):
    heard = []
    fold.on_toggle(lambda opened: heard.append((opened, len(body(fold).children))))
    press(fold)
    press(fold)
    assert heard == [(True, 1), (False, 1)]


def test_the_program_can_open_it_too(fold, built):
    fold.opened = True
    assert len(built) == 1


def test_the_heading_says_what_is_there(fold):
    heading = fold.widget.children[0]
    assert isinstance(heading, FoldHeading)
    assert (heading.title, heading.hint) == ("Compare", "two runs side by side")
    fold.hint = "2 pinned"
    assert heading.hint == "2 pinned"


def test_contents_that_cannot_be_made_leave_no_traceback(caplog):
    fold = Fold("Broken", "", "nl-broken", lambda: 1 / 0)
    with caplog.at_level(logging.ERROR):
        press(fold)
    assert "Broken" in caplog.text
