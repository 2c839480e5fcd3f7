"""Wrong input on the lab's page: a message beside the control, the last good run, and no harm."""

import pytest

from neurolab.experiment.edits import set_parameter, set_run
from neurolab.experiment.presets import TUTORIAL

from .waiting import wait_until

pytest_plugins = "tests.browser.lab_page"

STATES = "dVa/dt = -Va/tau_a : volt\ndVb/dt = -Vb/tau_b : volt"
EVIL = "__import__('os')._exit(3)"
CONTROLS = {
    "tau_a": lambda lab: lab.number("tau_a"),
    "Vt": lambda lab: lab.number("Vt"),
    "duration": lambda lab: lab.number("duration"),
    "dt": lambda lab: lab.number("dt"),
    "spikes": lambda lab: lab.spike_lists.first,
    "weight": lambda lab: lab.cell("C1", 0),
    "equations": lambda lab: lab.equations,
    "threshold": lambda lab: lab.labelled("threshold"),
    "reset": lambda lab: lab.labelled("reset"),
    "inputs": lambda lab: lab.labelled("inputs: size"),
    "target": lambda lab: lab.labelled("target: size"),
}
# Control, what is typed, and a word of the message that tells a student what is wrong.
WRONG = [
    ("tau_a", "0", "above 0"),
    ("tau_a", "-1", "above 0"),
    ("tau_a", "", "no number"),
    ("tau_a", "abc", "not a number"),
    ("tau_a", "5 mV", "unit of"),
    ("tau_a", "1e400", "too large"),
    ("Vt", "ten", "not a number"),
    ("spikes", "1,,4", "missing between"),
    ("spikes", "abc", "not a time"),
    ("spikes", "0,5", "can mean 0, 5 or 0.5"),
    ("tau_a", "1,000", "can mean 1 or 1000"),
    ("dt", "0,", "longer than 0"),
    ("spikes", "-1", "before the start"),
    ("spikes", "8:2:1", "goes nowhere"),
    ("spikes", EVIL, "not a time"),
    ("equations", "dVa/dt = -Va/ : volt\ndVb/dt = -Vb/tau_b : volt", ""),
    ("equations", "dVa/dt = -Va : volt\ndVb/dt = -Vb/tau_b : volt", "Va"),
    ("equations", f"dVa/dt = {EVIL} : volt\ndVb/dt = -Vb/tau_b : volt", ""),
    ("equations", "dVa/dt = -Va/tau_z : volt\ndVb/dt = -Vb/tau_b : volt", "tau_z"),
    ("equations", "", ""),
    ("threshold", "Va + Vt", ""),
    ("threshold", "Va > tau_a", ""),
    ("threshold", EVIL, ""),
    ("reset", "Va = ", ""),
    ("weight", "1e400", "too large"),
    ("weight", "abc", "not a number"),
    ("weight", EVIL, "not a number"),
    ("weight", "", "no number"),
    ("dt", "5", "longer than tau_a"),
    ("dt", "20", "longer than"),
    ("dt", "0", "longer than 0"),
    ("duration", "1e9", "time steps"),
    ("duration", "0", "longer than 0"),
    ("inputs", "0", "whole number"),
    ("target", "100000", "whole number"),
]


def typed(lab, control, text):
    control.fill(text)
    sized = control.evaluate("(e) => e.labels[0]?.textContent ?? ''").endswith(": size")
    if sized or control.locator("xpath=ancestor::table").count():
        lab.page.keyboard.press("Enter")


@pytest.mark.parametrize(("name", "text", "words"), WRONG)
def test_wrong_input_is_explained_beside_its_control_and_keeps_the_last_good_run(
    lab, name, text, words
):
    control, paths = CONTROLS[name](lab), lab.paths()
    right = control.input_value()
    typed(lab, control, text)
    wait_until(lambda: lab.message_beside(control))
    message = lab.message_beside(control)
    assert words in message
    assert lab.messages() == [message]
    wait_until(lab.is_stale)
    assert lab.paths() == paths
    wait_until(lambda: control.input_value() == text)
    assert lab.no_traceback()
    typed(lab, control, right)
    wait_until(lambda: not lab.messages() and not lab.is_stale())
    assert lab.paths() == paths
    wait_until(lambda: control.input_value() == right)


def test_of_two_wrong_inputs_each_keeps_its_own_message_until_it_is_mended(lab):
    tau, spikes = lab.number("tau_a"), lab.spike_lists.first
    tau.fill("0")
    wait_until(lambda: lab.message_beside(tau))
    spikes.fill("1,,4")
    wait_until(lambda: lab.message_beside(spikes))
    tau.fill("2")
    wait_until(lambda: not lab.message_beside(tau))
    wait_until(lambda: lab.message_beside(spikes))
    wait_until(lambda: spikes.input_value() == "1,,4")
    assert lab.is_stale()
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_a", 2.0))


def test_two_wrong_inputs_in_quick_succession_are_both_explained(lab):
    tau, spikes = lab.number("tau_a"), lab.spike_lists.first
    tau.fill("0")
    spikes.fill("1,,4")
    wait_until(lambda: lab.message_beside(spikes))
    wait_until(lambda: lab.message_beside(tau))


def test_a_time_step_that_was_too_long_is_taken_once_the_time_constants_are_longer(lab):
    lab.number("dt").fill("2")
    wait_until(lambda: "tau_a" in lab.message_beside(lab.number("dt")))
    lab.number("tau_a").fill("4")
    wait_until(lambda: not lab.messages())
    lab.wait_for_traces_of(set_run(set_parameter(TUTORIAL, "tau_a", 4.0), dt=2.0))


def test_a_control_may_be_changed_while_another_one_is_wrong(lab):
    lab.spike_lists.first.fill("abc")
    wait_until(lambda: lab.message_beside(lab.spike_lists.first))
    lab.handle("tau_b").focus()
    lab.page.keyboard.press("ArrowLeft")
    wait_until(lambda: lab.number("tau_b").input_value() == "9.55")
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_b", 9.55))
    wait_until(lambda: lab.spike_lists.first.input_value() == "abc")
    assert lab.is_stale()


def test_half_typed_text_is_not_complained_about_before_it_is_finished(lab):
    lab.page.evaluate("""() => { window.alerts = 0; new MutationObserver(() => {
        window.alerts += [...document.querySelectorAll("[role=alert]")].filter((e) => e.textContent).length;
    }).observe(document.querySelector(".nl-spikes"), { childList: true, subtree: true }); }""")
    lab.spike_lists.first.click()
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.type("1, 4, 6", delay=30)
    lab.wait_for_spikes(0, [1, 4, 6])
    assert lab.page.evaluate("window.alerts") == 0


def test_reset_clears_every_message_and_brings_back_what_was_shown(lab):
    for name, text in (
        ("tau_a", "0"),
        ("spikes", "1,,4"),
        ("weight", "abc"),
        ("threshold", "Va +"),
    ):
        control = CONTROLS[name](lab)
        typed(lab, control, text)
        wait_until(lambda control=control: lab.message_beside(control))
    lab.button("Reset all").click()
    wait_until(lambda: not lab.messages())
    assert [
        CONTROLS[name](lab).input_value() for name in ("tau_a", "spikes", "weight", "threshold")
    ] == ["1", "1, 4", "+6", "Va > Vt"]
