"""Connection matrices on the lab's page."""

import pytest

from neurolab.experiment.edits import set_connection, set_parameter, set_weight
from neurolab.experiment.presets import TUTORIAL

from .waiting import wait_until

pytest_plugins = "tests.browser.lab_page"

# Types into a control without giving it the focus, as another control's answer would arrive.
TYPE_ELSEWHERE = """([name, text]) => {
  const input = document.querySelector(`input[title^="${name} "]`);
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}"""


def sign_of(cell):
    return cell.locator("xpath=..").get_attribute("class").split()


def with_weight(weight, source=0):
    return set_weight(TUTORIAL, "C1", source, 0, weight)


def test_a_typed_weight_changes_the_trace_before_the_cell_is_left(lab):
    lab.cell("C1", 0).click()
    lab.page.keyboard.type("8.5", delay=20)
    lab.wait_for_traces_of(with_weight(8.5))
    wait_until(lambda: lab.cell("C1", 0).input_value() == "8.5")
    lab.page.keyboard.press("Enter")
    wait_until(lambda: lab.cell("C1", 0).input_value() == "+8.5")


def test_enter_goes_to_the_next_source(lab):
    lab.cell("C1", 0).click()
    lab.page.keyboard.type("8")
    lab.page.keyboard.press("Enter")
    lab.page.keyboard.type("2")
    lab.page.keyboard.press("Enter")
    lab.wait_for_traces_of(set_weight(with_weight(8.0), "C1", 1, 0, 2.0))


@pytest.mark.parametrize("text", ["-4", "−4", "-4 mV", "-4,0"])
def test_a_negative_weight_inhibits_and_shows_its_minus(lab, text):
    cell = lab.cell("C1", 0)
    cell.fill(text)
    lab.page.keyboard.press("Enter")
    lab.wait_for_traces_of(with_weight(-4.0))
    wait_until(lambda: cell.input_value() == "−4")
    wait_until(lambda: sign_of(cell) == ["inhibits"])


def test_the_sign_of_a_weight_shows_as_text_and_as_class(lab):
    assert [(lab.cell("C1", i).input_value(), sign_of(lab.cell("C1", i))[0]) for i in (0, 1)] == [
        ("+6", "excites"),
        ("0", "zero"),
    ]


def test_arrow_keys_change_a_weight_by_half_a_unit_and_with_shift_by_five(lab):
    lab.cell("C1", 0).focus()
    lab.page.keyboard.press("ArrowDown")
    lab.wait_for_traces_of(with_weight(5.5))
    wait_until(lambda: lab.cell("C1", 0).input_value() == "+5.5")
    lab.page.keyboard.press("Shift+ArrowDown")
    lab.page.keyboard.press("Shift+ArrowDown")
    lab.wait_for_traces_of(with_weight(-4.5))
    wait_until(lambda: lab.cell("C1", 0).input_value() == "−4.5")


def test_a_result_from_elsewhere_does_not_overwrite_a_cell_that_is_being_typed_in(lab):
    cell = lab.cell("C1", 0)
    cell.click()
    lab.page.keyboard.type("-")
    lab.page.evaluate(TYPE_ELSEWHERE, ["tau_a", "3"])
    lab.wait_for_traces_of(set_parameter(TUTORIAL, "tau_a", 3.0))
    wait_until(lambda: cell.input_value() == "-")
    lab.page.keyboard.type("2")
    lab.wait_for_traces_of(set_parameter(with_weight(-2.0), "tau_a", 3.0))
    wait_until(lambda: cell.input_value() == "-2")


def test_a_cell_can_be_cleared_and_typed_anew(lab):
    cell = lab.cell("C1", 0)
    cell.click()
    lab.page.keyboard.type("8")
    lab.wait_for_traces_of(with_weight(8.0))
    lab.page.keyboard.press("Backspace")
    lab.page.evaluate(TYPE_ELSEWHERE, ["tau_a", "3"])
    lab.wait_for_traces_of(set_parameter(with_weight(8.0), "tau_a", 3.0))
    wait_until(lambda: cell.input_value() == "")
    lab.page.keyboard.type("9")
    lab.wait_for_traces_of(set_parameter(with_weight(9.0), "tau_a", 3.0))
    assert not lab.messages()


def test_escape_puts_back_the_weight_of_the_traces(lab):
    cell = lab.cell("C1", 0)
    cell.click()
    lab.page.keyboard.type("abc")
    lab.page.keyboard.press("Escape")
    lab.page.keyboard.press("Tab")
    wait_until(lambda: cell.input_value() == "+6")
    assert not lab.messages()


def test_a_weight_of_zero_is_shown_dimmed(lab):
    cell = lab.cell("C1", 0)
    cell.fill("0")
    lab.page.keyboard.press("Enter")
    wait_until(lambda: sign_of(cell) == ["zero"])
    lab.wait_for_traces_of(with_weight(0.0))


def test_another_target_variable_takes_the_weights_along(lab):
    lab.page.locator(".nl-connection select").first.select_option(label="Vb")
    lab.wait_for_traces_of(set_connection(TUTORIAL, "C1", state="Vb"))
    wait_until(lambda: lab.cell("C1", 0).input_value() == "+6")
