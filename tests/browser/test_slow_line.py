"""A line on which everything takes long: gestures come before the answers to those before them, and nothing is lost."""

import pytest

from .address import wait_for_values
from .conftest import WIDE
from .lab_page import LabPage
from .proxy import Proxy
from .waiting import PATIENCE, wait_for_lab, wait_until

DELAY = 0.2  # seconds, each way


@pytest.fixture(scope="module")
def far(browser, server):
    proxy, context = Proxy(server.port), browser.new_context(**WIDE)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"http://127.0.0.1:{proxy.port}/")
    yield LabPage(wait_for_lab(page)), proxy
    page.goto("about:blank")
    context.close()
    proxy.cut()


@pytest.fixture
def lab(far):
    lab, proxy = far
    lab.reset()
    lab.number("tau_a").fill("15")
    wait_for_values(lab.page, lab.number, tau_a=15, tau_b=10)
    proxy.delay = DELAY
    yield lab
    proxy.delay = 0.0


def type_over(control, text):
    control.click()
    control.page.keyboard.press("Control+a")
    control.page.keyboard.type(text, delay=30)


def wait_for(lab, **values):
    """Wait until all is answered; then these are the values, on both sides."""
    wait_until(lambda: lab.page.evaluate("neurolabLine.unanswered()") == 0)
    wait_for_values(lab.page, lab.number, **values)


def test_a_button_comes_after_what_was_typed_before_it(lab):
    type_over(lab.number("tau_b"), "25.5")
    lab.button("Undo").click()
    wait_until(lambda: lab.page.evaluate("neurolabLine.unanswered()") == 0)
    wait_until(lambda: lab.number("tau_b").input_value() == "10")
    lab.button("Redo").click()
    wait_for(lab, tau_a=15, tau_b=25.5)


def test_what_is_typed_after_a_button_is_not_overwritten_by_its_answer(lab):
    lab.button("Undo").click()
    type_over(lab.number("tau_a"), "25")
    wait_for(lab, tau_a=25, tau_b=10)


def test_what_is_typed_after_a_slider_was_moved_stays(lab):
    lab.handle("tau_a").focus()
    for _ in range(3):
        lab.page.keyboard.press("ArrowRight")
    type_over(lab.number("tau_a"), "12.34")
    wait_for(lab, tau_a=12.34, tau_b=10)


def test_what_is_chosen_after_a_button_stays_chosen(lab):
    method = lab.labelled("method")
    method.select_option(label="Euler")
    wait_for(lab, tau_a=15)
    lab.button("Undo").click()
    method.select_option(label="midpoint (rk2)")
    wait_for(lab, tau_a=15)
    assert "rk2" in method.locator("option:checked").inner_text()


@pytest.fixture
def spikes(lab, far):
    """The lab with input spikes at 1, 4 and 7 ms."""
    far[1].delay = 0.0
    lab.spike_lists.first.fill("1, 4, 7")
    lab.wait_for_spikes(0, [1, 4, 7])
    lab.number("tau_b").fill("5")  # another step for the undo
    wait_for(lab, tau_a=15, tau_b=5)
    far[1].delay = DELAY
    return lab


def test_two_spikes_deleted_at_once_are_the_two_that_were_chosen(spikes):
    for time in (1, 4):
        place = spikes.spike("inputs 0", time)
        spikes.page.mouse.click(place["x"], place["y"])
        spikes.page.keyboard.press("Delete")
    spikes.wait_for_spikes(0, [7])


def test_a_spike_dragged_after_an_undo_is_the_one_that_was_taken(spikes):
    first = spikes.spike("inputs 0", 1)
    spikes.page.mouse.click(first["x"], first["y"])
    spikes.page.keyboard.press("Delete")
    spikes.wait_for_spikes(0, [4, 7])
    spikes.button("Undo").click()
    held, last = (spikes.spike("inputs 0", time) for time in (4, 7))
    spikes.page.mouse.move(held["x"], held["y"])
    spikes.page.mouse.down()
    spikes.page.mouse.move((held["x"] + last["x"]) / 2, held["y"], steps=3)
    spikes.page.mouse.up()
    spikes.wait_for_spikes(0, [1, 5.5, 7])


def test_where_the_page_reports_a_slider_to_be_is_no_move_of_it(lab):
    lab.number("tau_b").fill("3")
    lab.number("tau_a").fill("2")
    wait_for(lab, tau_a=2, tau_b=3)
    lab.button("Undo").click()
    wait_for(lab, tau_a=15, tau_b=3)
    lab.button("Redo").click()
    lab.button("Undo").click()
    lab.button("Undo").click()
    wait_for(lab, tau_a=15, tau_b=10)
