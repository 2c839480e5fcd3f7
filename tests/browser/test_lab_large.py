"""The 4000 neurons of tutorial 2c in the lab: spikes and rates, a long run beside a page that goes on, and a phone."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from neurolab.experiment.edits import set_neurons, set_rule
from neurolab.experiment.presets import BALANCED
from neurolab.experiment.simulate import simulate

from .lab_page import check
from .stepper import Stepper
from .test_lab_pictures import x_of
from .waiting import wait_until

pytest_plugins = "tests.browser.lab_page"

# With a variable beside that nothing hears and that takes long to compute: some seconds for each second of the network.
SLOW = set_neurons(
    BALANCED,
    "neurons",
    equations=BALANCED.group("neurons").equations
    + "\ndx/dt = (sin(exp(cos(tan(exp(sin(tanh(exp(cos(x))))))))) - x)/tau_m : 1",
)

STRIP, FIELD, STOP = ".nl-progress-strip", ".nl-field-view[data-spikes]", ".nl-progress-button"
# How opaque the canvas is at places that are given in pixels of the window.
OPACITY = """(places) => {
  const canvas = document.querySelector(".nl-field-view canvas"), box = canvas.getBoundingClientRect();
  const ratio = canvas.width / box.width, context = canvas.getContext("2d");
  return places.map(([x, y]) => context.getImageData((x - box.left) * ratio, (y - box.top) * ratio, 1, 1).data[3]);
}"""
BAND = """() => {
  const { top, height } = document.querySelector(".nl-field-view .band").getBoundingClientRect();
  return [top, height];
}"""
# Where the spikes are that are lit, in pixels of the window, from top to bottom.
LIT = """() => {
  const path = document.querySelector(".nl-field-view .lit"), { e, f } = path.getScreenCTM();
  return path.getAttribute("d").split("M").slice(1).map((dot) => dot.replace("h0", "").split(" ").map(Number))
    .map(([x, y]) => [x + e, y + f]).sort((one, other) => one[1] - other[1]);
}"""
PLACES = """() => [".nl-figure", ".nl-field-view", ".nl-parameters"].map((name) => {
  const { x, y, width, height } = document.querySelector(name).getBoundingClientRect();
  return [x, y, width, height];
})"""


@cache
def spikes_of(experiment):
    """Neurons and times of the spikes that the simulation gives."""
    return simulate(experiment).spikes("neurons")


def spike_count(experiment):
    return len(spikes_of(experiment)[0])


def open_balanced(lab, experiment=BALANCED):
    lab.preset.select_option(label="Balanced network")
    wait_for_spikes_of(lab, experiment)


def wait_for_spikes_of(lab, experiment):
    count = str(spike_count(experiment))
    wait_until(lambda: spikes(lab) == count)
    wait_until(lambda: lab.page.locator(STRIP).is_hidden())


def spikes(lab):
    view = lab.page.locator(FIELD)
    return view.get_attribute("data-spikes") if view.is_visible() else None


def set_number(lab, name, value):
    lab.number(name).fill(str(value))


@pytest.fixture
def balanced(wide_lab):
    """The lab with the balanced network. Tests that leave it as it is share it, as opening it takes seconds."""
    lab, watch = wide_lab
    if lab.preset.input_value() != "Balanced network" or spikes(lab) != str(spike_count(BALANCED)):
        lab.reset()
        open_balanced(lab)
    lab.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    yield lab
    check(watch)


def open_slow(lab):
    open_balanced(lab)
    lab.equations.fill(SLOW.group("neurons").equations)
    wait_for_spikes_of(lab, SLOW)


def begin_long_run(lab, duration=4000):
    """Some seconds of work; the strip is there."""
    set_number(lab, "duration", duration)
    lab.page.wait_for_selector(STRIP, state="visible")


def test_every_spike_is_a_dot_at_its_time_on_the_axis_of_the_traces(balanced):
    neurons, times = spikes_of(BALANCED)
    balanced.page.locator(FIELD).scroll_into_view_if_needed()
    top, height = balanced.page.evaluate(BAND)
    chosen = np.linspace(0, len(neurons) - 1, 200).astype(int)
    left, right = x_of(balanced, 0), x_of(balanced, 500)
    places = [
        (left + times[i] / 0.5 * (right - left), top + (neurons[i] + 0.5) / 4000 * height)
        for i in chosen
    ]
    opacity = np.array(balanced.page.evaluate(OPACITY, places))
    assert (opacity > 60).mean() > 0.97  # a dot on the border between two pixels is pale in both
    aside = [(x - 4, y) for x, y in places]
    wait_until(lambda: np.mean(np.array(balanced.page.evaluate(OPACITY, aside)) > 60) < 0.4)


def test_the_field_says_how_many_spikes_and_how_often_each_population_fires(balanced):
    neurons, _ = spikes_of(BALANCED)
    said = balanced.page.locator(".nl-field-legend").inner_text()
    assert f"{len(neurons):,} spikes" in said
    assert (
        f"neurons 0–3199 · excite: {(neurons < 3200).sum() / 3200 / 0.5:.3g} Hz on average" in said
    )
    picture = balanced.page.locator(".nl-field-view svg[role=img]")
    wait_until(
        lambda: (
            picture.get_attribute("aria-label")
            == f"neurons: {len(neurons):,} spikes of 4,000 neurons"
        )
    )


def test_the_values_under_the_pointer_name_time_neuron_and_rates(balanced):
    balanced.page.locator(FIELD).scroll_into_view_if_needed()
    top, height = balanced.page.evaluate(BAND)
    balanced.page.mouse.move(x_of(balanced, 250), top + height * 0.5)
    reading = balanced.page.locator(".nl-field-reading")
    wait_until(lambda: "t 25" in reading.inner_text() or "t 24" in reading.inner_text())
    wait_until(lambda: "neurons 20" in reading.inner_text() or "neurons 19" in reading.inner_text())
    wait_until(lambda: reading.inner_text().count("Hz") == 2)


def test_a_weaker_inhibition_gives_the_spikes_that_the_simulation_gives(balanced):
    balanced.page.locator("input[title^='weight'][title$='typed']").nth(1).fill("-6")
    wait_for_spikes_of(balanced, set_rule(BALANCED, "Ci", weight=-6.0))
    balanced.button("Undo").click()
    wait_for_spikes_of(balanced, BALANCED)


def test_other_neurons_traces_can_be_chosen(balanced):
    balanced.labelled("traces of neurons").fill("3, 5")
    wait_until(lambda: balanced.legend()[:2] == ["V[3]", "V[5]"])
    balanced.labelled("traces of neurons").fill("0")
    wait_until(lambda: balanced.legend()[0] == "V[0]")


def test_a_large_connection_is_a_summary_with_controls_and_no_table(balanced):
    panel = balanced.page.locator(".nl-connections")
    wait_until(lambda: panel.locator("table").count() == 0)
    wait_until(lambda: "synapses of 1.62 mV" in panel.inner_text())
    wait_until(lambda: panel.get_by_role("img").count() == 2)
    wait_until(
        lambda: balanced.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_dots_stay_on_the_axis_of_the_traces_at_every_width(balanced, width):
    try:
        balanced.page.set_viewport_size({"width": width, "height": 844})
        wait_until(lambda: balanced.page.locator(".nl-field-view").bounding_box()["width"] < width)
        box = """() => document.querySelector(".nl-field-view .band").getBoundingClientRect()[%s]"""
        wait_until(lambda: abs(balanced.page.evaluate(box % "'left'") - x_of(balanced, 0)) < 1)
        wait_until(lambda: abs(balanced.page.evaluate(box % "'right'") - x_of(balanced, 500)) < 1)
    finally:
        balanced.page.set_viewport_size({"width": 1280, "height": 800})


def test_the_time_cursor_goes_over_the_field_of_spikes_and_is_moved_there(balanced):
    stepper = Stepper(balanced)
    stepper.track.press("Home")
    wait_until(lambda: len(stepper.lines()) == 3)  # V, the conductances, and the field
    field = balanced.page.locator(FIELD)
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    balanced.page.mouse.click(stepper.pixel(200.0), box["y"] + 100)
    wait_until(lambda: abs(stepper.time() - 200) < 5)
    wait_until(
        lambda: max(abs(line - stepper.pixel(stepper.time())) for line in stepper.lines()) < 1
    )
    stepper.track.press("Escape")
    wait_until(lambda: not stepper.is_shown())


def test_the_spikes_of_the_cursors_time_step_are_lit_in_the_field(balanced):
    stepper = Stepper(balanced)
    neurons, times = spikes_of(BALANCED)
    steps = np.rint(times * 1e3 / BALANCED.dt).astype(int)
    step = next(step for step in steps[len(steps) // 2 :] if 1 < (steps == step).sum() < 20)
    balanced.page.mouse.click(stepper.pixel(step * BALANCED.dt), stepper.figure_middle())
    wait_until(stepper.is_shown)
    for _ in range(200):  # a pixel is wider than a step
        there = round(stepper.time() / BALANCED.dt)
        if there == step:
            break
        stepper.track.press("ArrowRight" if there < step else "ArrowLeft")
    top, height = balanced.page.evaluate(BAND)
    expected = sorted(top + (neuron + 0.5) / 4000 * height for neuron in neurons[steps == step])
    wait_until(
        lambda: [y for _, y in balanced.page.evaluate(LIT)] == pytest.approx(expected, abs=1)
    )
    lit = balanced.page.evaluate(LIT)
    assert max(abs(x - stepper.pixel(step * BALANCED.dt)) for x, _ in lit) < 1
    stepper.track.press("Escape")
    wait_until(lambda: not balanced.page.evaluate(LIT))


def test_during_a_long_run_a_bar_moves_and_the_page_goes_on(lab):
    open_slow(lab)
    begin_long_run(lab)
    bar = lab.page.get_by_role("progressbar")
    first = int(bar.get_attribute("aria-valuenow"))
    wait_until(lambda: int(bar.get_attribute("aria-valuenow")) > first)
    # A slider is answered: its text follows, though the run that it begins is not done.
    before = lab.number("tau_m").input_value()
    lab.handle("tau_m").focus()
    lab.page.keyboard.press("ArrowRight")
    wait_until(lambda: lab.number("tau_m").input_value() != before)
    wait_until(lambda: lab.page.locator(STRIP).is_visible())
    assert spikes(lab) == str(spike_count(SLOW))
    # Two steps back is what the pictures still show: nothing has to be run for it.
    lab.button("Undo").click()
    wait_until(lambda: lab.number("tau_m").input_value() == before)
    lab.button("Undo").click()
    wait_until(lambda: lab.number("duration").input_value() == "500")
    wait_until(lambda: lab.page.locator(STRIP).is_hidden())


def test_stop_keeps_the_pictures_says_so_and_the_run_can_be_begun_again(lab):
    open_slow(lab)
    begin_long_run(lab, 1000)
    lab.page.locator(STOP).focus()
    lab.page.keyboard.press("Enter")
    wait_until(lambda: "Stopped" in lab.page.locator(STRIP).inner_text())
    assert lab.is_stale()
    wait_until(lambda: lab.number("duration").input_value() == "1000")
    assert lab.axis("x")[-1][0] == 500
    assert spikes(lab) == str(spike_count(SLOW))
    lab.button("Run").click()
    wait_for_spikes_of(lab, replace(SLOW, duration=1000.0))
    assert not lab.is_stale()


def test_the_bar_moves_nothing_on_the_page(lab):
    open_slow(lab)
    lab.number("duration").focus()  # scrolls there
    before = lab.page.evaluate(PLACES)
    begin_long_run(lab)
    assert lab.page.evaluate(PLACES) == before
    lab.page.locator(STOP).click()


def test_short_runs_show_no_bar(lab):
    lab.page.evaluate("""() => {
        const strip = document.querySelector(".nl-progress-strip");
        window.shown = 0;
        new MutationObserver(() => { window.shown += !strip.hidden; }).observe(strip, { attributes: true });
    }""")
    lab.handle("tau_a").focus()
    for _ in range(5):
        lab.page.keyboard.press("ArrowRight")
    wait_until(lambda: lab.number("tau_a").input_value() == "1.26")
    assert lab.page.evaluate("window.shown") == 0


def test_a_phone_shows_field_bar_and_stop_button_within_its_width(phone):
    open_slow(phone)
    wait_until(lambda: phone.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"))
    begin_long_run(phone)
    box, button = (phone.page.locator(part).bounding_box() for part in (STRIP, STOP))
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert button["height"] >= 43.5
    # The strip stays in view while any control is used.
    phone.page.evaluate("window.scrollTo(0, document.scrollingElement.scrollHeight)")
    wait_until(lambda: 0 <= phone.page.locator(STRIP).bounding_box()["y"] < 300)
    phone.page.locator(STOP).tap()
    wait_until(lambda: "Stopped" in phone.page.locator(STRIP).inner_text())
