"""What a gesture sends to the page: the pictures first, what changed and nothing else, and each widget at most once."""

import ipywidgets as widgets
import pytest
from ipywidgets.widgets.widget import Widget

from neurolab.ui.page.access import Access
from neurolab.ui.page.lab import Lab
from neurolab.ui.page.page_address import Address
from neurolab.ui.panels.matrix import WeightMatrix
from neurolab.ui.pictures.raster import Raster


def parts(widget, kind):
    """All widgets of a kind on a page, in order."""
    found = [widget] if isinstance(widget, kind) else []
    return [
        *found,
        *(part for child in getattr(widget, "children", ()) for part in parts(child, kind)),
    ]


class Page:
    """A lab that has been edited before, so that undo is possible already, and the messages that it sends."""

    def __init__(self, monkeypatch):
        self.lab, self.messages = Lab(), []
        self.edit_weight("5")
        self.messages.clear()
        monkeypatch.setattr(
            Widget,
            "_send",
            lambda widget, content, buffers=None: self.messages.append((widget, content)),
        )

    def edit_weight(self, text):
        matrix = parts(self.lab, WeightMatrix)[0]
        matrix._handle_custom_msg(
            {"row": 0, "column": 0, "text": text, "number": matrix.answered + 1}, []
        )

    @property
    def sent(self):
        """Kind of widget and names of its traits, for each message with a change.

        The summary for screen readers, the address and the tooltips of the buttons are left out:
        they wait for a quiet moment if there is an event loop.
        """
        return [
            (type(widget).__name__, set(content["state"]))
            for widget, content in self.messages
            if content["method"] == "update"
            and not isinstance(widget, (Access, Address, widgets.Button))
        ]


@pytest.fixture
def page(monkeypatch):
    page = Page(monkeypatch)
    yield page
    page.lab.close()


def test_a_slider_sends_the_curve_it_changes_and_then_its_text(page):
    parts(page.lab, widgets.FloatLogSlider)[0].set_state({"value": 12.0})
    assert page.sent == [("Lines", {"y"}), ("Text", {"value"})]


def test_a_typed_value_sends_the_curve_and_the_slider(page):
    text = next(
        text for text in parts(page.lab, widgets.Text) if text.tooltip == "tau_a (ms), typed"
    )
    text.set_state({"value": "12.0"})
    assert page.sent == [("Lines", {"y"}), ("FloatLogSlider", {"value"})]


def test_a_weight_sends_the_curve_and_then_the_matrix_once(page):
    page.edit_weight("4.5")
    assert page.sent == [
        ("Lines", {"y"}),
        ("NetworkPicture", {"arrows", "labels"}),
        ("WeightMatrix", {"values", "answered"}),
    ]


def test_a_dragged_spike_sends_the_curve_the_list_and_then_the_raster_once(page):
    parts(page.lab, Raster)[0]._handle_custom_msg(
        {"action": "move", "row": 0, "index": 0, "was": 1.0, "time": 1.7, "number": 1}, []
    )
    assert page.sent == [
        ("Lines", {"x", "y"}),  # its jump is at another time
        ("Text", {"value"}),
        ("Raster", {"rows", "answered"}),
    ]


def test_the_same_again_sends_nothing(page):
    page.lab._store.refresh()
    assert page.sent == []
