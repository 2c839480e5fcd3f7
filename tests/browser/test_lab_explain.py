"""What each spike contributed, and the exact solution, on the page."""

import numpy as np
import pytest

from neurolab.experiment.presets import TUTORIAL

from .folds import FoldedLab
from .lab_page import drawn
from .waiting import wait_until

pytest_plugins = "tests.browser.lab_page"
CONTRIBUTED, EXACT = "What each spike contributed", "Exact solution"
LINE = 0.06  # mV: a pixel is about 0.03


@pytest.fixture
def lab(lab):
    return FoldedLab(lab)


@pytest.fixture
def phone(phone):
    return FoldedLab(phone)


def test_each_spike_has_a_ghost_curve_and_adding_them_up_by_key_ends_at_the_trace(lab):
    lab.open(CONTRIBUTED)
    ghosts = lab.wait_for_lines("ghost", 4)
    for times, values in ghosts:
        begin, peak = times[0], values.max()
        weight, tau = (6, 1) if round(begin) in (1, 4) else (3, 10)
        assert begin == pytest.approx(round(begin), abs=0.03)
        assert peak == pytest.approx(weight, abs=LINE)
        np.testing.assert_allclose(
            values[1:], weight * np.exp(-(times[1:] - round(begin)) / tau), atol=2 * LINE
        )
    lab.button("Add next").focus()
    for added in range(1, 5):
        lab.page.keyboard.press("Enter")
        lab.page.get_by_text(f"{added} of 4 added").wait_for()
    for (_, values), state in zip(lab.wait_for_lines("sum", 2), ("Va", "Vb")):
        np.testing.assert_allclose(values, drawn(TUTORIAL, state)[1], atol=LINE)
    wait_until(
        lambda: (
            lab.part("nl-contributions")
            .get_by_text("All 4 added up: that is the trace.")
            .is_visible()
        )
    )


def test_ghosts_follow_an_edit_and_go_when_the_part_is_closed(lab):
    lab.open(CONTRIBUTED)
    lab.wait_for_lines("ghost", 4)
    lab.spike_lists.first.fill("1, 4, 6")
    lab.wait_for_lines("ghost", 5)
    lab.close(CONTRIBUTED)
    lab.wait_for_lines("ghost", 0)
    wait_until(lambda: lab.page.get_by_text("what each spike adds").count() == 0)


def test_the_exact_solution_is_mathematics_and_its_curve_lies_on_the_trace(lab):
    lab.open(EXACT)
    for (_, values), state in zip(lab.wait_for_lines("exact", 2), ("Va", "Vb")):
        np.testing.assert_allclose(values, drawn(TUTORIAL, state)[1], atol=LINE)
    formulas = lab.part("nl-exact").locator("math")
    wait_until(lambda: formulas.count() == 2)
    assert "6.299" in formulas.first.text_content()
    wait_until(lambda: lab.part("nl-exact").get_by_text("That is rounding").is_visible())


def test_eulers_method_parts_from_the_exact_solution(lab):
    lab.open(EXACT)
    lab.wait_for_lines("exact", 2)
    lab.page.get_by_label("method").select_option(label="Euler")
    lab.part("nl-exact").get_by_text("a smaller dt brings it closer").wait_for()
    exact = lab.lines("exact")[0][1]
    np.testing.assert_allclose(exact, drawn(TUTORIAL, "Va")[1], atol=LINE)


def test_a_model_that_is_not_linear_is_explained_in_both_parts(lab):
    lab.open(CONTRIBUTED)
    lab.open(EXACT)
    lab.equations.first.fill("dVa/dt = -Va**2/(tau_a*mV) : volt\ndVb/dt = -Vb/tau_b : volt")
    for part in ("nl-contributions", "nl-exact"):
        wait_until(lambda part=part: "Va**2, which is not linear" in lab.part(part).inner_text())
    lab.wait_for_lines("ghost", 0)
    lab.wait_for_lines("exact", 0)


def test_on_a_phone_nothing_scrolls_sideways_and_all_can_be_touched(phone):
    phone.open(CONTRIBUTED)
    phone.open(EXACT)
    phone.wait_for_lines("ghost", 4)
    assert phone.has_no_sideways_scroll()
    for title in (CONTRIBUTED, EXACT):
        assert phone.heading(title).bounding_box()["height"] >= 44
    for name in ("Add next", "All apart"):
        assert phone.button(name).bounding_box()["height"] >= 44
