"""Runs that are pinned and compared, on the page."""

import numpy as np
import pytest

from neurolab.experiment.edits import set_parameter, set_weight
from neurolab.experiment.presets import TUTORIAL
from neurolab.explain.drawn_paths import Path, difference

from .folds import FoldedLab
from .lab_page import drawn
from .waiting import wait_until

LINE = 0.06


@pytest.fixture
def lab(lab_page):
    lab = FoldedLab(lab_page)
    lab.open("Compare")
    return lab


def trace(experiment, state):
    return drawn(experiment, state)[1]


def rows(lab):
    return [
        " ".join(text.split()) for text in lab.part("nl-compare").locator("tr").all_inner_texts()
    ]


def test_a_run_that_is_pinned_stays_in_sight_behind_the_next_and_the_tables_say_what_differs(lab):
    lab.labelled("name").fill("fast")
    lab.page.keyboard.press("Enter")
    lab.button("Pin this run").click()
    lab.part("nl-compare").get_by_text("Nothing differs from fast").wait_for()
    lab.number("tau_a").fill("2")
    lab.cell("C2", 1).fill("-1.5")
    lab.page.keyboard.press("Enter")
    wait_until(lambda: "C2[1, 0] 3 mV −1.5 mV" in rows(lab))
    assert "tau_a 1 ms 2 ms" in rows(lab)
    pinned = lab.wait_for_lines("pinned", 2)
    live = lab.wait_for_lines("curve", 2)
    changed = set_weight(set_parameter(TUTORIAL, "tau_a", 2.0), "C2", 1, 0, -1.5)
    for state, old, new in zip(("Va", "Vb"), pinned, live):
        np.testing.assert_allclose(old[1], trace(TUTORIAL, state), atol=LINE)
        np.testing.assert_allclose(new[1], trace(changed, state), atol=LINE)
    most = np.abs(trace(changed, "Vb") - trace(TUTORIAL, "Vb")).max()
    assert any(row.startswith(f"Vb {most:.3g} mV 3 ms") for row in rows(lab))


def test_the_difference_can_be_drawn_and_a_pin_removed(lab):
    lab.button("Pin this run").click()
    lab.page.get_by_text("run 1", exact=True).first.wait_for()
    lab.number("tau_a").fill("2")
    lab.page.get_by_text("draw the difference, now − pinned").click()
    now, before = (drawn(of, "Va") for of in (set_parameter(TUTORIAL, "tau_a", 2.0), TUTORIAL))
    expected = difference(Path(*before), Path(*now)).values
    wait_until(
        lambda: any(
            len(line[1]) == len(expected) and np.allclose(line[1], expected, atol=LINE)
            for line in lab.lines("difference")
        )
    )
    lab.button("Remove").click()
    lab.wait_for_lines("pinned", 0)
    lab.wait_for_lines("difference", 0)


def test_going_back_to_a_pinned_run(lab):
    lab.button("Pin this run").click()
    lab.button("Go back").wait_for()
    lab.number("tau_a").fill("5")
    lab.wait_for_lines("pinned", 2)
    lab.button("Go back").click()
    wait_until(lambda: lab.number("tau_a").input_value() == "1")


def test_on_a_phone_pins_and_tables_fit(phone_page):
    phone = FoldedLab(phone_page)
    phone.open("Compare")
    phone.button("Pin this run").click()
    phone.button("Go back").wait_for()
    phone.number("tau_a").fill("2")
    wait_until(lambda: "tau_a 1 ms 2 ms" in rows(phone))
    assert phone.has_no_sideways_scroll()
    tops = {phone.button(name).bounding_box()["y"] for name in ("Go back", "Remove")}
    assert len(tops) == 1
