"""What the page shows before its lab is there, and how it becomes the lab."""

from contextlib import suppress

import numpy as np
import pytest
from playwright.sync_api import Error

from neurolab.serving.app import SHARE
from neurolab.ui.page.preview import preview_html

from .conftest import PHONE, WIDE
from .lab_page import READ_FIGURE
from .waiting import wait_for_lab, wait_until

PREVIEW = SHARE / "voila" / "templates" / "neurolab" / "preview.html"
# Ends of each jump and of each curve, in pixels of the window.
READ_PREVIEW = """() => [...document.querySelectorAll(".neurolab-preview .nlp-plot path:not(.nlp-level)")].map((path) => {
  const { a, d, e, f } = path.getScreenCTM();
  return path.getAttribute("d").slice(1).split(" ").map((point) => point.split(",").map(Number))
    .map(([x, y]) => [a * x + e, d * y + f]);
})"""
PLACES = """(parts) => parts.map((part) => {
  const { x, y, width } = document.querySelector(part).getBoundingClientRect();
  return [x, y, width];
})"""
PARTS = (
    ".nl-bar",
    ".nl-bar select",
    ".nl-task",
    ".nl-traces",
    ".nl-figure",
    ".nl-raster",
    ".nl-narration",
    ".nl-controls",
)
WATCH_SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifted += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
}"""


def page_before_its_lab(context, server):
    """A page that has not begun to connect to its lab, and a function that lets it."""
    page, held = context.new_page(), []
    script = "**/bqplot/index.js"
    page.route(script, lambda route: held.append(route))
    page.goto(server.url, wait_until="commit")
    page.wait_for_selector(".neurolab-preview .nlp-plot path", state="attached")
    wait_until(lambda: page.evaluate("1") and held)  # requests are heard of while the page is asked

    def let_go():
        page.unroute(script)
        for route in held:
            with suppress(Error):  # the page has been loaded anew meanwhile
                route.continue_()

    return page, let_go


def test_the_packaged_preview_shows_what_the_tutorial_gives():
    assert PREVIEW.read_text().strip() == preview_html("tutorial").strip(), (
        "make preview draws it anew"
    )


@pytest.mark.parametrize("kind", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_preview_lies_where_the_lab_will_be_and_nothing_jumps(browser, server, kind):
    context = browser.new_context(**kind)
    page, let_go = page_before_its_lab(context, server)
    page.evaluate(f"({WATCH_SHIFTS})()")
    assert page.get_by_role("status").inner_text() == "Starting the lab…"
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    before, places = (
        page.evaluate(READ_PREVIEW),
        page.evaluate(PLACES, [f".neurolab-preview {part}" for part in PARTS]),
    )
    let_go()
    wait_for_lab(page)
    page.wait_for_selector(".neurolab-preview", state="detached")
    after = page.evaluate(READ_FIGURE)["curves"]
    np.testing.assert_allclose(before, after, atol=1)
    np.testing.assert_allclose(
        places, page.evaluate(PLACES, [f".neurolab-lab {part}" for part in PARTS]), atol=1
    )
    assert page.evaluate("window.shifted") < 0.01
    page.goto("about:blank")
    context.close()


def test_a_lab_whose_kernel_died_before_the_page_came_to_it_opens_all_the_same(browser, server):
    context = browser.new_context(**WIDE)
    page, let_go = page_before_its_lab(context, server)
    server.kernel_of(page).kill()
    let_go()
    wait_for_lab(page)
    page.locator("input[title^='tau_a ']").fill("3")
    wait_until(lambda: page.evaluate("location.hash").startswith("#lab="))  # which the kernel tells
    page.goto("about:blank")
    context.close()


def test_a_page_that_opens_a_link_shows_no_preview_of_something_else(open_page, server):
    page = open_page(WIDE, f"{server.url}#lab=x")
    assert page.locator(".neurolab-preview").count() == 0
    wait_for_lab(page)
