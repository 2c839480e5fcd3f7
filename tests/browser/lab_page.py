"""The lab's page as tests see it: its controls by name, what it says, and its curves in pixels."""

from functools import cache

import numpy as np
import pytest

from neurolab.experiment.edits import set_parameter
from neurolab.experiment.presets import COUPLED, TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.explain.drawn_paths import path

from .conftest import PHONE, WIDE, Watch
from .waiting import PATIENCE, wait_for_lab, wait_until

# Curves and axes of the first figure, in pixels of the window; the thin grey line is the threshold, the lit one a jump.
READ_FIGURE = """() => {
  const figure = document.querySelector(".nl-traces-figure"), half = devicePixelRatio > 1 ? 0 : 0.5;
  const points = (path) => {
    const { a, d, e, f } = path.getScreenCTM();
    return (path.getAttribute("d") ?? "M0,0").slice(1).split("L").map((point) => point.split(",").map(Number))
      .map(([x, y]) => [a * x + e, d * y + f]);
  };
  const ticks = (axis, part) => [...axis.querySelectorAll(".tick")].map((tick) => [
    Number(tick.textContent.replace("−", "-")), tick.getScreenCTM()[part] - half]);
  const [x, y] = figure.querySelectorAll(".svg-background g.axis");
  return {
    x: ticks(x, "e"), y: ticks(y, "f"),
    curves: [...figure.querySelectorAll("g.curve path.line")]
      .filter((path) => !/--nl-(quiet|lit)/.test(path.style.stroke)).map(points) };
}"""
READ_RASTER = """() => [...document.querySelectorAll(".nl-raster-picture .spike.editable")].map((spike) => {
  const { left, width, top, height } = spike.querySelector("rect").getBoundingClientRect();
  return { label: spike.getAttribute("aria-label").split(",")[0], time: Number(spike.getAttribute("aria-valuenow")),
           x: left + width / 2, y: top + height / 2 };
})"""
# The controls of what folds away are made when it is opened for the first time.
READ_VALUES = """() => [...document.querySelectorAll(".neurolab-lab :is(input, textarea, select)")]
  .filter((control) => !control.closest(".nl-fold-body")).map((control) => control.value)"""
OPEN_FOLDS = ".nl-fold-heading button[aria-expanded=true]"


result_of = cache(
    simulate
)  # the curves are compared with the same result until they are those of it


@cache
def drawn(experiment, state):
    """Times in ms and values in mV of a curve as it is drawn, with vertical jumps and up to the end."""
    times, values = path(result_of(experiment), experiment.group("target"), state, 0)
    return times, values * 1e3


class LabPage:
    """A page with the lab on it."""

    def __init__(self, page):
        self.page = page
        self.curves = page.locator(".nl-figure g.curve path.line")
        self.spike_lists = page.locator(".nl-spikes input")
        self.equations = page.locator(".nl-model textarea")
        self.preset = page.locator(".nl-bar select")
        self.remove_button = page.get_by_role("button", name="Remove spike")
        wait_until(lambda: self.spikes())
        wait_until(lambda: self.deviation(TUTORIAL) < 1)
        self._first_values = self.values()

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def number(self, name):
        """The typed text of a parameter, or of the duration or time step."""
        return self.page.locator(f"input[title^='{name} '], input[title='{name}, typed']")

    def handle(self, name):
        return self.page.locator(
            f".noUi-handle[aria-label^='{name} '], .noUi-handle[aria-label='{name}']"
        )

    def labelled(self, name):
        return self.page.get_by_label(name, exact=True)

    def cell(self, connection, source, target=0):
        return self.page.locator(
            f".nl-matrix input[aria-label^='{connection}:'][aria-label*='inputs {source} to']"
            f"[aria-label*='target {target},']"
        )

    def message_beside(self, control):
        """The message in the same field as a control, or in the same table; empty for none."""
        around = control.locator(
            "xpath=ancestor::div[contains(concat(' ', @class, ' '), ' nl-field ') or "
            "contains(concat(' ', @class, ' '), ' nl-matrix ')][1]"
        )
        return " ".join(around.locator("[role=alert]").all_inner_texts()).strip()

    def messages(self):
        return [text for text in self.page.locator("[role=alert]").all_inner_texts() if text]

    def is_stale(self):
        return self.page.get_by_text("last good run", exact=True).count() > 0

    def paths(self):
        """The curves as the browser draws them, without the line of the threshold."""
        return self.page.evaluate("""() => [...document.querySelectorAll(".nl-figure g.curve path.line")].filter(
            (path) => !/--nl-(quiet|lit)/.test(path.style.stroke)).map((path) => path.getAttribute("d"))""")

    def legend(self):
        return self.page.locator(".nl-legend .nl-key").all_inner_texts()

    def axis(self, name):
        """Tick values and their pixels."""
        return self.page.evaluate(READ_FIGURE)[name]

    def pixels(self):
        """Points of each curve, in pixels of the window."""
        return [np.array(curve) for curve in self.page.evaluate(READ_FIGURE)["curves"]]

    def deviation(self, experiment):
        """How many pixels the curves are away from where the axes put the values that `simulate` gives."""
        figure = self.page.evaluate(READ_FIGURE)
        paths = [drawn(experiment, state) for state in result_of(experiment).states["target"]]
        if [len(curve) for curve in figure["curves"]] != [len(times) for times, _ in paths]:
            return np.inf
        return max(
            np.abs(
                np.array(curve)
                - np.column_stack([_scaled(figure["x"], times), _scaled(figure["y"], values)])
            ).max()
            for curve, (times, values) in zip(figure["curves"], paths)
        )

    def wait_for_traces_of(self, experiment):
        """Wait until the curves are those of this experiment, to the pixel."""
        wait_until(lambda: self.deviation(experiment) < 1)

    def wait_for_slider(self, name, experiment=TUTORIAL):
        """Wait until a slider, its text and the curves agree: then nothing is on its way. Return the value."""

        def agree():
            value = float(self.number(name).input_value())
            moved = float(self.handle(name).get_attribute("aria-valuetext"))
            return (
                abs(value / moved - 1) < 0.01
                and self.deviation(set_parameter(experiment, name, value)) < 1
            )

        wait_until(agree)
        return float(self.number(name).input_value())

    def spikes(self):
        """The spikes of the raster that can be moved: their neuron, their time and where they are."""
        return self.page.evaluate(READ_RASTER)

    def spike(self, label, time):
        return next(
            spike
            for spike in self.spikes()
            if spike["label"] == label and abs(spike["time"] - time) < 1e-6
        )

    def raster_times(self, label):
        return sorted(spike["time"] for spike in self.spikes() if spike["label"] == label)

    def wait_for_spikes(self, neuron, times):
        """Wait until raster and list both show these times of an input, and nothing else."""
        text = ", ".join(f"{time:g}" for time in times)
        wait_until(lambda: self.spike_lists.nth(neuron).input_value() == text)
        wait_until(
            lambda: (
                np.allclose(self.raster_times(f"inputs {neuron}"), times)
                if len(self.raster_times(f"inputs {neuron}")) == len(times)
                else False
            )
        )

    def values(self):
        return self.page.evaluate(READ_VALUES)

    def no_traceback(self):
        text = self.page.locator("body").inner_text()
        return "Traceback" not in text and "Error" not in text

    def reset(self):
        """Bring the page back to how it was when it was opened."""
        self.page.mouse.move(0, 0)
        self.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        for heading in self.page.locator(OPEN_FOLDS).all()[::-1]:
            heading.click()
        wait_until(lambda: self.page.locator(OPEN_FOLDS).count() == 0)
        if self._is_as_opened():
            return
        if self.preset.input_value() == "Tutorial 2a" and self.button("Reset all").is_enabled():
            self.button("Reset all").click()
        else:
            # The experiment is the tutorial's and only the texts are others: "1 ms, 4ms" for "1, 4".
            if self.preset.input_value() == "Tutorial 2a":
                self.preset.select_option(label="2 · Coupled Va and Vb")
                self.wait_for_traces_of(COUPLED)
            self.preset.select_option(label="Tutorial 2a")
        try:
            wait_until(self._is_as_opened, seconds=8)
        except AssertionError:  # a test that failed has left the page in disorder
            self.page.reload()
            wait_for_lab(self.page)
            wait_until(self._is_as_opened)

    def _is_as_opened(self):
        return (
            self.spikes()
            and self.values() == self._first_values
            and not self.messages()
            and not self.is_stale()
            and self.deviation(TUTORIAL) < 1
        )


def _scaled(ticks, values):
    (first, first_pixel), *_, (last, last_pixel) = sorted(ticks)
    return first_pixel + (values - first) * (last_pixel - first_pixel) / (last - first)


def check(watch):
    try:
        watch.check()
    finally:
        watch.troubles.clear()  # of this test, not of the next


def _opened(browser, server, kind):
    context = browser.new_context(**kind)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    watch = Watch(page, server.url)
    page.goto(server.url)
    yield LabPage(wait_for_lab(page)), watch
    page.goto("about:blank")
    context.close()


@pytest.fixture(scope="session")
def wide_lab(browser, server):
    yield from _opened(browser, server, WIDE)


@pytest.fixture(scope="session")
def narrow_lab(browser, server):
    yield from _opened(browser, server, PHONE)


@pytest.fixture
def lab(wide_lab):
    """The lab at 1280 × 800, shared by all tests and reset for each."""
    page, watch = wide_lab
    page.reset()
    yield page
    check(watch)


@pytest.fixture
def phone(narrow_lab):
    """The lab on a phone, shared by all tests and reset for each."""
    page, watch = narrow_lab
    page.reset()
    yield page
    check(watch)
