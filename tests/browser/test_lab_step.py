"""Step by step on the lab's page: the time cursor, the cause of each jump, and the table of all events."""

import csv

import numpy as np
import pytest

from neurolab.experiment.edits import set_parameter, set_weight
from neurolab.experiment.presets import TUTORIAL

from .test_lab_phone import SMALL_CONTROLS, fits
from .touch import Finger
from .waiting import wait_until

pytest_plugins = ("tests.browser.lab_page", "tests.browser.stepper")


def test_before_it_is_used_it_invites_and_shows_no_cursor(stepper):
    wait_until(lambda: stepper.between().startswith("Go from event to event"))
    wait_until(lambda: stepper.said() == ["", "", "", ""])
    wait_until(
        lambda: stepper.track.get_attribute("aria-valuetext") == "not shown; press an arrow key"
    )


def test_next_event_tells_each_event_of_the_run_in_its_turn(stepper):
    for sentence in stepper.sentences:
        stepper.next.click()
        stepper.wait_for(sentence)
    stepper.previous.click()
    stepper.wait_for(stepper.sentences[-2])


def test_quick_presses_of_next_are_all_counted(stepper):
    for _ in range(6):
        stepper.next.click()
    stepper.wait_for(stepper.sentences[5])


def test_at_an_event_spike_entry_and_jump_light_up_together(stepper):
    for _ in range(7):
        stepper.next.click()
    stepper.wait_for(stepper.sentences[6])
    wait_until(lambda: stepper.lit()["jump"])
    lit, spike = stepper.lit(), stepper.lab.spike("inputs 0", 4)
    ((x, y),) = lit["spikes"]
    assert x == pytest.approx(spike["x"], abs=1.5)
    assert y == pytest.approx(spike["y"], abs=4)
    assert lit["cells"] == ["C1: from inputs 0 to target 0, mV"]
    right, top, bottom = lit["jump"]
    before = 6 * np.exp(-3)
    assert right == pytest.approx(stepper.pixel(4.0), abs=3)
    assert (top, bottom) == pytest.approx(
        (stepper.height(before + 6), stepper.height(before)), abs=4
    )
    stepper.next.click()
    stepper.wait_for(stepper.sentences[7])
    wait_until(
        lambda: (
            stepper.lit()["cells"] == ["C2: from inputs 0 to target 0, mV"]
            and not stepper.lit()["jump"]
        )
    )


@pytest.mark.parametrize("fixture", ["stepper", "thumb"])
def test_the_line_stands_at_its_time_in_every_picture(request, fixture):
    stepper = request.getfixturevalue(fixture)
    stepper.next.click()
    stepper.wait_for(stepper.sentences[0])
    for key, time_ in (("End", 9.9), ("Home", 0.0), ("Shift+ArrowRight", 1.0)):
        stepper.track.press(key)
        lines = stepper.lines()
        assert len(lines) == 2
        assert lines == pytest.approx([stepper.pixel(time_)] * 2, abs=1)


def test_the_cursor_is_dragged_over_the_traces_and_an_event_catches_it(stepper):
    y = stepper.figure_middle()
    stepper.page.mouse.move(stepper.pixel(2.5), y)
    stepper.page.mouse.down()
    wait_until(lambda: stepper.between().startswith("No event"))
    wait_until(lambda: stepper.time() == 2.5)
    stepper.page.mouse.move(stepper.pixel(4.0) - 2, y, steps=8)
    assert stepper.time() == 4.0  # in the page at once
    stepper.wait_for(stepper.sentences[6])
    stepper.page.mouse.move(stepper.pixel(30), y, steps=4)
    stepper.page.mouse.up()
    wait_until(lambda: stepper.time() == 9.9)
    stepper.page.mouse.move(stepper.pixel(5), y)
    wait_until(lambda: stepper.time() == 9.9)


def test_the_timeline_below_moves_it_too(stepper):
    box = stepper.track.bounding_box()
    stepper.page.mouse.click(stepper.pixel(3.0), box["y"] + box["height"] / 2)
    stepper.wait_for(stepper.sentences[5])


def test_dragging_a_spike_in_the_raster_does_not_move_it(stepper):
    spike = stepper.lab.spike("inputs 1", 3)
    stepper.page.mouse.click(spike["x"], spike["y"])
    assert not stepper.is_shown()


def test_keys_move_it_by_steps_and_the_slider_says_what_is_there(stepper):
    stepper.track.focus()
    for key, expected in (
        ("ArrowRight", 0.0),
        ("ArrowRight", 0.1),
        ("Shift+ArrowRight", 1.1),
        ("ArrowLeft", 1.0),
        ("End", 9.9),
        ("ArrowRight", 9.9),
        ("Shift+ArrowLeft", 8.9),
        ("Home", 0.0),
        ("ArrowLeft", 0.0),
    ):
        stepper.page.keyboard.press(key)
        wait_until(lambda expected=expected: stepper.time() == expected)
    stepper.page.keyboard.press("Shift+ArrowRight")
    # The page names the time at once and the event when the lab has answered, so the two may take turns for a while.
    beginning = "t = 1.0 ms, inputs 0 fires → row 0 of C1 → Va[0], 0 mV + 6.00 mV = 6.00 mV"
    wait_until(lambda: stepper.track.get_attribute("aria-valuetext").startswith(beginning))
    assert (
        stepper.track.get_attribute("aria-valuemin"),
        stepper.track.get_attribute("aria-valuemax"),
    ) == ("0", "9.9")
    stepper.page.keyboard.press("Escape")
    wait_until(lambda: not stepper.is_shown())


def test_keys_in_quick_succession_are_all_counted(stepper):
    stepper.track.focus()
    for _ in range(41):
        stepper.page.keyboard.press("ArrowRight")
    stepper.wait_for(stepper.sentences[6])


def test_an_edit_keeps_the_cursor_and_renews_the_sentence(stepper):
    for _ in range(7):
        stepper.next.click()
    stepper.wait_for(stepper.sentences[6])
    stepper.lab.cell("C1", 0).fill("9.5")
    stepper.wait_for(
        "t = 4.0 ms: inputs 0 fires → row 0 of C1 → Va[0]: 0.47 mV + 9.50 mV = 9.97 mV. "
        "9.97 mV is below Vt = 10 mV, so no spike"
    )
    wait_until(lambda: stepper.time() == 4.0)
    assert stepper.lines()[0] == pytest.approx(stepper.pixel(4.0), abs=1)
    stepper.lab.number("tau_a").fill("2")
    stepper.lab.wait_for_traces_of(
        set_parameter(set_weight(TUTORIAL, "C1", 0, 0, 9.5), "tau_a", 2.0)
    )
    wait_until(
        lambda: "11.6 mV is above Vt = 10 mV: target 0 fires in the next step" in stepper.said()[3]
    )


def test_the_table_marks_the_present_event_goes_to_others_and_sorts(stepper):
    stepper.next.click()
    heading = stepper.page.locator(".nl-events .nl-fold-heading button")
    heading.click()
    rows = stepper.page.locator(".nl-events-box tbody tr")
    rows.nth(7).wait_for()
    wait_until(lambda: rows.count() == 8)
    current = stepper.page.locator(".nl-events-box tr[aria-current=step]")
    wait_until(
        lambda: (
            current.count() == 1
            and current.first.inner_text().split("\t")[:2] == ["1.0", "inputs 0 over C1"]
        )
    )
    stepper.page.get_by_role("button", name=stepper.sentences[5]).click()
    stepper.wait_for(stepper.sentences[5])
    wait_until(lambda: current.first.inner_text().split("\t")[-1] == "5.71 mV")
    stepper.page.locator(".nl-events-box th button", has_text="after").click()
    head = stepper.page.locator(".nl-events-box th", has_text="after")
    wait_until(lambda: head.get_attribute("aria-sort") == "ascending")
    wait_until(
        lambda: (
            [row.split("\t")[-1] for row in rows.all_inner_texts()][:3]
            == ["3.00 mV", "5.71 mV", "6.00 mV"]
        )
    )
    stepper.page.locator(".nl-events-box th button", has_text="t (ms)").click()
    with stepper.page.expect_download() as download:
        stepper.page.locator(".nl-events").get_by_role("button", name="CSV").click()
    lines = list(csv.DictReader(download.value.path().open()))
    assert [line["sentence"] for line in lines] == stepper.sentences
    heading.click()


def test_on_a_phone_a_finger_drags_the_cursor_on_the_timeline(thumb):
    thumb.track.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    box, finger = thumb.track.bounding_box(), Finger(thumb.page)
    y = box["y"] + box["height"] / 2
    finger.down(thumb.pixel(1.5), y)
    for time_ in np.linspace(1.5, 4.0, 12):
        finger.move(thumb.pixel(time_), y)
    finger.up()
    thumb.wait_for(thumb.sentences[6])


def test_on_a_phone_a_tap_on_the_traces_sets_the_cursor_and_its_line_can_be_dragged(thumb):
    finger, y = Finger(thumb.page), thumb.figure_middle()
    finger.tap(thumb.pixel(2.0), y)
    thumb.wait_for(thumb.sentences[3])
    finger.down(thumb.pixel(2.0) + 5, y)
    for time_ in np.linspace(2.1, 3.0, 8):
        finger.move(thumb.pixel(time_), y)
    finger.up()
    thumb.wait_for(thumb.sentences[5])


def test_on_a_phone_it_all_fits_and_every_control_is_high_enough_for_a_thumb(thumb):
    thumb.next.click()
    thumb.wait_for(thumb.sentences[0])
    heading = thumb.page.locator(".nl-events .nl-fold-heading button")
    heading.click()
    thumb.page.locator(".nl-events-box tbody tr").nth(7).wait_for()
    assert fits(thumb.lab)
    wait_until(lambda: thumb.page.evaluate(SMALL_CONTROLS) == [])
    assert thumb.track.bounding_box()["height"] >= 44
    box = thumb.page.locator(".nl-events-box")
    wait_until(lambda: box.evaluate("(node) => node.scrollWidth <= node.clientWidth"))
    heading.click()


def test_on_a_phone_traces_raster_and_sentence_are_in_view_together(thumb):
    thumb.next.click()
    thumb.wait_for(thumb.sentences[0])
    thumb.page.locator(".nl-narration").evaluate("(node) => node.scrollIntoView({ block: 'end' })")
    traces = thumb.page.locator(".nl-traces").bounding_box()
    for part in (".nl-raster-picture", ".nl-step-numbers", ".nl-step-verdict"):
        assert thumb.page.locator(part).bounding_box()["y"] >= traces["y"] + traces["height"] - 1


@pytest.mark.parametrize(("turn", "sentence"), [("next", 6), ("previous", 5)])
def test_next_and_previous_start_from_where_the_cursor_was_just_put(
    stepper, server, turn, sentence
):
    stepper.next.click()
    stepper.wait_for(stepper.sentences[0])
    kernel, y = server.kernel_of(stepper.page), stepper.figure_middle()
    kernel.suspend()
    try:
        stepper.page.mouse.move(stepper.pixel(1.5), y)
        stepper.page.mouse.down()
        stepper.page.mouse.move(stepper.pixel(3.4), y, steps=4)
        stepper.page.mouse.up()
        getattr(stepper, turn).click()
    finally:
        kernel.resume()
    stepper.wait_for(stepper.sentences[sentence])


def test_going_to_an_event_of_a_long_table_leaves_the_keyboard_on_it(stepper):
    stepper.lab.spike_lists.first.fill("0:9.9:0.1")
    heading = stepper.page.locator(".nl-events .nl-fold-heading button")
    heading.click()
    rows = stepper.page.locator(".nl-events-box tbody tr")
    wait_until(lambda: rows.count() == 200)
    place = rows.last.get_attribute("data-place")
    rows.last.locator("button").press("Enter")
    wait_until(lambda: rows.first.get_attribute("data-place") != "0")
    assert stepper.page.evaluate("document.activeElement.closest('tr')?.dataset.place") == place
    heading.click()
