"""Parameters on the lab's page: by slider, by key, by typing."""

import math

import pytest

from neurolab.experiment.edits import set_parameter, set_run
from neurolab.experiment.presets import TUTORIAL

from .waiting import wait_for_change, wait_until

pytest_plugins = "tests.browser.lab_page"


def test_an_arrow_key_on_the_slider_redraws_the_trace_of_the_shown_value(lab):
    before = lab.paths()
    lab.handle("tau_a").focus()
    lab.page.keyboard.press("ArrowRight")
    after = wait_for_change(lab.paths, before)
    assert after[0] != before[0]
    wait_until(lambda: lab.number("tau_a").input_value() != "1")
    value = float(lab.number("tau_a").input_value())
    assert 1 < value < 1.1
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_a", value))


def test_a_key_to_the_left_makes_the_time_constant_shorter(lab):
    lab.handle("tau_a").focus()
    for _ in range(5):
        lab.page.keyboard.press("ArrowLeft")
    wait_until(lambda: lab.number("tau_a").input_value() == "0.794")
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_a", 0.794))


def test_while_the_slider_is_dragged_the_trace_follows_every_move(lab):
    box = lab.handle("tau_a").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    path = lab.paths()[0]
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    for move in range(1, 6):
        lab.page.mouse.move(x + 8 * move, y)
        path = wait_for_change(lambda: lab.paths()[0], path)
    lab.page.mouse.up()
    assert lab.wait_for_slider("tau_a") > 1.5


def test_a_slider_that_is_let_go_stays_where_it_is(lab):
    box = lab.handle("tau_b").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x - 30, y, steps=10)
    lab.page.mouse.up()
    wait_until(lambda: lab.number("tau_b").input_value() != "10")
    lab.wait_for_slider("tau_b")
    assert lab.handle("tau_b").bounding_box()["x"] == pytest.approx(box["x"] - 30, abs=2)


def test_a_typed_value_beyond_the_slider_is_taken_and_the_slider_follows(lab):
    lab.number("tau_b").fill("500")
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_b", 500.0))
    handle = lab.handle("tau_b")
    wait_until(
        lambda: (
            float(handle.get_attribute("aria-valuenow")) == pytest.approx(math.log10(500), abs=0.02)
        )
    )
    wait_until(lambda: float(handle.get_attribute("aria-valuemax")) >= math.log10(500))
    # What the slider may report after it has grown comes before the answer to another edit.
    lab.number("tau_a").fill("2")
    lab.wait_for_traces_of(set_parameter(set_parameter(TUTORIAL, "tau_b", 500.0), "tau_a", 2.0))
    wait_until(lambda: lab.number("tau_b").input_value() == "500")
    assert not lab.messages()


@pytest.mark.parametrize("text", ["2", "2 ms", "2ms", "0.002 s", "2,0"])
def test_a_typed_value_may_have_a_unit(lab, text):
    lab.number("tau_a").fill(text)
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_a", 2.0))
    assert not lab.messages()


def test_a_threshold_below_the_peak_makes_the_neuron_fire_and_marks_the_spikes(lab):
    lab.number("Vt").fill("5")
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "Vt", 5.0))
    wait_until(lambda: any("output spike" in text for text in lab.legend()))


def test_a_small_move_of_a_slider_leaves_the_axes_as_they_are(lab):
    ticks = lab.axis("y"), lab.axis("x")
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        before = lab.paths()
        lab.handle("tau_a").focus()
        lab.page.keyboard.press(key)
        wait_for_change(lab.paths, before)
        assert (lab.axis("y"), lab.axis("x")) == ticks


def test_a_field_can_be_cleared_and_typed_anew_key_by_key(lab):
    lab.number("tau_a").click()
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.press("Delete")
    wait_until(lambda: lab.message_beside(lab.number("tau_a")))
    wait_until(lambda: lab.number("tau_a").input_value() == "")
    lab.page.keyboard.type("2.5", delay=30)
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_a", 2.5))
    wait_until(lambda: lab.number("tau_a").input_value() == "2.5")
    wait_until(lambda: not lab.messages())


def test_duration_and_time_step_are_those_of_the_traces(lab):
    lab.number("duration").fill("20")
    lab.wait_for_traces_of(set_run(TUTORIAL, duration=20.0))
    lab.number("dt").fill("0.2")
    lab.wait_for_traces_of(set_run(TUTORIAL, duration=20.0, dt=0.2))
    assert lab.axis("x")[-1][0] == 20


def test_a_new_parameter_gets_a_control_and_can_be_used_in_the_equations(lab):
    lab.labelled("new").fill("tau_c = 5 ms")
    lab.button("Add").click()
    lab.number("tau_c").wait_for()
    wait_until(lambda: lab.number("tau_c").input_value() == "5")
    lab.page.get_by_text("tau_c: not used by any equation.").wait_for()
    lab.equations.fill("dVa/dt = -Va/tau_c : volt\ndVb/dt = -Vb/tau_b : volt")
    # Va now decays as it would with tau_a = 5 ms.
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_a", 5.0))
    assert not lab.messages()
    lab.number("tau_c").fill("2")
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_a", 2.0))
