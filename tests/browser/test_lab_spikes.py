"""Input spikes on the lab's page: as a list, and in the raster by mouse and by key."""

import pytest

from neurolab.experiment.edits import set_spikes
from neurolab.experiment.presets import TUTORIAL

from .waiting import wait_for_change, wait_until

pytest_plugins = "tests.browser.lab_page"


def with_spikes(neuron, *times):
    return set_spikes(TUTORIAL, "inputs", neuron, [float(time) for time in times])


def pixels_of(lab, milliseconds):
    """How far apart two moments are that lie so far apart."""
    (first, first_pixel), *_, (last, last_pixel) = lab.axis("x")
    return milliseconds * (last_pixel - first_pixel) / (last - first)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("1 ms, 4ms", (1, 4)),
        ("1;6", (1, 6)),
        ("5 2", (2, 5)),
        ("2:8:2", (2, 4, 6, 8)),
        ("", ()),
        ("0, 9.9", (0, 9.9)),
        ("0.003 s", (3,)),
    ],
)
def test_a_list_is_shown_by_raster_and_trace_and_stays_as_it_was_typed(lab, text, times):
    lab.spike_lists.first.fill(text)
    wait_until(lambda: lab.raster_times("inputs 0") == pytest.approx(times))
    lab.wait_for_traces_of(with_spikes(0, *times))
    wait_until(lambda: lab.spike_lists.first.input_value() == text)
    assert not lab.messages()


def test_dragging_a_spike_moves_it_in_list_and_traces_on_the_way(lab):
    spike = lab.spike("inputs 0", 4)
    path = lab.paths()[0]
    lab.page.mouse.move(spike["x"], spike["y"])
    lab.page.mouse.down()
    for milliseconds in (0.5, 1.0, 1.5):
        lab.page.mouse.move(spike["x"] + pixels_of(lab, milliseconds), spike["y"], steps=3)
        path = wait_for_change(lambda before=path: lab.paths()[0], path)
    lab.page.mouse.up()
    lab.wait_for_spikes(0, [1, 5.5])
    lab.wait_for_traces_of(with_spikes(0, 1, 5.5))


def test_a_spike_can_be_dragged_past_another_one(lab):
    spike = lab.spike("inputs 0", 1)
    lab.page.mouse.move(spike["x"], spike["y"])
    lab.page.mouse.down()
    lab.page.mouse.move(spike["x"] + pixels_of(lab, 5), spike["y"], steps=25)
    lab.page.mouse.up()
    lab.wait_for_spikes(0, [4, 6])
    lab.wait_for_traces_of(with_spikes(0, 4, 6))


def test_a_spike_cannot_be_dragged_out_of_the_run(lab):
    spike = lab.spike("inputs 0", 4)
    lab.page.mouse.move(spike["x"], spike["y"])
    lab.page.mouse.down()
    lab.page.mouse.move(spike["x"] + pixels_of(lab, 30), spike["y"], steps=10)
    lab.page.mouse.up()
    lab.wait_for_spikes(0, [1, 9.9])
    assert not lab.messages()


def test_a_click_on_an_empty_place_adds_a_spike(lab):
    spike = lab.spike("inputs 1", 3)
    lab.page.mouse.click(spike["x"] + pixels_of(lab, 4), spike["y"])
    lab.wait_for_spikes(1, [2, 3, 7])
    lab.wait_for_traces_of(with_spikes(1, 2, 3, 7))


def test_the_delete_key_removes_the_chosen_spike(lab):
    spike = lab.spike("inputs 0", 4)
    lab.page.mouse.click(spike["x"], spike["y"])
    lab.page.keyboard.press("Delete")
    lab.wait_for_spikes(0, [1])
    lab.wait_for_traces_of(with_spikes(0, 1))


def test_the_remove_button_removes_the_chosen_spike(lab):
    spike = lab.spike("inputs 1", 2)
    lab.page.mouse.click(spike["x"], spike["y"])
    lab.remove_button.click()
    lab.wait_for_spikes(1, [3])
    wait_until(lambda: not lab.remove_button.is_visible())


def test_a_double_click_on_a_spike_removes_it(lab):
    spike = lab.spike("inputs 1", 2)
    lab.page.mouse.dblclick(spike["x"], spike["y"])
    lab.wait_for_spikes(1, [3])


def test_arrow_keys_move_the_chosen_spike_by_one_time_step(lab):
    lab.page.locator(
        ".nl-raster-picture .spike.editable[aria-label='inputs 0, spike 2 of 2']"
    ).focus()
    lab.page.keyboard.press("ArrowRight")
    lab.wait_for_spikes(0, [1, 4.1])
    lab.page.keyboard.press("Shift+ArrowLeft")
    lab.wait_for_spikes(0, [1, 3.1])
    lab.wait_for_traces_of(with_spikes(0, 1, 3.1))


def test_arrow_keys_in_quick_succession_are_all_counted(lab):
    lab.page.locator(
        ".nl-raster-picture .spike.editable[aria-label='inputs 0, spike 2 of 2']"
    ).focus()
    for _ in range(8):
        lab.page.keyboard.press("ArrowRight")
    lab.wait_for_spikes(0, [1, 4.8])


def test_a_spike_just_added_is_the_one_that_keys_move(lab):
    spike = lab.spike("inputs 1", 3)
    lab.page.mouse.click(spike["x"] + pixels_of(lab, 4), spike["y"])
    lab.wait_for_spikes(1, [2, 3, 7])
    lab.page.keyboard.press("ArrowLeft")
    lab.wait_for_spikes(1, [2, 3, 6.9])
    lab.page.keyboard.press("Delete")
    lab.wait_for_spikes(1, [2, 3])


def test_all_spikes_of_an_input_can_be_removed_and_new_ones_added(lab):
    for left in ([4], []):
        spike = lab.spikes()[0]
        lab.page.mouse.click(spike["x"], spike["y"])
        lab.page.keyboard.press("Delete")
        lab.wait_for_spikes(0, left)
    lab.page.mouse.click(spike["x"], spike["y"])
    lab.wait_for_spikes(0, [4])


def test_after_a_drag_a_wrong_list_is_replaced_by_what_the_raster_shows(lab):
    lab.spike_lists.first.fill("1,,4")
    wait_until(lambda: lab.message_beside(lab.spike_lists.first))
    spike = lab.spike("inputs 0", 4)
    lab.page.mouse.click(spike["x"], spike["y"])
    lab.page.keyboard.press("ArrowRight")
    lab.wait_for_spikes(0, [1, 4.1])
    assert not lab.messages()
