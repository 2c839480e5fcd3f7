"""The raster on the lab's page: who has the keyboard, which spike an edit is of, and how many fingers."""

import pytest

from .test_lab_phone import bring_into_middle
from .test_lab_spikes import pixels_of
from .touch import Finger
from .waiting import wait_until

pytest_plugins = "tests.browser.lab_page"

# A key with another key held, as the page hears it; gives whether the page takes it over.
HELD_WITH = """(node, [key, modifier]) => {
  const event = new KeyboardEvent("keydown", { key, [modifier]: true, bubbles: true, cancelable: true });
  node.dispatchEvent(event);
  return event.defaultPrevented;
}"""
FOCUSED = """() => document.activeElement.getAttribute("aria-label")"""


@pytest.fixture
def kernel(lab, server):
    """The kernel of the lab; it goes on after the test."""
    process = server.kernel_of(lab.page)
    yield process
    process.resume()


def focus_spike(lab, name):
    lab.page.locator(f".nl-raster-picture .spike.editable[aria-label='{name}']").focus()


def hint(lab):
    return lab.page.locator(".nl-raster-foot span").inner_text()


def test_a_spike_just_added_does_not_take_the_keyboard_from_a_list_that_was_entered_meanwhile(
    lab, kernel
):
    spike = lab.spike("inputs 1", 3)
    kernel.suspend()
    lab.page.mouse.click(spike["x"] + pixels_of(lab, 4), spike["y"])
    lab.spike_lists.first.click()
    kernel.resume()
    lab.wait_for_spikes(1, [2, 3, 7])
    assert lab.spike_lists.first.evaluate("(node) => node === document.activeElement")
    lab.page.keyboard.press("End")
    lab.page.keyboard.press("Backspace")
    lab.page.keyboard.press("5")
    wait_until(lambda: lab.raster_times("inputs 0") == [1, 5])
    assert lab.raster_times("inputs 1") == [2, 3, 7]


def test_of_two_spikes_added_before_an_answer_the_second_is_the_one_that_is_chosen(lab, kernel):
    spike = lab.spike("inputs 1", 3)
    kernel.suspend()
    for milliseconds in (5, 6):
        lab.page.mouse.click(spike["x"] + pixels_of(lab, milliseconds), spike["y"])
    kernel.resume()
    lab.wait_for_spikes(1, [2, 3, 8, 9])
    wait_until(lambda: hint(lab) == "inputs 1: 9 ms")
    lab.page.keyboard.press("Delete")
    lab.wait_for_spikes(1, [2, 3, 8])


def test_after_the_delete_key_the_spike_beside_is_chosen_and_the_keys_go_on(lab):
    lab.spike_lists.first.fill("1, 4, 5, 9")
    wait_until(lambda: lab.raster_times("inputs 0") == [1, 4, 5, 9])
    focus_spike(lab, "inputs 0, spike 4 of 4")
    for left in ([1, 4, 5], [1, 4], [1]):
        lab.page.keyboard.press("Delete")
        lab.wait_for_spikes(0, left)
        wait_until(lambda left=left: hint(lab) == f"inputs 0: {left[-1]} ms")
        assert lab.page.evaluate(FOCUSED) == f"inputs 0, spike {len(left)} of {len(left)}"
    lab.page.keyboard.press("ArrowRight")
    lab.wait_for_spikes(0, [1.1])


def test_after_the_last_spike_of_a_row_is_deleted_the_keyboard_stays_in_the_raster(lab):
    focus_spike(lab, "inputs 0, spike 2 of 2")
    for left in ([1], []):
        lab.page.keyboard.press("Delete")
        lab.wait_for_spikes(0, left)
    wait_until(lambda: lab.page.evaluate(FOCUSED) == "raster of spikes")
    lab.page.keyboard.press("Delete")
    lab.page.keyboard.press("Tab")
    wait_until(lambda: lab.page.evaluate(FOCUSED) == "inputs 1, spike 1 of 2")
    assert lab.raster_times("inputs 1") == [2, 3]


@pytest.mark.parametrize("modifier", ["altKey", "ctrlKey", "metaKey"])
def test_arrow_keys_with_another_key_held_are_left_to_the_browser(lab, modifier):
    spike = lab.page.locator(".nl-raster-picture .spike.editable").first
    spike.focus()
    assert not spike.evaluate(HELD_WITH, ["ArrowLeft", modifier])
    assert not lab.cell("C1", 0).evaluate(HELD_WITH, ["ArrowUp", modifier])
    assert spike.evaluate(HELD_WITH, ["ArrowRight", "shiftKey"])
    lab.wait_for_spikes(0, [2, 4])
    assert lab.cell("C1", 0).input_value() == "+6"


def test_keys_that_lead_out_of_the_run_before_an_answer_lead_back_from_its_edge(lab, kernel):
    focus_spike(lab, "inputs 0, spike 1 of 2")
    kernel.suspend()
    for key in (
        "Shift+ArrowLeft",
        "Shift+ArrowLeft",
        "Shift+ArrowLeft",
        "ArrowRight",
        "ArrowRight",
    ):
        lab.page.keyboard.press(key)
    kernel.resume()
    lab.wait_for_spikes(0, [0.2, 4])


def test_a_spike_after_the_end_of_the_run_cannot_be_taken_at_its_edge(lab):
    lab.spike_lists.first.fill("1, 9.9")
    wait_until(lambda: lab.raster_times("inputs 0") == [1, 9.9])
    lab.number("duration").fill("9.8")
    wait_until(lambda: lab.raster_times("inputs 0") == [1])
    spike = lab.spike("inputs 0", 1)
    lab.page.mouse.click(spike["x"] + pixels_of(lab, 8.7), spike["y"])
    wait_until(lambda: lab.raster_times("inputs 0") == [1, 9.7])


def test_two_fingers_that_zoom_the_page_leave_the_spikes_where_they_were(phone):
    bring_into_middle(phone, ".nl-raster-picture")
    held, other = phone.spike("inputs 0", 1), phone.spike("inputs 1", 3)
    finger, millisecond, beside = Finger(phone.page), pixels_of(phone, 1), (other["x"], other["y"])
    finger.down(held["x"], held["y"])
    finger.move(held["x"] + millisecond / 2, held["y"])
    phone.wait_for_spikes(0, [1.5, 4])
    finger.down_too((held["x"] + millisecond / 2, held["y"]), beside)
    finger.move_both((held["x"] + 3 * millisecond, held["y"]), beside)
    finger.up()
    phone.wait_for_spikes(0, [1, 4])
    assert phone.raster_times("inputs 1") == [2, 3]


def test_a_tap_with_two_fingers_adds_no_spike(phone):
    bring_into_middle(phone, ".nl-raster-picture")
    first, second = phone.spike("inputs 0", 1), phone.spike("inputs 1", 3)
    millisecond, finger = pixels_of(phone, 1), Finger(phone.page)
    one, other = (
        (first["x"] + 6 * millisecond, first["y"]),
        (second["x"] + 3 * millisecond, second["y"]),
    )
    finger.down(*one)
    finger.down_too(one, other)
    finger.up()
    finger.tap(
        second["x"] + 5 * millisecond, second["y"]
    )  # what comes later shows that nothing came before
    wait_until(lambda: len(phone.raster_times("inputs 1")) == 3)
    assert phone.raster_times("inputs 0") == [1, 4]
    assert phone.raster_times("inputs 1") == [2, 3, pytest.approx(8, abs=0.11)]
