"""The page for those who hear it, who use keys, or who read light on dark."""

import pytest

from neurolab.experiment.presets import TUTORIAL

from .accessibility import serious_violations
from .conftest import PHONE, WIDE
from .folds import open_all_folds
from .waiting import wait_for_lab, wait_until

pytest_plugins = "tests.browser.lab_page"


@pytest.mark.parametrize(
    ("size", "scheme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide", "phone"]
)
def test_axe_finds_no_serious_violation(open_page, size, scheme):
    page = wait_for_lab(open_page({**size, "color_scheme": scheme}))
    open_all_folds(page)
    assert not serious_violations(page)


def test_a_dark_system_gets_a_dark_page(lab):
    luminance = {}
    for scheme in ("dark", "light"):
        lab.page.emulate_media(color_scheme=scheme)
        colours = lab.page.evaluate("""() => [".neurolab-lab", ".nl-panel", "body"].map((part) =>
            getComputedStyle(document.querySelector(part)).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))""")
        luminance[scheme] = [sum(colour) / 3 for colour in colours]
    assert min(luminance["light"]) > 200
    assert max(luminance["dark"]) < 60


def test_what_the_traces_show_is_read_out_after_a_change(lab):
    region = lab.page.locator("[aria-live=polite].nl-summary")
    wait_until(lambda: "Va of target 0 peaks at 6.3 mV at 4 ms" in region.inner_text())
    lab.cell("C1", 0).fill("-6")
    lab.cell("C1", 0).press("Enter")
    wait_until(lambda: "Va of target 0 falls to −6.3 mV at 4 ms" in region.inner_text())
    lab.button("Undo").click()
    lab.wait_for_traces_of(TUTORIAL)


def test_every_control_has_a_name(lab):
    nameless = lab.page.evaluate("""() => [...document.querySelectorAll(
        ".neurolab-lab :is(input, select, textarea, button, [role=slider])")].filter((e) => e.offsetParent &&
        !(e.getAttribute("aria-label") || e.labels?.[0]?.textContent.trim() || e.textContent.trim()))
        .map((e) => e.outerHTML.slice(0, 120))""")
    assert not nameless
