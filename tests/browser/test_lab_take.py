"""What leaves the page and comes back: the address, a reload, files."""

import json
import struct
from xml.etree import ElementTree

import numpy as np

from neurolab.experiment.edits import set_parameter
from neurolab.experiment.presets import COUPLED, TUTORIAL
from neurolab.experiment.session import OWN, Pinned, Session
from neurolab.experiment.simulate import simulate
from neurolab.exports.link import session_from_link, session_to_link, to_link

from .conftest import WIDE
from .folds import FoldedLab
from .lab_page import drawn
from .waiting import wait_for_lab, wait_until

pytest_plugins = "tests.browser.lab_page"

CHANGED = set_parameter(TUTORIAL, "tau_a", 3.0)
READ_TEXTS = """() => [...document.querySelectorAll(".neurolab-lab .nl-parameters input[type=text]")]
    .map((input) => input.value)"""


def test_a_link_opens_its_state_and_a_reload_keeps_it(open_page, server):
    page = wait_for_lab(open_page(WIDE, f"{server.url}#lab={to_link(CHANGED)}"))
    page.wait_for_function(f"() => ({READ_TEXTS})()[0] === '3'")
    page.locator("input[title^='tau_b ']").fill("5")
    expected = Session(set_parameter(CHANGED, "tau_b", 5.0), start=CHANGED)
    page.wait_for_url(lambda address: session_to_link(expected) in address)
    page.reload()
    wait_for_lab(page)
    page.wait_for_function(f"() => ({READ_TEXTS})().slice(0, 2).join() === '3,5'")


def test_pinned_runs_and_a_target_survive_a_reload_and_go_with_a_link(open_page, server):
    page = wait_for_lab(open_page(WIDE))
    lab = FoldedLab(page)
    lab.open("Compare")
    lab.labelled("name").fill("first")
    page.keyboard.press("Enter")
    lab.button("Pin this run").click()
    lab.part("nl-compare").get_by_text("Nothing differs from first").wait_for()
    lab.open("Match the target")
    lab.button("Use this run as target").click()
    lab.wait_for_lines("target", 2)
    lab.number("tau_a").fill("3")
    expected = Session(CHANGED, TUTORIAL, (Pinned("first", TUTORIAL),), TUTORIAL, OWN)
    page.wait_for_url(
        lambda address: (
            "#lab=" in address and session_from_link(address.partition("#lab=")[2]) == expected
        )
    )
    page.reload()
    wait_for_lab(page)
    for look in ("pinned", "target"):
        for (_, values), state in zip(lab.wait_for_lines(look, 2), ("Va", "Vb")):
            np.testing.assert_allclose(values, drawn(TUTORIAL, state)[1], atol=0.06)
    wait_until(lambda: lab.number("tau_a").input_value() == "3")
    wait_until(lambda: lab.preset.input_value() == "Tutorial 2a")
    lab.button("Reset all").click()
    lab.part("nl-match").get_by_text("Matched.").wait_for()


def test_a_damaged_link_gives_a_message_and_the_tutorial(open_page, server):
    page = wait_for_lab(open_page(WIDE, f"{server.url}#lab={to_link(COUPLED)[:-40]}"))
    wait_until(lambda: "The link is damaged" in page.locator(".neurolab-lab").inner_text())
    wait_until(lambda: page.evaluate(READ_TEXTS)[0] == "1")


def test_files_are_saved_and_programs_are_shown(lab):
    lab.page.get_by_role("button", name="Take it with you").click()
    with lab.page.expect_download() as saved:
        lab.page.get_by_role("button", name="Save", exact=True).click()
    assert json.loads(saved.value.path().read_text())["parameters"][0]["name"] == "tau_a"
    with lab.page.expect_download() as table:
        lab.page.get_by_role("button", name="Traces (CSV)").click()
    assert len(table.value.path().read_text().splitlines()) == len(simulate(TUTORIAL).times) + 1
    programs = lab.page.locator(".nl-program pre")
    wait_until(lambda: programs.count() == 2)
    wait_until(lambda: "from brian2 import *" in programs.nth(1).inner_text())
    lab.number("tau_a").fill("2")
    wait_until(
        lambda: "tau_a = 2*ms" in "".join(lab.page.locator(".nl-program mark").all_inner_texts())
    )
    lab.button("Undo").click()
    lab.page.get_by_role("button", name="Take it with you").click()


def test_the_pictures_are_saved_as_they_stand_on_the_page(lab):
    lab.page.get_by_role("button", name="Take it with you").click()
    with lab.page.expect_download() as drawn:
        lab.button("Picture (SVG)").click()
    picture = ElementTree.parse(drawn.value.path()).getroot()
    paths = {path.get("d") for path in picture.iter("{http://www.w3.org/2000/svg}path")}
    assert set(lab.paths()) <= paths
    texts = [text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Va", "Vb", "time (ms)", "inputs 0"} <= set(texts)
    spikes = [
        rect
        for group in picture.iter("{http://www.w3.org/2000/svg}g")
        if "spike" in group.get("class", "").split()
        for rect in group.iter("{http://www.w3.org/2000/svg}rect")
    ]
    assert len(spikes) >= 4
    with lab.page.expect_download() as painted:
        lab.button("Picture (PNG)").click()
    data = painted.value.path().read_bytes()
    assert data.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", data[16:24])
    assert (width, height) == (
        int(2 * float(picture.get("width"))),
        int(2 * float(picture.get("height"))),
    )
    lab.page.get_by_role("button", name="Take it with you").click()


def test_a_picture_has_the_legend_of_what_is_shown_alone_and_all_of_it(lab):
    def legend():
        with lab.page.expect_download() as drawn:
            lab.button("Picture (SVG)").click()
        picture = ElementTree.parse(drawn.value.path()).getroot()
        keys = picture.findall("{http://www.w3.org/2000/svg}text")
        return {key.text: float(key.get("x")) for key in keys}, float(picture.get("width"))

    lab.page.get_by_role("button", name="Take it with you").click()
    lab.preset.select_option(label="Balanced network")
    wait_until(lambda: lab.page.locator(".nl-field-legend > span").count() == 3)
    wait_until(lambda: lab.page.get_by_text("rate in bins of").is_visible())
    wait_until(lambda: not lab.page.get_by_role("button", name="Stop").is_visible())
    text = lab.page.locator(".nl-field-legend > span").last
    keys, width = legend()
    assert keys[text.inner_text()] + text.bounding_box()["width"] < width
    lab.preset.select_option(label="Tutorial 2a")
    wait_until(lambda: lab.legend() == ["Va", "Vb"])
    wait_until(lambda: not text.is_visible())
    assert set(legend()[0]) == {"Va", "Vb"}
    lab.page.get_by_role("button", name="Take it with you").click()
