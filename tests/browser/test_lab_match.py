"""A target to be matched, on the page."""

import numpy as np
import pytest

from neurolab.experiment.challenges import CHALLENGES

from .folds import FoldedLab
from .lab_page import drawn
from .waiting import wait_until

LINE = 0.06


@pytest.fixture
def lab(lab_page):
    lab = FoldedLab(lab_page)
    lab.open("Match the target")
    return lab


def away(lab):
    meter = lab.part("nl-match").get_by_role("meter")
    return float(meter.get_attribute("aria-valuenow")) if meter.count() else None


def test_a_challenge_is_solved_by_a_slider_and_the_distance_falls_on_the_way(lab):
    lab.labelled("challenge").select_option(label=CHALLENGES["decay"].title)
    for (_, values), state in zip(lab.wait_for_lines("target", 2), ("Va", "Vb")):
        np.testing.assert_allclose(values, drawn(CHALLENGES["decay"].hidden, state)[1], atol=LINE)
    seen = [away(lab)]
    lab.handle("tau_a").focus()
    for _ in range(25):  # 25 steps of 0.02 decades: 3.16 ms
        lab.page.keyboard.press("ArrowRight")
        wait_until(lambda: away(lab) != seen[-1])
        seen.append(away(lab))
    assert (np.diff(seen) < 0).all()
    lab.part("nl-match").get_by_text("Matched.").wait_for()
    wait_until(lambda: "tau_a 3.2 ms" in lab.part("nl-match").inner_text())


def test_a_weight_is_found_by_typing_and_undone_by_starting_again(lab):
    lab.labelled("challenge").select_option(label=CHALLENGES["weights"].title)
    lab.wait_for_lines("target", 2)
    lab.cell("C1", 0).fill("4")
    lab.cell("C2", 1).fill("-5")
    lab.page.keyboard.press("Enter")
    lab.part("nl-match").get_by_text("Matched.").wait_for()
    lab.button("Start again").click()
    wait_until(lambda: away(lab) > 50)
    wait_until(lambda: lab.cell("C1", 0).input_value() == "+6")


def test_a_run_of_ones_own_becomes_a_target(lab):
    lab.number("tau_b").fill("4")
    wait_until(lambda: lab.number("tau_b").input_value() == "4")
    lab.button("Use this run as target").click()
    lab.wait_for_lines("target", 2)
    wait_until(lambda: away(lab) == 0)
    lab.button("Reset all").click()
    wait_until(lambda: away(lab) > 5)


def test_on_a_phone_it_fits_and_the_target_stays_in_sight(phone_page):
    phone = FoldedLab(phone_page)
    phone.open("Match the target")
    phone.labelled("challenge").select_option(label=CHALLENGES["fast-slow"].title)
    phone.wait_for_lines("target", 3)
    assert phone.has_no_sideways_scroll()
    phone.part("nl-match").scroll_into_view_if_needed()
    box = phone.page.locator(".nl-traces-figure").bounding_box()
    assert box["y"] >= -1
