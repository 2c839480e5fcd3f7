"""The lab's pictures: raster and traces on one time axis, and the values under the pointer."""

import re
from itertools import pairwise

import numpy as np
import pytest

from neurolab.experiment.edits import set_parameter
from neurolab.experiment.presets import TUTORIAL
from neurolab.experiment.simulate import simulate

from .conftest import PHONE
from .touch import Finger
from .waiting import wait_until

pytest_plugins = "tests.browser.lab_page"


def first_jump(curve):
    """Where a curve leaves its starting value, in pixels."""
    return curve[(np.abs(curve[:, 1] - curve[0, 1]) > 5).argmax(), 0]


def x_of(lab, time):
    (first, first_pixel), *_, (last, last_pixel) = lab.axis("x")
    return first_pixel + (time - first) * (last_pixel - first_pixel) / (last - first)


def hover(lab, time):
    """Put the pointer on the figure at a time; return what is read there, by name."""
    box = lab.page.locator(".nl-figure").bounding_box()
    lab.page.mouse.move(x_of(lab, time), box["y"] + box["height"] / 2)
    readout = lab.page.locator(".nl-readout")
    wait_until(lambda: f"t {time:g} ms" in readout.inner_text())
    return {
        name: float(value)
        for name, value in re.findall(r"(\w+) (-?[\d.]+) m[sV]", readout.inner_text())
    }


def test_spikes_stand_below_their_jumps_in_the_traces(lab):
    va, vb = lab.pixels()
    assert lab.spike("inputs 0", 1)["x"] == pytest.approx(first_jump(va), abs=1)
    assert lab.spike("inputs 1", 2)["x"] == pytest.approx(first_jump(vb), abs=1)


def test_every_spike_of_the_raster_stands_at_its_time_on_the_axis_of_the_traces(lab):
    lab.spike_lists.first.fill("0, 2.3, 9.9")
    lab.wait_for_spikes(0, [0, 2.3, 9.9])
    for spike in lab.spikes():
        assert spike["x"] == pytest.approx(x_of(lab, spike["time"]), abs=1)


def test_raster_and_traces_stay_aligned_when_the_window_changes(lab):
    axis = lab.axis("x")
    try:
        lab.page.set_viewport_size({"width": 1020, "height": 700})
        wait_until(lambda: lab.page.locator(".nl-figure").bounding_box()["width"] < 600)
        lab.wait_for_traces_of(TUTORIAL)
        wait_until(lambda: abs(lab.spike("inputs 0", 4)["x"] - x_of(lab, 4)) < 1)
        assert lab.spike("inputs 0", 1)["x"] == pytest.approx(first_jump(lab.pixels()[0]), abs=1)
    finally:
        lab.page.set_viewport_size({"width": 1280, "height": 800})
        wait_until(lambda: lab.axis("x") == axis)


@pytest.mark.parametrize("time", [0.5, 2.5, 4.2])
def test_the_values_under_the_pointer_are_those_of_the_simulation(lab, time):
    result = simulate(TUTORIAL)
    step = round(time / TUTORIAL.dt)
    expected = {
        "t": time,
        **{state: round(result.trace("target", state)[0, step] * 1e3, 2) for state in ("Va", "Vb")},
    }
    assert hover(lab, time) == pytest.approx(expected, abs=0.011)


def test_the_values_under_the_pointer_follow_an_edit(lab):
    hover(lab, 2.5)
    lab.handle("tau_a").focus()
    for _ in range(5):
        lab.page.keyboard.press("ArrowRight")
    wait_until(lambda: lab.number("tau_a").input_value() == "1.26")
    value = simulate(set_parameter(TUTORIAL, "tau_a", 1.26)).trace("target", "Va")[0, 25] * 1e3
    wait_until(lambda: f"Va {value:.2f} mV" in lab.page.locator(".nl-readout").inner_text())


def test_the_values_go_when_the_pointer_leaves(lab):
    hover(lab, 2.5)
    lab.page.mouse.move(2, 2)
    wait_until(lambda: not lab.page.locator(".nl-readout").inner_text())


def test_curves_differ_in_colour_and_in_dash(lab):
    styles = lab.curves.evaluate_all("""(paths) => paths.filter((path) => !/--nl-(quiet|lit)/.test(path.style.stroke))
        .map((path) => getComputedStyle(path)).map((style) => [style.stroke, style.strokeDasharray])""")
    (blue, solid), (green, dashed) = styles
    assert blue != green
    assert solid != dashed


def vertical(paths):
    """Pixels of the vertical parts of each path: their x and both ends."""
    return [
        [
            (round(x), round(y), round(last))
            for (x, y), (next_x, last) in pairwise(curve)
            if x == next_x and abs(last - y) > 5
        ]
        for curve in paths
    ]


def test_jumps_are_vertical_at_the_time_of_their_spike(lab):
    for curve, times in zip(vertical(lab.pixels()), ((1, 4), (2, 3))):
        assert [x for x, *_ in curve] == pytest.approx([x_of(lab, time) for time in times], abs=1)


def test_curves_reach_the_end_of_the_run(lab):
    for curve in lab.pixels():
        assert curve[-1, 0] == pytest.approx(x_of(lab, 10), abs=0.5)


def test_dashes_leave_no_gap_in_a_jump(lab):
    read = """() => [...document.querySelectorAll(".nl-figure .curve")].filter(
        (curve) => !/--nl-(quiet|lit)/.test(curve.querySelector(".line").style.stroke)).map((curve) => {
      const solid = curve.querySelector(".nl-jumps"), line = curve.querySelector(".line");
      return solid && { d: solid.getAttribute("d"), dash: getComputedStyle(solid).strokeDasharray,
        same: getComputedStyle(solid).stroke === getComputedStyle(line).stroke };
    })"""
    wait_until(lambda: lab.page.evaluate(read)[1])
    solid, dashed = lab.page.evaluate(read)
    assert solid is None
    assert dashed["d"].count("V") == len(vertical(lab.pixels())[1]) == 2
    assert (dashed["dash"], dashed["same"]) == ("none", True)
    lab.spike_lists.nth(1).fill("2, 3, 5")
    wait_until(lambda: lab.page.evaluate(read)[1]["d"].count("V") == 3)


def test_a_peak_that_does_not_fire_is_explained_below_the_plots(lab):
    note = lab.page.locator(".nl-missed")
    assert not note.is_visible()
    cell = lab.page.locator(".nl-matrix input").first
    cell.fill("10.4")
    wait_until(lambda: "the threshold is checked once a step" in note.inner_text())
    wait_until(lambda: "no spike" in " ".join(lab.legend()))
    cell.fill("6")
    wait_until(lambda: not note.is_visible())


def test_the_line_under_the_pointer_and_the_time_cursor_do_not_look_alike(lab):
    hover(lab, 6.5)
    lab.page.get_by_role("button", name="Next event").click()
    hover(lab, 6.5)

    def looks():
        return lab.page.evaluate("""() => [getComputedStyle(document.querySelector(".nl-pointer-line")),
        getComputedStyle(document.querySelector(".nl-figure"), "::after")].map(
          (style) => [style.width, style.backgroundColor, style.backgroundImage])""")

    wait_until(lambda: looks()[1][1] == "rgb(176, 20, 140)")
    pointer, cursor = looks()
    assert pointer[0] != cursor[0]
    assert "gradient" in pointer[2]
    lab.page.keyboard.press("Escape")


def test_each_hue_is_that_of_a_variable_in_traces_weights_arrows_and_input_spikes(lab):
    traces, weights, arrows, spikes = lab.page.evaluate("""() => {
      const hue = (name) => [...document.querySelectorAll(name)].map((node) => getComputedStyle(node).stroke);
      const weights = [...document.querySelectorAll(".nl-matrix td.excites")].map((cell) =>
        getComputedStyle(cell).getPropertyValue("--sign").trim());
      const arrows = [...document.querySelectorAll('.arrow[data-sign="excites"]')].map((arrow) =>
        getComputedStyle(arrow).getPropertyValue("--sign").trim());
      return [hue(".nl-figure .curve .line").filter((_, i) => i), weights, arrows, hue(".spike.editable line")];
    }""")
    blue, green = "rgb(31, 111, 180)", "rgb(42, 138, 42)"
    assert {blue, green} <= set(traces)
    assert weights == arrows == ["#1f6fb4", "#2a8a2a"]
    assert spikes == [blue, blue, green, green]


def test_pictures_and_controls_stand_side_by_side_without_sideways_scrolling(lab):
    wait_until(lambda: lab.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"))
    pictures, controls = (
        lab.page.locator(part).bounding_box() for part in (".nl-pictures", ".nl-controls")
    )
    assert pictures["x"] + pictures["width"] <= controls["x"]
    assert pictures["y"] == pytest.approx(controls["y"], abs=2)


def test_the_line_under_a_finger_stays_at_its_time_when_the_phone_is_turned(phone):
    box, finger = phone.page.locator(".nl-figure").bounding_box(), Finger(phone.page)
    for time in (3, 4, 5, 6):  # a finger that stays where it is sets the time cursor
        (finger.down if time == 3 else finger.move)(x_of(phone, time), box["y"] + box["height"] / 2)
    finger.up()
    readout, line = phone.page.locator(".nl-readout"), phone.page.locator(".nl-pointer-line")
    wait_until(lambda: "t 6.0 ms" in readout.inner_text())
    before, turned = (
        x_of(phone, 6),
        {"width": PHONE["viewport"]["height"], "height": PHONE["viewport"]["width"]},
    )
    phone.page.set_viewport_size(turned)
    try:
        wait_until(lambda: x_of(phone, 6) > before + 50)
        wait_until(lambda: x_of(phone, 6) == pytest.approx(line.bounding_box()["x"] + 0.5, abs=2))
        assert "t 6.0 ms" in readout.inner_text()
    finally:
        phone.page.set_viewport_size(PHONE["viewport"])


def test_the_names_of_all_starting_points_fit_their_list(lab):
    too_long = lab.preset.evaluate("""(select) => {
      const style = getComputedStyle(select), pen = document.createElement("canvas").getContext("2d");
      pen.font = style.font;
      const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      return [...select.options].map((option) => option.text).filter((text) => pen.measureText(text).width > room - 16);
    }""")
    assert too_long == []
