"""Hide, draw, reveal, on the page."""

import re

import numpy as np
import pytest

from .folds import FoldedLab
from .touch import Finger
from .waiting import wait_until

TITLE = "Predict, then reveal"
LINE = 0.06


@pytest.fixture
def lab(lab_page):
    lab = FoldedLab(lab_page)
    lab.open(TITLE)
    return lab


def hide(lab, after, variable="Va"):
    part = lab.part("nl-predict")
    part.locator("select").select_option(label=variable)
    part.locator("input[title='hide after (ms), typed']").fill(f"{after:g}")
    lab.button("Hide and draw").click()
    lab.page.locator(".nl-drawing .paper").wait_for()
    wait_until(lambda: all(line[0][-1] <= after + 0.05 for line in lab.lines("curve")))
    lab.button("Reveal").wait_for()


def dots(lab):
    return lab.page.locator(".nl-drawing .dot")


def value(dot):
    return float(dot.get_attribute("aria-valuenow"))


def verdict(lab):
    lab.part("nl-predict").locator(".nl-verdict [role=status]").wait_for()
    return lab.part("nl-predict").locator(".nl-verdict").inner_text()


def test_while_it_is_hidden_neither_curves_nor_values_under_the_pointer_go_on(lab):
    hide(lab, 3.5)
    assert len(lab.lines("curve")) == 2
    figure = lab.page.locator(".nl-figure").bounding_box()
    lab.page.mouse.move(figure["x"] + 0.9 * figure["width"], figure["y"] + 100)
    wait_until(lambda: "t " in lab.page.locator(".nl-readout").inner_text())
    wait_until(lambda: "t 3.5 ms" in lab.page.locator(".nl-readout").inner_text())
    lab.handle("tau_b").focus()
    lab.page.keyboard.press("ArrowLeft")
    wait_until(lambda: lab.number("tau_b").input_value() != "10")
    assert all(line[0][-1] < 3.55 for line in lab.lines("curve"))


def test_a_curve_drawn_with_the_mouse_is_judged_when_it_is_revealed(lab):
    hide(lab, 4.5, "Vb")
    box = lab.page.locator(".nl-drawing .paper").bounding_box()
    low, high = (float(dots(lab).first.get_attribute(f"aria-value{end}")) for end in ("min", "max"))
    times = np.linspace(4.5, 10, 30)
    for step, time in enumerate(times):
        truth = 3 * np.exp(-(time - 2) / 10) + 3 * np.exp(-(time - 3) / 10)
        x = box["x"] + 1 + (box["width"] - 2) * (time - 4.5) / 5.5
        lab.page.mouse.move(x, box["y"] + box["height"] * (high - truth) / (high - low))
        if step == 0:
            lab.page.mouse.down()
    lab.page.mouse.up()
    lab.button("Reveal").click()
    text = verdict(lab)
    assert text.startswith("Nearly exact.")
    assert int(re.search(r"(\d+) % of the way", text)[1]) > 95
    wait_until(lambda: all(line[0][-1] > 9.95 for line in lab.lines("curve")))
    wait_until(lambda: lab.page.locator(".nl-drawing").count() == 0)
    wait_until(lambda: lab.page.get_by_text("your prediction").is_visible())


def test_a_stroke_may_begin_where_the_visible_curve_ends(lab):
    hide(lab, 4.5, "Vb")
    box, before = lab.page.locator(".nl-drawing .paper").bounding_box(), value(dots(lab).last)
    lab.page.mouse.move(box["x"] - 6, box["y"] + box["height"] / 2)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 4, steps=10)
    lab.page.mouse.up()
    low, high = (float(dots(lab).last.get_attribute(f"aria-value{end}")) for end in ("min", "max"))
    assert value(dots(lab).last) == pytest.approx(high - (high - low) / 4, rel=0.03)
    assert value(dots(lab).last) != before


def test_all_of_it_by_keyboard(lab):
    hide_button = lab.button("Hide and draw")
    hide_button.focus()
    lab.page.keyboard.press("Enter")
    dots(lab).first.wait_for()
    wait_until(lambda: lab.page.evaluate("document.activeElement.getAttribute('role')") == "slider")
    before = value(dots(lab).first)
    for key in ("ArrowUp", "PageUp", "ArrowRight", "ArrowDown"):
        lab.page.keyboard.press(key)
    low, high = (float(dots(lab).first.get_attribute(f"aria-value{end}")) for end in ("min", "max"))
    step = (high - low) / 40
    wait_until(lambda: value(dots(lab).first) == pytest.approx(before + 6 * step, rel=0.02))
    wait_until(lambda: value(dots(lab).nth(1)) == pytest.approx(before - step, abs=0.02))
    wait_until(lambda: dots(lab).nth(1).get_attribute("aria-label").startswith("Va at "))
    wait_until(lambda: dots(lab).nth(1).get_attribute("aria-valuetext").endswith(" mV"))
    lab.page.keyboard.press("Enter")
    wait_until(lambda: lab.page.evaluate("document.activeElement.textContent") == "Reveal")
    lab.page.keyboard.press("Enter")
    assert "off (RMS)" in verdict(lab)


def test_closing_the_part_gives_the_traces_back(lab):
    hide(lab, 3.5)
    lab.close(TITLE)
    wait_until(lambda: all(line[0][-1] > 9.95 for line in lab.lines("curve")))
    wait_until(lambda: lab.page.locator(".nl-drawing").count() == 0)


def test_a_finger_draws_and_does_not_scroll(phone_page):
    phone = FoldedLab(phone_page)
    phone.open(TITLE)
    hide(phone, 3.5)
    box = phone.page.locator(".nl-drawing .paper").bounding_box()
    before, scrolled = value(dots(phone).nth(4)), phone.page.evaluate("scrollY")
    finger, path = Finger(phone.page), np.linspace(0.1, 0.9, 20)
    finger.down(box["x"] + 2, box["y"] + 0.8 * box["height"])
    for part in path:
        finger.move(box["x"] + part * box["width"], box["y"] + (0.9 - 0.8 * part) * box["height"])
    finger.up()
    wait_until(lambda: value(dots(phone).nth(4)) != before)
    assert phone.page.evaluate("scrollY") == scrolled
    assert phone.has_no_sideways_scroll()
    words = phone.page.locator(".nl-drawing .words").bounding_box()
    threshold = phone.page.locator(".nl-figure text", has_text="Vt threshold").bounding_box()
    assert words["x"] + words["width"] < threshold["x"]
    phone.button("Reveal").click()
    assert "off (RMS)" in verdict(phone)
