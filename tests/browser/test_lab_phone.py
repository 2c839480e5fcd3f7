"""The lab's page on a phone: width, what stays in view, and fingers."""

import pytest

from neurolab.experiment.edits import set_spikes
from neurolab.experiment.presets import TUTORIAL

from .conftest import PHONE
from .folds import open_all_folds
from .touch import Finger
from .waiting import wait_for_change, wait_for_lab, wait_until

pytest_plugins = "tests.browser.lab_page"

WIDTH, HEIGHT = PHONE["viewport"]["width"], PHONE["viewport"]["height"]
PANELS = ("nl-parameters", "nl-connections", "nl-spikes", "nl-model", "nl-run")
# Controls less than 40 px high, with their names; of a slider, the part that takes touches.
SMALL_CONTROLS = """() => [...document.querySelectorAll(
    ".neurolab-lab :is(button, input, select, textarea, .noUi-handle)")].filter((e) => e.offsetParent).map((e) => {
  const area = e.querySelector(".noUi-touch-area") ?? e;
  const height = Math.max(e.getBoundingClientRect().height, area.getBoundingClientRect().height);
  return [e.title || e.getAttribute("aria-label") || e.textContent || e.labels?.[0]?.textContent || e.tagName, height];
}).filter(([, height]) => height < 39.5)"""
# What of the lab reaches beyond the window, other than within a part that scrolls by itself.
TOO_WIDE = """() => [...document.querySelectorAll(".neurolab-lab *")].filter((e) => {
  const { right, width } = e.getBoundingClientRect();
  return width > 0 && right > innerWidth + 1 && !e.closest(".nl-matrix-box, .nl-mathematics, svg, .noUi-target");
}).map((e) => `${e.tagName}.${e.className}`)"""

# What is over the middle of each control that is brought into view, where it is not the control: of how many, which.
COVERED = """() => {
  const controls = [...document.querySelectorAll(".neurolab-lab :is(input, button, select, textarea):enabled")].filter(
    (e) => e.offsetParent && !e.closest(".nl-traces"));
  return [controls.length, controls.filter((e) => {
    e.focus();
    e.scrollIntoView({ block: "nearest" });
    const { left, top, width, height } = e.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2)?.closest(".nl-traces");
  }).map((e) => e.title || e.getAttribute("aria-label") || e.textContent)];
}"""
COVERED_FOCUS = """() => {
  const e = document.activeElement, { left, top, width, height } = e.getBoundingClientRect();
  return document.elementFromPoint(left + width / 2, top + height / 2)?.closest(".nl-traces") && !e.closest(".nl-traces")
    ? e.title || e.getAttribute("aria-label") || e.textContent : "";
}"""


def fits(phone):
    return phone.page.evaluate(
        "document.scrollingElement.scrollWidth <= innerWidth"
    ) and not phone.page.evaluate(TOO_WIDE)


def set_size_by_typing(phone, group, size):
    phone.labelled(f"{group}: size").fill(str(size))
    phone.labelled(f"{group}: size").blur()


def bring_into_middle(phone, selector):
    """Scroll a control into the middle of the window; return where its middle is."""
    phone.page.locator(selector).first.evaluate("(e) => e.scrollIntoView({ block: 'center' })")
    box = phone.page.locator(selector).first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_phone_s_page_does_not_scroll_sideways(phone):
    wait_until(lambda: phone.page.evaluate("innerWidth") == WIDTH)
    assert fits(phone)


def test_with_a_message_in_every_panel_it_does_not_scroll_sideways(phone):
    wrong = [
        (phone.number("tau_a"), "0"),
        (phone.cell("C1", 0), "abc"),
        (phone.spike_lists.first, "1,,4"),
        (phone.equations, "dVa/dt = -Va/tau_a : volt\n" + "a_name_that_does_not_end" * 8),
        (phone.number("dt"), "1e9"),
    ]
    for control, text in wrong:
        control.fill(text)
        control.blur()
        wait_until(lambda control=control: phone.message_beside(control))
    assert len(phone.messages()) == len(wrong)
    assert fits(phone)


def test_with_five_inputs_and_five_targets_it_does_not_scroll_sideways(phone):
    set_size_by_typing(phone, "inputs", 5)
    set_size_by_typing(phone, "target", 5)
    phone.cell("C2", 4, 4).wait_for(state="attached")
    wait_until(lambda: len(phone.legend()) == 10)
    assert fits(phone)
    assert phone.page.locator(".nl-traces").bounding_box()["height"] < HEIGHT / 2
    phone.cell("C2", 4, 4).fill("5")
    phone.page.keyboard.press("Enter")
    wait_until(lambda: phone.cell("C2", 4, 4).input_value() == "+5")
    assert phone.cell("C2", 4, 4).bounding_box()["x"] + 40 < WIDTH


def test_lines_of_the_equations_that_are_broken_are_all_in_sight(phone):
    assert phone.equations.evaluate("(e) => e.scrollHeight - e.clientHeight") <= 0


@pytest.mark.parametrize("panel", PANELS)
def test_the_traces_stay_in_view_while_a_panel_is_used(phone, panel):
    controls = phone.page.locator(f".{panel} :is(input, textarea, select, .noUi-handle):visible")
    for control in (controls.first, controls.last):
        control.evaluate("(e) => e.scrollIntoView({ block: 'center' })")
        box = phone.page.locator(".nl-traces").bounding_box()
        assert box["y"] >= -1
        assert box["y"] + box["height"] < 0.6 * HEIGHT
        x, y = control.bounding_box()["x"], control.bounding_box()["y"]
        assert y > box["y"] + box["height"], "the control is behind the traces"


@pytest.mark.parametrize("viewport", [(320, 256), (667, 375), (390, 844)])
def test_no_control_is_behind_the_traces_where_it_has_the_focus(phone, viewport):
    try:
        phone.page.set_viewport_size(dict(zip(("width", "height"), viewport)))
        number, covered = phone.page.evaluate(COVERED)
        assert number > 30
        assert covered == []
    finally:
        phone.page.set_viewport_size(PHONE["viewport"])


def test_going_back_by_tab_brings_each_control_out_from_under_the_traces(phone):
    phone.number("dt").focus()
    covered = []
    for _ in range(30):
        phone.page.keyboard.press("Shift+Tab")
        covered.append(phone.page.evaluate(COVERED_FOCUS))
    assert "".join(covered) == ""


def test_traces_of_three_units_leave_the_phone_to_the_controls(phone):
    phone.equations.fill("dVa/dt = -Va/tau_a : volt\ndx/dt = -x/tau_a : 1\ndi/dt = -i/tau_a : amp")
    phone.equations.blur()
    wait_until(lambda: phone.page.locator(".nl-traces-figure").count() == 3)
    assert phone.page.evaluate(COVERED)[1] == []


def test_with_all_that_folds_away_open_it_does_not_scroll_sideways_either(open_page):
    page = wait_for_lab(open_page(PHONE))
    open_all_folds(page)
    wait_until(lambda: page.evaluate("innerWidth") == WIDTH)
    wait_until(lambda: page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"))


def test_every_control_is_high_enough_for_a_thumb(phone):
    spike = phone.spike("inputs 0", 1)
    phone.page.mouse.click(spike["x"], spike["y"])
    phone.remove_button.wait_for()
    wait_until(lambda: phone.page.evaluate(SMALL_CONTROLS) == [])


def test_a_finger_drags_a_slider_and_the_trace_follows(phone):
    x, y = bring_into_middle(phone, ".noUi-handle[aria-label^='tau_a ']")
    finger, path = Finger(phone.page), phone.paths()[0]
    finger.down(x, y)
    finger.move(x + 8, y)  # within what the browser takes for a trembling finger
    for move in range(2, 5):
        finger.move(x + 10 * move, y)
        path = wait_for_change(lambda: phone.paths()[0], path)
    finger.up()
    assert phone.wait_for_slider("tau_a") > 1.2


def test_a_finger_drags_a_spike(phone):
    bring_into_middle(phone, ".nl-raster-picture")
    spike, later = phone.spike("inputs 0", 4), phone.spike("inputs 0", 1)
    finger, millisecond = Finger(phone.page), (spike["x"] - later["x"]) / 3
    finger.down(spike["x"], spike["y"])
    for move in range(1, 11):
        finger.move(spike["x"] + 0.2 * move * millisecond, spike["y"])
    finger.up()
    # The browser rounds a finger's place to whole pixels.
    wait_until(lambda: phone.raster_times("inputs 0")[-1] == pytest.approx(6, abs=0.11))
    times = phone.raster_times("inputs 0")
    phone.wait_for_spikes(0, times)
    phone.wait_for_traces_of(set_spikes(TUTORIAL, "inputs", 0, times))


def test_a_tap_adds_a_spike_and_the_button_removes_it(phone):
    bring_into_middle(phone, ".nl-raster-picture")
    first, second = phone.spike("inputs 0", 1), phone.spike("inputs 0", 4)
    finger = Finger(phone.page)
    finger.tap(2 * second["x"] - first["x"], second["y"])
    phone.wait_for_spikes(0, [1, 4, 7])
    box = phone.remove_button.bounding_box()
    finger.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    phone.wait_for_spikes(0, [1, 4])


def test_a_tap_chooses_a_spike_that_the_button_then_removes(phone):
    bring_into_middle(phone, ".nl-raster-picture")
    spike = phone.spike("inputs 1", 3)
    Finger(phone.page).tap(spike["x"] + 6, spike["y"])
    phone.remove_button.tap()
    phone.wait_for_spikes(1, [2])


def test_spikes_stand_below_their_jumps_in_the_traces(phone):
    curve, baseline = phone.pixels()[0], phone.pixels()[0][0, 1]
    jump = curve[(abs(curve[:, 1] - baseline) > 5).argmax(), 0]
    assert phone.spike("inputs 0", 1)["x"] == pytest.approx(jump, abs=1)
