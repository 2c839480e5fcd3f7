"""The network's picture on the lab's page: arrows by weight, and the way from an arrow to its matrix entry."""

import pytest

from neurolab.experiment.edits import set_weight
from neurolab.experiment.presets import TUTORIAL

from .test_lab_phone import fits, set_size_by_typing
from .waiting import wait_until

pytest_plugins = ("tests.browser.lab_page", "tests.browser.stepper")

# Of each arrow: what it says, what is drawn, and where its line begins, is half-way and ends, in pixels of the window.
READ_ARROWS = """() => [...document.querySelectorAll(".nl-network-picture .arrow")].map((arrow) => {
  const line = arrow.querySelector(".line"), style = getComputedStyle(line), matrix = line.getScreenCTM();
  const at = (share) => {
    const { x, y } = line.getPointAtLength(line.getTotalLength() * share).matrixTransform(matrix);
    return [x, y];
  };
  const band = getComputedStyle(arrow.querySelector(".halo"));
  return { name: arrow.getAttribute("aria-label"), width: parseFloat(style.strokeWidth), colour: style.stroke,
           dash: style.strokeDasharray, head: (arrow.querySelector(".head").getAttribute("d") ?? "").trim(),
           tip: (({ e, f }) => [e, f])(arrow.querySelector(".head").getScreenCTM()),
           band: band.stroke === "none" ? null : parseFloat(band.strokeWidth), lit: arrow.classList.contains("lit"),
           begin: at(0), middle: at(0.5), quarter: at(0.25), scale: matrix.a };
})"""
READ_ENDS = """() => [...document.querySelectorAll(".nl-network-picture .end")].map((end) => {
  const { left, width, top, height } = end.querySelector(".body").getBoundingClientRect();
  return { text: [...end.querySelectorAll("text")].map((text) => text.textContent), why: end.dataset.why,
           x: left + width / 2, y: top + height / 2, radius: width / 2 };
})"""


class Picture:
    """The network's picture on a lab's page."""

    def __init__(self, lab):
        self.lab, self.page = lab, lab.page
        self.root = self.page.locator(".nl-network-picture")
        self.said = self.page.locator(".nl-network-said")
        self.root.scroll_into_view_if_needed()

    def arrows(self):
        return self.page.evaluate(READ_ARROWS)

    def arrow(self, name):
        """The arrow of a matrix entry, such as ``'C1[0, 0]'``."""
        return next(arrow for arrow in self.arrows() if arrow["name"].startswith(f"{name} = "))

    def ends(self):
        return self.page.evaluate(READ_ENDS)

    def labels(self):
        return self.page.locator(".nl-network-picture [data-arrow] text").all_text_contents()

    def focused(self):
        return self.page.evaluate("document.activeElement.getAttribute('aria-label')")


@pytest.fixture
def picture(lab):
    return Picture(lab)


@pytest.fixture
def touched(phone):
    return Picture(phone)


def is_cell(name, connection, source):
    return name == f"{connection}: from inputs {source} to target 0, mV"


def test_arrows_are_as_wide_as_their_weights_are_large(picture):
    widths = {arrow["name"].split(" =")[0]: arrow["width"] for arrow in picture.arrows()}
    assert widths == pytest.approx(
        {"C1[0, 0]": 6.0, "C1[1, 0]": 1.5, "C2[0, 0]": 1.5, "C2[1, 0]": 3.75}
    )


def test_an_arrow_leads_from_its_source_to_its_target(picture):
    inputs_0, inputs_1, target = picture.ends()
    for name, source in (("C1[0, 0]", inputs_0), ("C2[1, 0]", inputs_1)):
        arrow = picture.arrow(name)
        for (x, y), end in ((arrow["begin"], source), (arrow["tip"], target)):
            assert ((x - end["x"]) ** 2 + (y - end["y"]) ** 2) ** 0.5 == pytest.approx(
                end["radius"], abs=2.5
            )
    assert inputs_0["x"] == pytest.approx(inputs_1["x"], abs=0.5)
    assert target["x"] > inputs_0["x"] + 150


def test_only_what_has_a_weight_has_a_head_and_an_unbroken_line(picture):
    looks = {
        arrow["name"].split(" =")[0]: (bool(arrow["head"]), arrow["dash"])
        for arrow in picture.arrows()
    }
    assert looks["C1[0, 0]"] == looks["C2[1, 0]"] == (True, "none")
    assert looks["C1[1, 0]"][0] is looks["C2[0, 0]"][0] is False
    assert looks["C1[1, 0]"][1] == looks["C2[0, 0]"][1] != "none"


def test_the_variable_and_the_weight_stand_on_the_arrow(picture):
    wait_until(lambda: picture.labels() == ["C1 → Va +6 mV", "C2 → Vb +3 mV"])


def test_an_edit_of_a_weight_changes_its_arrow(picture):
    before = picture.arrow("C1[0, 0]")
    picture.lab.cell("C1", 0).fill("-1.5")
    picture.lab.wait_for_traces_of(set_weight(TUTORIAL, "C1", 0, 0, -1.5))
    wait_until(lambda: picture.labels() == ["C1 → Va −1.5 mV", "C2 → Vb +3 mV"])
    after = picture.arrow("C1[0, 0]")
    assert after["name"] == "C1[0, 0] = −1.5 mV: inputs 0 → Va of target 0"
    assert (after["width"], picture.arrow("C2[1, 0]")["width"]) == pytest.approx((3.75, 6.0))
    assert after["head"] != before["head"]
    assert after["colour"] != before["colour"]
    wait_until(lambda: "blunt end: inhibits" in picture.said.inner_text())


@pytest.mark.parametrize(
    ("name", "connection", "source"),
    [("C1[0, 0]", "C1", 0), ("C2[1, 0]", "C2", 1), ("C1[1, 0]", "C1", 1)],
)
def test_a_click_on_an_arrow_leads_to_its_matrix_entry(picture, name, connection, source):
    picture.page.mouse.click(*picture.arrow(name)["quarter"])
    wait_until(lambda: is_cell(picture.focused(), connection, source))


def test_a_click_on_its_label_leads_there_too(picture):
    picture.page.locator(".nl-network-picture [data-arrow]").nth(1).click()
    wait_until(lambda: is_cell(picture.focused(), "C2", 1))


def test_what_is_typed_after_a_click_on_a_dotted_line_gives_it_a_weight(picture):
    picture.page.mouse.click(*picture.arrow("C1[1, 0]")["quarter"])
    wait_until(lambda: is_cell(picture.focused(), "C1", 1))
    picture.page.keyboard.type("2")
    picture.lab.wait_for_traces_of(set_weight(TUTORIAL, "C1", 1, 0, 2.0))
    wait_until(lambda: "C1 → Va +2 mV" in picture.labels())
    assert picture.arrow("C1[1, 0]")["dash"] == "none"


def test_what_the_pointer_is_on_is_told_and_set_off(picture):
    arrow = picture.arrow("C2[1, 0]")
    wait_until(
        lambda: (
            (picture.said.inner_text(), arrow["band"])
            == ("click an arrow to change its weight", None)
        )
    )
    picture.page.mouse.move(*arrow["quarter"])
    wait_until(lambda: picture.said.inner_text() == "C2[1, 0] = +3 mV: inputs 1 → Vb of target 0")
    assert picture.arrow("C2[1, 0]")["band"] > arrow["width"] + 8
    picture.page.mouse.move(0, 0)
    wait_until(lambda: picture.said.inner_text() == "click an arrow to change its weight")


def test_the_arrows_are_one_stop_of_the_tab_key_and_keys_go_through_them(picture):
    names = [arrow["name"] for arrow in picture.arrows()]
    wait_until(lambda: picture.page.locator(".nl-network-picture [tabindex='0']").count() == 1)
    picture.page.locator(".nl-network-picture [tabindex='0']").focus()
    picture.page.keyboard.press("Home")
    seen = [picture.focused()]
    for key in ("ArrowRight", "ArrowDown", "End", "ArrowRight", "ArrowLeft", "Home", "ArrowUp"):
        picture.page.keyboard.press(key)
        seen.append(picture.focused())
    assert seen == [names[place] for place in (0, 1, 2, 3, 3, 2, 0, 0)]
    wait_until(lambda: picture.said.inner_text() == names[0])
    assert picture.arrows()[0]["band"] > picture.arrows()[0]["width"] + 8
    picture.page.keyboard.press("Tab")
    wait_until(
        lambda: not picture.page.evaluate("document.activeElement.closest('.nl-network-picture')")
    )


@pytest.mark.parametrize("key", ["Enter", " "])
def test_enter_and_space_lead_to_the_entry_and_tab_comes_back_to_the_arrow(picture, key):
    picture.page.locator(".nl-network-picture [tabindex='0']").focus()
    picture.page.keyboard.press("End")
    name = picture.focused()
    picture.page.keyboard.press(key)
    wait_until(lambda: is_cell(picture.focused(), "C2", 1))
    assert (
        picture.page.locator(".nl-network-picture [tabindex='0']").get_attribute("aria-label")
        == name
    )


def test_an_arrow_keeps_the_focus_while_its_weight_changes_elsewhere(picture):
    picture.page.locator(".nl-network-picture [tabindex='0']").focus()
    picture.page.keyboard.press("Home")
    picture.page.evaluate("""() => {
      const input = [...document.querySelectorAll(".nl-matrix input")][0];
      input.value = "4"; input.dispatchEvent(new Event("input", { bubbles: true })); }""")
    wait_until(lambda: picture.focused() == "C1[0, 0] = +4 mV: inputs 0 → Va of target 0")


def test_the_network_is_told_in_words(picture):
    assert picture.root.get_attribute("aria-label") == (
        "picture of the network. Groups: inputs (2 neurons), target (1 neuron). Connections: C1 from inputs to Va of target: "
        "1 synapse; C2 from inputs to Vb of target: 1 synapse."
    )
    assert {
        arrow.get_attribute("role")
        for arrow in picture.page.locator(".nl-network-picture .arrow").all()
    } == {"button"}


def test_at_the_cursor_s_event_who_fires_and_the_arrow_light_up(picture, stepper):
    for _ in range(7):  # inputs 0 fires for the second time
        stepper.next.click()
    stepper.wait_for(stepper.sentences[6])
    wait_until(
        lambda: (
            [arrow["name"].split(" =")[0] for arrow in picture.arrows() if arrow["lit"]]
            == ["C1[0, 0]"]
        )
    )
    assert [end["why"] for end in picture.ends()] == ["fires", "", "receives"]
    assert picture.arrow("C1[0, 0]")["band"] > picture.arrow("C1[0, 0]")["width"] + 8
    wait_until(lambda: picture.said.inner_text().startswith("C1[0, 0] = +6 mV"))
    stepper.track.press("Escape")
    wait_until(lambda: not any(arrow["lit"] for arrow in picture.arrows()))


def test_a_box_stands_for_a_large_group_and_its_arrow_leads_to_the_rule(picture):
    picture.lab.preset.select_option(label="Balanced network")
    wait_until(
        lambda: (
            [end["text"] for end in picture.ends()] == [["3,200", "0–3199"], ["800", "3200–3999"]]
        )
    )
    assert len(picture.arrows()) == 2
    assert picture.arrows()[1]["name"].startswith("Ci: 64,126 synapses of −9 mV")
    wait_until(lambda: not picture.page.get_by_role("button", name="Stop").is_visible())
    picture.page.mouse.click(*picture.arrows()[1]["middle"])
    wait_until(lambda: picture.focused().startswith("weight"))
    box = picture.page.locator(".nl-connection").nth(1).bounding_box()
    focused = picture.page.evaluate("document.activeElement.getBoundingClientRect().y")
    assert box["y"] < focused < box["y"] + box["height"]


# --- on a phone ---


def test_on_a_phone_the_picture_fits_and_can_be_read(touched):
    assert fits(touched.lab)
    box = touched.root.bounding_box()
    assert 300 < box["width"] <= 390
    wait_until(lambda: touched.labels() == ["C1 → Va +6 mV", "C2 → Vb +3 mV"])
    assert all(arrow["scale"] > 0.95 for arrow in touched.arrows())
    wait_until(lambda: touched.said.inner_text() == "tap an arrow to change its weight")


def test_on_a_phone_five_targets_fit(touched):
    set_size_by_typing(touched.lab, "target", 5)
    wait_until(lambda: len(touched.arrows()) == 20)
    assert fits(touched.lab)


@pytest.mark.parametrize(
    ("name", "connection", "source"), [("C1[0, 0]", "C1", 0), ("C2[1, 0]", "C2", 1)]
)
def test_on_a_phone_a_tap_leads_to_the_entry_below_the_traces(touched, name, connection, source):
    touched.root.evaluate("(e) => e.scrollIntoView({ block: 'end' })")
    touched.page.touchscreen.tap(*touched.arrow(name)["quarter"])
    wait_until(lambda: is_cell(touched.focused(), connection, source))
    cell = touched.lab.cell(connection, source)

    def is_in_sight():
        box, traces = cell.bounding_box(), touched.page.locator(".nl-traces").bounding_box()
        return traces["y"] + traces["height"] < box["y"] and box["y"] + box["height"] < 844

    wait_until(is_in_sight)
