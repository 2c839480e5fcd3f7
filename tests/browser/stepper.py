"""The parts of the lab's page that step through the run, as tests see them."""

import pytest

from neurolab.experiment.presets import TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.explain.ledger import ledger

from .waiting import wait_until

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
READ_LINES = """() => [...document.querySelectorAll(
    ".nl-figure, .nl-raster-view, .nl-field-view")].map((node) => {
  const style = getComputedStyle(node, "::after"), { left, width } = node.getBoundingClientRect();
  return style.content === "none" || !width ? null : left + parseFloat(style.left) + parseFloat(style.width) / 2;
}).filter((x) => x !== null)"""


class Stepper:
    """The parts of a lab's page that step through the run.

    Attributes
    ----------
    sentences : list of str
        What is said of the tutorial's events.
    """

    def __init__(self, lab):
        self.lab, self.page = lab, lab.page
        self.sentences = [event.sentence for event in ledger(simulate(TUTORIAL)).events]
        self.track = self.page.get_by_role("slider", name="time cursor")
        self.next, self.previous = (
            self.page.get_by_role("button", name=f"{name} event") for name in ("next", "previous")
        )
        self.play = self.page.locator(".nl-step-play")
        self.stops = self.page.get_by_label("stop at events")

    def said(self):
        """What is said of an event, in its parts."""
        parts = (
            self.page.locator(f".nl-step-{name}")
            for name in ("when", "cause", "numbers", "verdict")
        )
        return [part.text_content() for part in parts]

    def sentence(self):
        when, cause, numbers, verdict = self.said()
        return f"{when}: {cause}: {numbers}" + (f". {verdict}" if verdict else "")

    def between(self):
        return self.page.locator(".nl-step-between").text_content()

    def time(self):
        return float(self.track.get_attribute("aria-valuenow"))

    def lines(self):
        """Where the line of the cursor is in each picture, in pixels of the window."""
        return self.page.evaluate(READ_LINES)

    def is_shown(self):
        return len(self.lines()) > 0

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
    if stepper.is_shown():
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
