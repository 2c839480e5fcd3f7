"""Step by step on the lab's page: the time cursor, the cause of each jump, and the table of all events."""

import csv
import time

import numpy as np
import pytest

from neurolab.lab.edits import set_parameter
from neurolab.lab.ledger import ledger
from neurolab.lab.presets import TUTORIAL
from neurolab.lab.simulate import simulate

from .conftest import WIDE
from .test_lab_phone import SMALL_CONTROLS, fits
from .touch import Finger
from .waiting import wait_for_lab, wait_until

pytest_plugins = "tests.browser.lab_page"

# What is lit up in raster, matrices and traces: pixels of the window, and names of the cells.
READ_LIT = """() => {
  const middle = (node) => { const { left, width, top, height } = node.getBoundingClientRect();
                             return [left + width / 2, top + height / 2]; };
  const bracket = [...document.querySelectorAll(".nl-figure g.curve path.line")].find(
    (path) => path.style.stroke.includes("--nl-lit") && path.getBoundingClientRect().height > 0
              && getComputedStyle(path.closest(".curve").parentNode).display !== "none"
              && path.closest(".curve").style.display !== "none");
  const box = bracket?.getBoundingClientRect();
  return { spikes: [...document.querySelectorAll(".nl-raster-picture .lit")].map(middle),
           cells: [...document.querySelectorAll(".nl-matrix td.lit input")].map((cell) => cell.getAttribute("aria-label")),
           jump: box ? [box.right, box.top, box.bottom] : null };
}"""
# Where the line of the cursor is in each picture, in pixels of the window; a picture without a line gives nothing.
READ_LINES = """() => [...document.querySelectorAll(".nl-figure, .nl-raster-view")].map((node) => {
  const style = getComputedStyle(node, "::after"), { left } = node.getBoundingClientRect();
  return style.content === "none" ? null : left + parseFloat(style.left) + parseFloat(style.width) / 2;
}).filter((x) => x !== null)"""
SENTENCES = [event.sentence for event in ledger(simulate(TUTORIAL)).events]


class Stepper:
    """The parts of a lab's page that step through the run."""

    def __init__(self, lab):
        self.lab, self.page = lab, lab.page
        self.track = self.page.get_by_role("slider", name="time cursor")
        self.next, self.previous = (self.page.get_by_role("button", name=f"{name} event") for name in ("next", "previous"))
        self.play = self.page.locator(".nl-step-play")
        self.stops = self.page.get_by_label("stop at events")

    def said(self):
        """What is said of an event, in its parts."""
        parts = (self.page.locator(f".nl-step-{name}") for name in ("when", "cause", "numbers", "verdict"))
        return [part.text_content() for part in parts]

    def sentence(self):
        when, cause, numbers, verdict = self.said()
        return f"{when}: {cause}: {numbers}" + (f". {verdict}" if verdict else "")

    def between(self):
        return self.page.locator(".nl-step-between").text_content()

    def time(self):
        return float(self.track.get_attribute("aria-valuenow"))

    def is_shown(self):
        return len(self.page.evaluate(READ_LINES)) > 0

    def pixel(self, milliseconds):
        (first, first_pixel), *_, (last, last_pixel) = self.lab.axis("x")
        return first_pixel + (milliseconds - first) * (last_pixel - first_pixel) / (last - first)

    def height(self, value):
        (first, first_pixel), *_, (last, last_pixel) = sorted(self.lab.axis("y"))
        return first_pixel + (value - first) * (last_pixel - first_pixel) / (last - first)

    def figure_middle(self):
        box = self.page.locator(".nl-figure").first.bounding_box()
        return box["y"] + box["height"] / 2

    def wait_for(self, sentence):
        wait_until(lambda: self.sentence() == sentence)

    def lit(self):
        return self.page.evaluate(READ_LIT)


def cleared(lab):
    stepper = Stepper(lab)
    if stepper.stops.is_checked():
        stepper.stops.click()
    stepper.track.press("Escape")
    wait_until(lambda: not stepper.is_shown())
    stepper.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    return stepper


@pytest.fixture
def stepper(lab):
    yield cleared(lab)
    cleared(lab)


@pytest.fixture
def thumb(phone):
    """The same on a phone."""
    yield cleared(phone)
    cleared(phone)


def test_before_it_is_used_it_invites_and_shows_no_cursor(stepper):
    assert stepper.between().startswith("Go from event to event")
    assert stepper.said() == ["", "", "", ""]
    assert stepper.track.get_attribute("aria-valuetext") == "not shown; press an arrow key"


def test_next_event_tells_each_event_of_the_run_in_its_turn(stepper):
    for sentence in SENTENCES:
        stepper.next.click()
        stepper.wait_for(sentence)
    stepper.previous.click()
    stepper.wait_for(SENTENCES[-2])


def test_quick_presses_of_next_are_all_counted(stepper):
    for _ in range(6):
        stepper.next.click()
    stepper.wait_for(SENTENCES[5])


def test_at_an_event_spike_entry_and_jump_light_up_together(stepper):
    for _ in range(7):
        stepper.next.click()
    stepper.wait_for(SENTENCES[6])
    wait_until(lambda: stepper.lit()["jump"])
    lit, spike = stepper.lit(), stepper.lab.spike("inputs 0", 4)
    (x, y), = lit["spikes"]
    assert x == pytest.approx(spike["x"], abs=1.5)
    assert y == pytest.approx(spike["y"], abs=4)
    assert lit["cells"] == ["C1: from inputs 0 to target 0, mV"]
    right, top, bottom = lit["jump"]
    before = 6 * np.exp(-3)
    assert right == pytest.approx(stepper.pixel(4.0), abs=3)
    assert (top, bottom) == pytest.approx((stepper.height(before + 6), stepper.height(before)), abs=4)
    stepper.next.click()
    stepper.wait_for(SENTENCES[7])
    wait_until(lambda: stepper.lit()["cells"] == ["C2: from inputs 0 to target 0, mV"] and not stepper.lit()["jump"])


@pytest.mark.parametrize("fixture", ["stepper", "thumb"])
def test_the_line_stands_at_its_time_in_every_picture(request, fixture):
    stepper = request.getfixturevalue(fixture)
    stepper.next.click()
    stepper.wait_for(SENTENCES[0])
    for key, time_ in (("End", 9.9), ("Home", 0.0), ("Shift+ArrowRight", 1.0)):
        stepper.track.press(key)
        lines = stepper.page.evaluate(READ_LINES)
        assert len(lines) == 2
        assert lines == pytest.approx([stepper.pixel(time_)] * 2, abs=1)


def test_the_cursor_is_dragged_over_the_traces_and_an_event_catches_it(stepper):
    y = stepper.figure_middle()
    stepper.page.mouse.move(stepper.pixel(2.5), y)
    stepper.page.mouse.down()
    wait_until(lambda: stepper.between().startswith("No event"))
    assert stepper.time() == 2.5
    stepper.page.mouse.move(stepper.pixel(4.0) - 2, y, steps=8)
    assert stepper.time() == 4.0  # in the page at once
    stepper.wait_for(SENTENCES[6])
    stepper.page.mouse.move(stepper.pixel(30), y, steps=4)
    stepper.page.mouse.up()
    wait_until(lambda: stepper.time() == 9.9)
    stepper.page.mouse.move(stepper.pixel(5), y)
    assert stepper.time() == 9.9


def test_the_timeline_below_moves_it_too(stepper):
    box = stepper.track.bounding_box()
    stepper.page.mouse.click(stepper.pixel(3.0), box["y"] + box["height"] / 2)
    stepper.wait_for(SENTENCES[5])


def test_dragging_a_spike_in_the_raster_does_not_move_it(stepper):
    spike = stepper.lab.spike("inputs 1", 3)
    stepper.page.mouse.click(spike["x"], spike["y"])
    assert not stepper.is_shown()


def test_keys_move_it_by_steps_and_the_slider_says_what_is_there(stepper):
    stepper.track.focus()
    for key, expected in (("ArrowRight", 0.0), ("ArrowRight", 0.1), ("Shift+ArrowRight", 1.1), ("ArrowLeft", 1.0),
                          ("End", 9.9), ("ArrowRight", 9.9), ("Shift+ArrowLeft", 8.9), ("Home", 0.0), ("ArrowLeft", 0.0)):
        stepper.page.keyboard.press(key)
        assert stepper.time() == expected
    stepper.page.keyboard.press("Shift+ArrowRight")
    wait_until(lambda: "0 mV + 6.00 mV = 6.00 mV" in stepper.track.get_attribute("aria-valuetext"))
    assert stepper.track.get_attribute("aria-valuetext").startswith("t = 1.0 ms, inputs 0 fires → row 0 of C1 → Va[0], ")
    assert (stepper.track.get_attribute("aria-valuemin"), stepper.track.get_attribute("aria-valuemax")) == ("0", "9.9")
    stepper.page.keyboard.press("Escape")
    wait_until(lambda: not stepper.is_shown())


def test_keys_in_quick_succession_are_all_counted(stepper):
    stepper.track.focus()
    for _ in range(41):
        stepper.page.keyboard.press("ArrowRight")
    stepper.wait_for(SENTENCES[6])


def test_an_edit_keeps_the_cursor_and_renews_the_sentence(stepper):
    for _ in range(7):
        stepper.next.click()
    stepper.wait_for(SENTENCES[6])
    stepper.lab.cell("C1", 0).fill("9.5")
    stepper.wait_for("t = 4.0 ms: inputs 0 fires → row 0 of C1 → Va[0]: 0.47 mV + 9.50 mV = 9.97 mV. "
                     "9.97 mV is below Vt = 10 mV: no spike")
    assert stepper.time() == 4.0
    assert stepper.page.evaluate(READ_LINES)[0] == pytest.approx(stepper.pixel(4.0), abs=1)
    stepper.lab.number("tau_a").fill("2")
    stepper.lab.wait_for_traces_of(set_parameter(TUTORIAL.with_connection(
        type(TUTORIAL.connections[0])("C1", "inputs", "target", "Va", ((9.5,), (0.0,)))), "tau_a", 2.0))
    wait_until(lambda: "11.6 mV is above Vt = 10 mV: target 0 fires in the next step" in stepper.said()[3])


def test_playing_goes_through_the_run_and_pausing_holds_it(stepper):
    stepper.page.get_by_label("speed of playing").select_option(label="4×")
    stepper.play.click()
    wait_until(lambda: stepper.time() > 0)
    stepper.wait_for(SENTENCES[0])
    assert stepper.play.get_attribute("aria-label") == "pause"
    wait_until(lambda: stepper.time() > 4.5)
    stepper.play.click()
    held = stepper.time()
    time.sleep(0.3)
    wait_until(lambda: stepper.between())
    assert stepper.time() == held < 9.9
    stepper.play.click()
    wait_until(lambda: stepper.time() == 9.9)
    assert stepper.play.get_attribute("aria-label") == "play"
    stepper.page.get_by_label("speed of playing").select_option(label="1×")


def test_playing_stops_at_events_where_that_is_wanted(stepper):
    stepper.page.get_by_label("speed of playing").select_option(label="4×")
    stepper.stops.click()
    for sentence in SENTENCES[:4]:
        stepper.play.click()
        stepper.wait_for(sentence)
        wait_until(lambda: stepper.play.get_attribute("aria-label") == "play")
    stepper.page.get_by_label("speed of playing").select_option(label="1×")


def test_a_press_on_the_traces_or_on_next_ends_the_playing(stepper):
    for interrupt in (lambda: stepper.page.mouse.click(stepper.pixel(6.0), stepper.figure_middle()), stepper.next.click):
        stepper.play.click()
        wait_until(lambda: stepper.play.get_attribute("aria-label") == "pause")
        interrupt()
        wait_until(lambda: stepper.play.get_attribute("aria-label") == "play")


def test_the_table_marks_the_present_event_goes_to_others_and_sorts(stepper):
    stepper.next.click()
    heading = stepper.page.locator(".nl-events .nl-fold-heading button")
    heading.click()
    rows = stepper.page.locator(".nl-events-box tbody tr")
    rows.nth(7).wait_for()
    assert rows.count() == 8
    current = stepper.page.locator(".nl-events-box tr[aria-current=step]")
    wait_until(lambda: current.count() == 1 and current.first.inner_text().split("\t")[:2] == ["1.0", "inputs 0 over C1"])
    stepper.page.get_by_role("button", name=SENTENCES[5]).click()
    stepper.wait_for(SENTENCES[5])
    wait_until(lambda: current.first.inner_text().split("\t")[-1] == "5.71 mV")
    stepper.page.locator(".nl-events-box th button", has_text="after").click()
    head = stepper.page.locator(".nl-events-box th", has_text="after")
    wait_until(lambda: head.get_attribute("aria-sort") == "ascending")
    wait_until(lambda: [row.split("\t")[-1] for row in rows.all_inner_texts()][:3] == ["3.00 mV", "5.71 mV", "6.00 mV"])
    stepper.page.locator(".nl-events-box th button", has_text="t (ms)").click()
    with stepper.page.expect_download() as download:
        stepper.page.locator(".nl-events").get_by_role("button", name="CSV").click()
    lines = list(csv.DictReader(download.value.path().open()))
    assert [line["sentence"] for line in lines] == SENTENCES
    heading.click()


def test_on_a_phone_a_finger_drags_the_cursor_on_the_timeline(thumb):
    thumb.track.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    box, finger = thumb.track.bounding_box(), Finger(thumb.page)
    y = box["y"] + box["height"] / 2
    finger.down(thumb.pixel(1.5), y)
    for time_ in np.linspace(1.5, 4.0, 12):
        finger.move(thumb.pixel(time_), y)
    finger.up()
    thumb.wait_for(SENTENCES[6])


def test_on_a_phone_a_tap_on_the_traces_sets_the_cursor_and_its_line_can_be_dragged(thumb):
    finger, y = Finger(thumb.page), thumb.figure_middle()
    finger.tap(thumb.pixel(2.0), y)
    thumb.wait_for(SENTENCES[3])
    finger.down(thumb.pixel(2.0) + 5, y)
    for time_ in np.linspace(2.1, 3.0, 8):
        finger.move(thumb.pixel(time_), y)
    finger.up()
    thumb.wait_for(SENTENCES[5])


def test_on_a_phone_it_all_fits_and_every_control_is_high_enough_for_a_thumb(thumb):
    thumb.next.click()
    thumb.wait_for(SENTENCES[0])
    heading = thumb.page.locator(".nl-events .nl-fold-heading button")
    heading.click()
    thumb.page.locator(".nl-events-box tbody tr").nth(7).wait_for()
    assert fits(thumb.lab)
    assert thumb.page.evaluate(SMALL_CONTROLS) == []
    assert thumb.track.bounding_box()["height"] >= 44
    box = thumb.page.locator(".nl-events-box")
    assert box.evaluate("(node) => node.scrollWidth <= node.clientWidth")
    heading.click()


def test_on_a_phone_traces_raster_and_sentence_are_in_view_together(thumb):
    thumb.next.click()
    thumb.wait_for(SENTENCES[0])
    thumb.page.locator(".nl-narration").evaluate("(node) => node.scrollIntoView({ block: 'end' })")
    traces = thumb.page.locator(".nl-traces").bounding_box()
    for part in (".nl-raster-picture", ".nl-step-numbers", ".nl-step-verdict"):
        assert thumb.page.locator(part).bounding_box()["y"] >= traces["y"] + traces["height"] - 1


def test_a_drag_asks_the_kernel_at_most_twenty_times_a_second(browser, server):
    context = browser.new_context(**WIDE)
    page, sent = context.new_page(), []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(time.monotonic())))
    page.goto(server.url)
    wait_for_lab(page)
    track = page.get_by_role("slider", name="time cursor")
    track.wait_for()
    box = track.bounding_box()
    page.mouse.move(box["x"], box["y"] + 10)
    page.mouse.down()
    sent.clear()
    began = time.monotonic()
    for step in range(150):
        page.mouse.move(box["x"] + box["width"] * step / 150, box["y"] + 10)
    page.mouse.up()
    wait_until(lambda: "t = 9.9 ms" in track.get_attribute("aria-valuetext"))
    seconds = time.monotonic() - began
    assert 1 <= len(sent) <= 20 * seconds + 3
    page.goto("about:blank")
    context.close()


def test_where_motion_is_to_be_reduced_playing_goes_from_event_to_event(browser, server):
    context = browser.new_context(**WIDE, reduced_motion="reduce")
    page = context.new_page()
    page.goto(server.url)
    wait_for_lab(page)
    page.locator(".nl-step-play").click()
    page.evaluate("""() => {
      window.times = new Set();
      const track = document.querySelector(".nl-cursor-track");
      const note = () => { window.times.add(track.getAttribute("aria-valuenow")); window.frame = requestAnimationFrame(note); };
      note();
    }""")
    page.get_by_label("speed of playing").select_option(label="4×")
    wait_until(lambda: page.locator(".nl-step-play").get_attribute("aria-label") == "play", seconds=30)
    assert page.evaluate("[...window.times]") == ["0", "1", "2", "3", "4", "9.9"]
    page.goto("about:blank")
    context.close()
