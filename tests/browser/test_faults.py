"""What a student meets when something breaks: the page says what happened, and the lab comes back as it was."""

import time

import pytest

from ..serving.running import impatient_server
from .address import wait_for_values
from .conftest import PHONE, WIDE
from .proxy import Proxy
from .server import Server, lab_server
from .waiting import PATIENCE, wait_for_lab, wait_until

OFFLINE = 10  # seconds
FORWARD = """(ms) => { const now = performance.now.bind(performance); performance.now = () => now() + ms; }"""
# What a server does that ends sessions which nobody uses.
END = "() => neurolabLine.sockets().forEach((socket) => socket.dispatchEvent(new CloseEvent('close', { code: 4001 })))"


class Faulty:
    """A lab's page behind a network that can be cut, on a server that can be ended."""

    def __init__(self, page, proxy, server):
        self.page, self.proxy, self.server = page, proxy, server
        self.notice, self.again = (
            page.locator("#neurolab-notice"),
            page.get_by_role("button", name="Open it again"),
        )
        self.undo = page.get_by_role("button", name="Undo")
        page.set_default_timeout(PATIENCE)
        page.goto(f"http://127.0.0.1:{proxy.port}/")
        wait_for_lab(page)

    def number(self, name):
        return self.page.locator(f"input[title^='{name} ']")

    def set(self, **values):
        """Type values of parameters, and wait until the kernel has taken them."""
        for name, value in values.items():
            self.number(name).fill(f"{value}")
        self.wait_for(**values)

    def wait_for(self, **values):
        """Wait until parameters have these values in the kernel as in their fields."""
        wait_for_values(self.page, self.number, **values)

    def wait_for_notice(self, text):
        self.notice.get_by_text(text).wait_for()

    def wait_for_no_notice(self):
        self.notice.wait_for(state="hidden")

    def open_again(self):
        self.again.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        wait_for_lab(self.page)


@pytest.fixture(scope="module")
def lab(browser, tmp_path_factory):
    """One page for all of these tests: each leaves a lab that works."""
    server = lab_server(tmp_path_factory.mktemp("faults")).wait_until_up()
    proxy, context = Proxy(server.port), browser.new_context(**WIDE)
    page = context.new_page()
    found = Faulty(page, proxy, server)
    yield found
    page.goto("about:blank")
    context.close()
    proxy.cut()
    found.server.stop()


def test_edits_made_without_a_connection_reach_the_lab_in_their_order(lab):
    lab.set(tau_a=3)
    began = time.monotonic()
    lab.proxy.cut()
    lab.wait_for_notice("No connection to the lab")
    assert lab.notice.get_by_role("status").count() == 1
    lab.number("tau_a").fill("7")
    lab.number("tau_b").fill("4")
    lab.undo.click()
    wait_until(lambda: time.monotonic() > began + OFFLINE)
    lab.proxy.mend()
    lab.wait_for_no_notice()
    lab.wait_for(tau_a=7, tau_b=10)


def test_what_a_breaking_connection_swallows_is_sent_again_and_counts_once(lab):
    lab.set(tau_a=5)
    lab.set(tau_b=4)
    lab.proxy.swallow_answers()  # the click is heard; the page cannot know
    lab.undo.click()
    lab.page.evaluate(FORWARD, 6000)
    lab.wait_for_notice("The lab has not answered for a while")
    lab.proxy.cut()
    lab.wait_for_notice("No connection to the lab")
    lab.proxy.mend()
    lab.wait_for_no_notice()
    lab.wait_for(tau_a=5, tau_b=10)
    lab.set(tau_b=6)  # no control waits for an answer that was lost
    lab.wait_for(tau_a=5)


def test_a_lab_whose_kernel_is_killed_in_an_edit_is_opened_again_as_it_was(lab):
    lab.set(tau_a=4)
    kernel = lab.server.kernel_of(lab.page)
    kernel.suspend()  # the edit is on its way, and never arrives
    lab.number("tau_a").fill("30")
    kernel.kill()
    lab.wait_for_notice(
        "The lab has stopped unexpectedly. What you made is kept. Your last change may be missing."
    )
    assert lab.notice.get_by_role("alert").count() == 1
    assert lab.page.locator("#neurolab-page").get_attribute("inert") is not None
    for viewport, height in ((WIDE["viewport"], 36), (PHONE["viewport"], 44)):
        lab.page.set_viewport_size(viewport)
        wait_until(lambda: lab.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        assert lab.again.bounding_box()["height"] >= height
    lab.page.set_viewport_size(WIDE["viewport"])
    lab.open_again()
    lab.wait_for(tau_a=4)


def test_a_lab_that_stops_before_anything_was_done_in_it_says_nothing_of_a_change(lab):
    lab.set(tau_a=4)
    lab.page.reload()
    wait_for_lab(lab.page)
    kernel = lab.server.kernel_of(lab.page)
    kernel.suspend()
    lab.page.evaluate(
        "document.querySelector('.nl-step-next').click()"
    )  # as what a page sends by itself: nobody touched it
    kernel.kill()
    lab.wait_for_notice("The lab has stopped unexpectedly.")
    assert "may be missing" not in lab.notice.inner_text()
    lab.open_again()
    lab.wait_for(tau_a=4)


def test_a_lab_that_nobody_used_says_so_and_is_opened_by_a_button_beside_a_tab_of_its_own(lab):
    lab.set(tau_a=3)
    other = lab.page.context.new_page()
    beside = Faulty(other, lab.proxy, lab.server)
    beside.set(tau_a=8)
    lab.page.evaluate(FORWARD, 1_800_000)
    lab.page.evaluate(END)
    lab.wait_for_notice(
        "The lab was closed because nobody had used it for a while. What you made is kept."
    )
    lab.open_again()
    lab.wait_for(tau_a=3)
    beside.wait_for(tau_a=8)
    other.close()


@pytest.mark.soak
def test_the_button_opens_a_lab_that_the_server_ended_unused(browser, tmp_path):
    server = impatient_server(tmp_path, "lab", idle_minutes=0.25).wait_until_up()
    context = browser.new_context(**WIDE)
    try:
        lab = Faulty(context.new_page(), server, server)
        lab.set(tau_a=3)
        lab.page.evaluate(
            FORWARD, 60_000
        )  # the page's clock: nobody is served whose lab ends so soon
        lab.wait_for_notice(
            "The lab was closed because nobody had used it for a while. What you made is kept."
        )
        lab.open_again()
        lab.wait_for(tau_a=3)
    finally:
        context.close()
        server.stop()


def test_who_went_to_another_page_and_comes_back_finds_the_lab_as_it_was(lab):
    lab.set(tau_a=6, tau_b=5)
    lab.page.goto(f"http://127.0.0.1:{lab.proxy.port}/nothing")
    lab.page.go_back()
    wait_for_lab(lab.page)
    lab.wait_for(tau_a=6, tau_b=5)
    assert lab.notice.is_hidden()


def test_a_page_comes_back_by_itself_when_its_server_was_started_anew(lab, tmp_path):
    lab.set(tau_a=9)
    old = lab.server
    old.stop()
    lab.wait_for_notice("No connection to the lab")
    lab.server = Server(
        ["neurolab", "app", "--no-browser", "--port", f"{old.port}"], old.url, tmp_path / "log"
    )
    lab.wait_for_notice("was opened again as you left it")
    wait_for_lab(lab.page)
    lab.wait_for(tau_a=9)
