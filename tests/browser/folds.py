"""The lab's page with parts that fold away, and what they draw into the traces."""

import numpy as np
from playwright.sync_api import Page

from .lab_page import LabPage
from .waiting import wait_until

WIDTHS = {
    "curve": 2.4,
    "ghost": 1.4,
    "sum": 4.0,
    "exact": 1.2,
    "pinned": 2.0,
    "difference": 3.0,
    "target": 9.0,
}
READ_LINES = """() => [...document.querySelectorAll(".nl-traces-figure g.curve path.line")].map((path) => {
  const { a, d, e, f } = path.getScreenCTM(), style = getComputedStyle(path);
  return { width: parseFloat(style.strokeWidth), dash: style.strokeDasharray, colour: style.stroke,
           points: (path.getAttribute("d") ?? "M0,0").slice(1).split("L").map((point) => point.split(",").map(Number))
             .map(([x, y]) => [a * x + e, d * y + f]) };
})"""


def open_all_folds(page):
    """Open all that folds away, and wait until it is there."""
    headings = page.locator(".nl-fold-heading button")
    wait_until(
        lambda: (
            page.locator(".nl-take").count()
            and headings.count() == page.locator(".nl-fold").count()
        )
    )
    closed = page.locator(".nl-fold-heading button[aria-expanded=false]")
    while left := closed.count():
        closed.first.click()
        wait_until(lambda left=left: closed.count() != left)
    wait_until(
        lambda: all(body.locator("xpath=*").count() for body in page.locator(".nl-fold-body").all())
    )
    page.locator(".nl-program pre").last.wait_for()


class FoldedLab(LabPage):
    """A lab whose folds are opened by their headings."""

    def __init__(self, page: Page | LabPage) -> None:
        super().__init__(page.page if isinstance(page, LabPage) else page)

    def heading(self, title):
        return self.page.locator(".nl-fold-heading button", has_text=title)

    def part(self, css_class):
        return self.page.locator(f".{css_class}")

    def open(self, title):
        heading = self.heading(title)
        heading.focus()
        self.page.keyboard.press("Enter")
        wait_until(lambda: heading.get_attribute("aria-expanded") == "true")

    def close(self, title):
        self.heading(title).click()
        wait_until(lambda: self.heading(title).get_attribute("aria-expanded") == "false")

    def lines(self, look):
        """Points of the lines of a look as times (ms) and values, by the figure's axes."""
        found = [
            line
            for line in self.page.evaluate(READ_LINES)
            if abs(line["width"] - WIDTHS[look]) < 0.05
        ]
        x, y = (self._scale(self.axis(name)) for name in "xy")
        return [np.array([[x(px), y(py)] for px, py in line["points"]]).T for line in found]

    @staticmethod
    def _scale(ticks):
        (first, first_pixel), *_, (last, last_pixel) = sorted(ticks)
        return lambda pixel: (
            first + (pixel - first_pixel) * (last - first) / (last_pixel - first_pixel)
        )

    def wait_for_lines(self, look, count):
        wait_until(lambda: len(self.lines(look)) == count)
        return self.lines(look)

    def has_no_sideways_scroll(self):
        return self.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
