"""Notices on the lab's page: input that is taken, and of which a person should know something."""

from neurolab.experiment.edits import set_spikes
from neurolab.experiment.presets import TUTORIAL

from .waiting import wait_until

pytest_plugins = "tests.browser.lab_page"

LATE = "The spike at 12 ms comes after the end of the run (10 ms)."


def notice_beside(control):
    field = control.locator(
        "xpath=ancestor::div[contains(concat(' ', @class, ' '), ' nl-field ')][1]"
    )
    return " ".join(field.locator("[role=status]").all_inner_texts()).strip()


def description_of(control):
    return control.evaluate(
        "(e) => document.getElementById(e.getAttribute('aria-describedby') ?? '')?.textContent ?? ''"
    )


def test_a_spike_after_the_end_is_taken_and_told_beside_its_list_and_to_a_screen_reader(lab):
    spikes = lab.spike_lists.first
    assert notice_beside(spikes) == description_of(spikes) == ""
    spikes.fill("1, 12")
    wait_until(lambda: notice_beside(spikes) == LATE)
    wait_until(lambda: description_of(spikes).strip() == LATE)
    lab.wait_for_traces_of(set_spikes(TUTORIAL, "inputs", 0, (1.0, 12.0)))
    assert not lab.messages()
    assert not lab.is_stale()
    lab.number("duration").fill("20")
    wait_until(lambda: notice_beside(spikes) == "")
    wait_until(lambda: description_of(spikes) == "")
    spikes.fill("1, x")
    wait_until(lambda: "'x' is not a time" in lab.message_beside(spikes))
    wait_until(lambda: "'x' is not a time" in description_of(spikes))


def test_a_threshold_that_nothing_reaches_is_told(lab):
    threshold = lab.labelled("threshold")
    lab.equations.fill(
        "dVa/dt = -Va/tau_a : volt\ndVb/dt = -Vb/tau_b : volt\ndVc/dt = -Vc/tau_b : volt"
    )
    threshold.fill("Vc > Vt")
    wait_until(lambda: "So this threshold is never reached." in notice_beside(threshold))
    threshold.fill("Va > Vt")
    wait_until(lambda: notice_beside(threshold) == "")
