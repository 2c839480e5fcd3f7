"""The panel that keeps runs and compares them with the present one."""

import re

import ipywidgets as widgets
import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances

from neurolab.experiment.edits import set_parameter, set_spikes, set_weight
from neurolab.experiment.presets import TUTORIAL
from neurolab.ui.panels.compare_panel import MOST_PINS, ComparePanel

from ..onpage import OnPage


@pytest.fixture
def page():
    return OnPage(ComparePanel)


def pin(page, name=""):
    page.every(widgets.Text)[0].value = name
    page.button("Pin this run").click()


def tables(page):
    """The rows of the tables in sight, as texts."""
    rows = "".join(widget.value for widget in page.every(widgets.HTML) if "<table" in widget.value)
    return [
        re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", row)).strip()
        for row in re.findall("<tr>.*?</tr>", rows)
    ]


def test_without_a_pin_it_says_what_to_do_and_draws_nothing(page):
    assert "Pin this run, then change something" in page.text()
    assert page.overlays() == []


def test_a_pinned_run_stays_behind_the_next(page):
    pin(page)
    page.edit(set_parameter, "tau_a", 2.0)
    first = next(overlay for overlay in page.overlays() if overlay.state == "Va")
    assert (first.look, first.label) == ("pinned", "run 1")
    np.testing.assert_allclose(
        first.values[11:41], 6e-3 * np.exp(-(first.times[11:41] - 1)), atol=1e-16
    )


def test_two_pins_are_removed_by_the_buttons_that_the_page_had_at_first(page):
    for name in ("first", "second", "third"):
        pin(page, name)
    buttons = [button for button in page.every(widgets.Button) if button.description == "Remove"]
    for button in buttons[:2]:
        button._handle_custom_msg({"event": "click"}, [])
    assert [run.name for run in page.store.kept.pins] == ["third"]
    assert [box.description for box in page.every(widgets.Checkbox) if box.tooltip] == ["third"]
    assert buttons[1].comm is None
    assert buttons[2].comm is not None


def test_the_tables_say_what_differs_and_how_far_the_traces_are_apart(page):
    page.edit(set_spikes, "inputs", 0, (1.0,))
    pin(page, "fast")
    assert "Nothing differs from fast" in page.text()
    page.edit(set_parameter, "tau_a", 2.0)
    page.edit(set_weight, "C2", 1, 0, -1.5)
    rows = tables(page)
    assert rows[0] == "fast now"
    assert "tau_a 1 ms 2 ms" in rows
    assert "C2[1, 0] 3 mV −1.5 mV" in rows
    # 6 mV (exp(-s/2) - exp(-s)): the RMS over 10 ms is 6 mV √(1/60).
    assert "Va 1.5 mV 2.4 ms 0.774 mV" in rows


def test_several_pins_have_names_of_their_own_and_can_be_shown_compared_and_removed(page):
    for name in ("a", "a", ""):
        pin(page, name)
    page.edit(set_parameter, "tau_a", 2.0)
    boxes = {box.description: box for box in page.every(widgets.Checkbox)}
    assert list(boxes)[:3] == ["a", "a′", "run 3"]
    boxes["a"].value = False
    assert {overlay.label for overlay in page.overlays()} == {"a′", "run 3"}
    (choice,) = page.every(widgets.Dropdown)
    assert choice.label == "run 3"
    choice.label = "a"
    assert "a now" in tables(page)
    page.button("Remove").click()
    assert {overlay.label for overlay in page.overlays()} == {"a′", "run 3"}
    assert "a now" not in tables(page)


def test_no_more_than_four_can_be_pinned(page):
    for _ in range(MOST_PINS + 2):
        pin(page)
    assert page.button("Pin this run").disabled
    assert len({overlay.label for overlay in page.overlays()}) == MOST_PINS


def test_going_back_to_a_pin_is_an_edit_that_can_be_undone(page):
    pin(page)
    page.edit(set_parameter, "tau_a", 2.0)
    page.button("Go back").click()
    assert page.store.experiment == TUTORIAL
    page.store.undo()
    assert page.store.experiment == set_parameter(TUTORIAL, "tau_a", 2.0)


def test_the_difference_can_be_drawn(page):
    pin(page)
    page.edit(set_weight, "C1", 0, 0, 8.0)
    page.every(widgets.Checkbox)[-1].value = True
    (difference,) = [overlay for overlay in page.overlays() if overlay.look == "difference"]
    assert (difference.state, difference.label) == ("Va", "now − run 1")
    assert difference.values[11] == pytest.approx(2e-3)


def test_names_are_shown_as_text_and_cut(page):
    pin(page, "<b>" + "x" * 100)
    page.edit(set_parameter, "tau_a", 2.0)
    assert all("<b>x" not in widget.value for widget in page.every(widgets.HTML))
    assert len(page.overlays()[0].label) == 30


def test_while_the_traces_are_hidden_no_distances_are_told_and_nothing_new_can_be_pinned(page):
    pin(page)
    page.edit(set_parameter, "tau_a", 2.0)
    page.curtain.close(3.0)
    page.store.refresh_pictures()
    assert tables(page) == []
    assert page.button("Pin this run").disabled
    page.curtain.lift()
    page.store.refresh_pictures()
    assert tables(page)


def test_closed_it_draws_nothing_and_keeps_its_pins(page):
    pin(page)
    page.panel._fold.opened = False
    assert page.overlays() == []
    page.panel._fold.opened = True
    assert page.overlays()


def test_removed_pins_leave_no_widgets(page):
    pin(page)
    page.button("Remove").click()
    before = len(_instances)
    pin(page)
    page.button("Remove").click()
    assert len(_instances) == before
