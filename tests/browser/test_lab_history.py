"""Undo, redo, reset and starting points on the lab's page."""

import pytest

from neurolab.experiment.edits import set_parameter, set_weight
from neurolab.experiment.presets import PRESETS, TUTORIAL
from tests.experiment.small_presets import SMALL

from .waiting import wait_for_change, wait_until

pytest_plugins = "tests.browser.lab_page"


def set_weight_by_typing(lab, text):
    lab.cell("C1", 0).fill(text)
    lab.page.keyboard.press("Enter")


def test_undo_and_redo_go_through_the_changes_one_by_one(lab):
    changed = set_parameter(TUTORIAL, "tau_a", 2.0)
    lab.number("tau_a").fill("2")
    lab.wait_for_traces_of(changed)
    set_weight_by_typing(lab, "-4")
    both = set_weight(changed, "C1", 0, 0, -4.0)
    lab.wait_for_traces_of(both)
    lab.button("Undo").click()
    lab.wait_for_traces_of(changed)
    wait_until(lambda: lab.cell("C1", 0).input_value() == "+6")
    lab.button("Undo").click()
    lab.wait_for_traces_of(TUTORIAL)
    wait_until(lambda: lab.number("tau_a").input_value() == "1")
    lab.button("Redo").click()
    lab.button("Redo").click()
    lab.wait_for_traces_of(both)
    wait_until(
        lambda: (lab.number("tau_a").input_value(), lab.cell("C1", 0).input_value()) == ("2", "−4")
    )
    wait_until(lambda: lab.button("Redo").is_disabled())


def type_slowly(lab, text):
    """Type characters more than a second apart, as they arrive on a slow line."""
    for character in text:
        lab.page.keyboard.type(character)
        lab.page.wait_for_timeout(1200)


def test_one_undo_takes_back_all_that_was_typed_into_a_field_before_it_was_left(lab):
    field = lab.number("tau_a")
    field.click()
    lab.page.keyboard.press("Control+a")
    type_slowly(lab, "25")
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_a", 25.0))
    lab.button("Undo").click()
    lab.wait_for_traces_of(TUTORIAL)


def test_a_field_that_is_left_and_entered_again_gives_two_steps_of_undo(lab):
    field = lab.number("tau_a")
    for text in ("2", "3"):
        field.click()
        lab.page.keyboard.press("Control+a")
        type_slowly(lab, text)
        lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_a", float(text)))
        lab.number("tau_b").click()
    lab.button("Undo").click()
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_a", 2.0))
    lab.button("Undo").click()
    lab.wait_for_traces_of(TUTORIAL)


def test_undo_and_redo_say_what_they_change_from_what_to_what(lab):
    lab.number("tau_a").fill("2")
    undo, redo = lab.button("Undo"), lab.button("Redo")
    wait_until(lambda: undo.get_attribute("title") == "Undo tau_a: 1 → 2 ms")
    undo.click()
    wait_until(lambda: redo.get_attribute("title") == "Redo tau_a: 1 → 2 ms")


def test_one_undo_takes_back_a_whole_drag_of_a_slider(lab):
    box = lab.handle("tau_a").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    before = lab.paths()
    for move in range(1, 5):
        lab.page.mouse.move(x + 10 * move, y, steps=2)
        before = wait_for_change(lab.paths, before)
    lab.page.mouse.up()
    lab.wait_for_slider("tau_a")
    lab.button("Undo").click()
    lab.wait_for_traces_of(TUTORIAL)
    wait_until(lambda: lab.number("tau_a").input_value() == "1")
    wait_until(lambda: lab.handle("tau_a").bounding_box()["x"] == pytest.approx(box["x"], abs=1))


def test_undo_puts_a_slider_back_and_it_stays_there(lab):
    lab.handle("tau_b").focus()
    lab.page.keyboard.press("End")
    wait_until(lambda: float(lab.number("tau_b").input_value()) >= 100)
    lab.button("Undo").click()
    wait_until(lambda: lab.number("tau_b").input_value() == "10")
    lab.wait_for_traces_of(TUTORIAL)
    wait_until(lambda: lab.button("Redo").is_enabled())
    wait_until(
        lambda: (
            float(lab.handle("tau_b").get_attribute("aria-valuenow"))
            == pytest.approx(1.0, abs=0.01)
        )
    )


def test_undo_clears_what_was_wrong(lab):
    lab.number("tau_a").fill("2")
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_a", 2.0))
    lab.spike_lists.first.fill("abc")
    wait_until(lambda: lab.message_beside(lab.spike_lists.first))
    lab.button("Undo").click()
    lab.wait_for_traces_of(TUTORIAL)
    wait_until(lambda: not lab.messages())
    wait_until(lambda: lab.spike_lists.first.input_value() == "1, 4")


def test_reset_can_be_undone(lab):
    set_weight_by_typing(lab, "9")
    lab.wait_for_traces_of(set_weight(TUTORIAL, "C1", 0, 0, 9.0))
    lab.button("Reset all").click()
    lab.wait_for_traces_of(TUTORIAL)
    wait_until(lambda: lab.button("Reset all").is_disabled())
    lab.button("Undo").click()
    lab.wait_for_traces_of(set_weight(TUTORIAL, "C1", 0, 0, 9.0))
    wait_until(lambda: lab.cell("C1", 0).input_value() == "+9")


@pytest.mark.parametrize("preset", [PRESETS[key] for key in SMALL], ids=SMALL)
def test_each_starting_point_loads_and_says_what_to_try(lab, preset):
    lab.preset.select_option(label=preset.title)
    lab.wait_for_traces_of(preset.experiment)
    states = [
        line.split("/")[0][1:] for line in preset.experiment.group("target").equations.splitlines()
    ]
    wait_until(lambda: [text for text in lab.legend() if "spike" not in text] == states)
    lab.page.get_by_text(preset.task).wait_for()
    inputs = preset.experiment.group("inputs")
    for neuron, times in enumerate(inputs.spikes):
        lab.wait_for_spikes(neuron, times)
    assert not lab.messages()
    assert not lab.is_stale()
    assert lab.no_traceback()


def test_undo_after_a_preset_goes_back_to_the_experiment_before_it(lab):
    lab.number("tau_a").fill("2")
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_a", 2.0))
    lab.preset.select_option(label=PRESETS["coupled"].title)
    lab.wait_for_traces_of(PRESETS["coupled"].experiment)
    lab.button("Undo").click()
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_a", 2.0))
    wait_until(lambda: lab.preset.input_value() == "Tutorial 2a")
    wait_until(lambda: lab.button("Reset all").is_enabled())


def test_reset_goes_back_to_the_chosen_starting_point(lab):
    coupled = PRESETS["coupled"]
    lab.preset.select_option(label=coupled.title)
    lab.wait_for_traces_of(coupled.experiment)
    lab.number("tau_a").fill("3")
    lab.wait_for_traces_of(set_parameter(coupled.experiment, "tau_a", 3.0))
    lab.button("Reset all").click()
    lab.wait_for_traces_of(coupled.experiment)
    wait_until(lambda: lab.preset.input_value() == coupled.title)
