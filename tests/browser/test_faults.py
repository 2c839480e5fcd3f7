"""What a student meets when something breaks: the page says what happened, and the lab comes back as it was."""

import time

import pytest

from neurolab.exports.link import session_from_link, session_to_link, to_link
from neurolab.lab.edits import set_parameter
from neurolab.lab.presets import TUTORIAL
from neurolab.lab.session import Session
from neurolab.views.address import Address

from .conftest import PHONE, WIDE
from .proxy import Proxy
from .server import Server, lab_server
from .waiting import PATIENCE, wait_for_lab, wait_until

OFFLINE = 10  # seconds


class Faulty:
    """A lab's page behind a network that can be cut, on a server that can be ended."""

    def __init__(self, page, proxy, server):
        self.page, self.proxy, self.server = page, proxy, server
        self.notice, self.again = page.locator("#neurolab-notice"), page.get_by_role("button", name="Open it again")
        self.tau, self.tau_b = (page.locator(f"input[title^='{name} ']") for name in ("tau_a", "tau_b"))

    def open(self, behind=""):
        self.page.goto(f"http://127.0.0.1:{self.proxy.port}/{behind}")
        return wait_for_lab(self.page)

    def experiment(self):
        """What the page's address holds."""
        link = self.page.evaluate("location.hash").partition("#lab=")[2]
        return session_from_link(link).experiment if link else TUTORIAL

    def wait_for(self, **values):
        """Wait until parameters have these values, in the kernel (which tells the address) as in the fields."""
        expected = TUTORIAL
        for name, value in values.items():
            expected = set_parameter(expected, name, value)
        wait_until(lambda: self.experiment() == expected)
        wait_until(lambda: (self.tau.input_value(), self.tau_b.input_value()) == tuple(
            f"{values.get(name, TUTORIAL.parameter(name).value):g}" for name in ("tau_a", "tau_b")))

    def wait_for_notice(self, text):
        self.notice.get_by_text(text).wait_for()

    def wait_for_no_notice(self):
        self.notice.wait_for(state="hidden")


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """The present server, which a test may put another one in the place of."""
    servers = [lab_server(tmp_path_factory.mktemp("faults")).wait_until_up()]
    yield servers
    servers[-1].stop()


@pytest.fixture
def open_faulty(browser, running):
    """A function that opens a lab in a context of its own."""
    opened = []

    def open_lab(kind=WIDE, behind=""):
        context = browser.new_context(**kind)
        page, proxy = context.new_page(), Proxy(int(running[-1].url.rstrip("/").rpartition(":")[2]))
        page.set_default_timeout(PATIENCE)
        opened.append((context, page, proxy))
        lab = Faulty(page, proxy, running[-1])
        lab.open(behind)
        return lab

    yield open_lab
    for context, page, proxy in opened:
        page.goto("about:blank")
        context.close()
        proxy.cut()


def test_edits_made_without_a_connection_reach_the_lab_in_their_order(open_faulty):
    lab = open_faulty()
    lab.tau.fill("3")
    lab.wait_for(tau_a=3)
    began = time.monotonic()
    lab.proxy.cut()
    lab.wait_for_notice("No connection to the lab")
    assert lab.notice.get_by_role("status").count() == 1
    lab.tau.fill("7")
    lab.tau_b.fill("4")
    lab.page.get_by_role("button", name="Undo").click()
    wait_until(lambda: time.monotonic() > began + OFFLINE)
    lab.proxy.mend()
    lab.wait_for_no_notice()
    lab.wait_for(tau_a=7)


def test_what_a_breaking_connection_swallows_is_sent_again_and_counts_once(open_faulty):
    lab = open_faulty()
    lab.tau.fill("3")
    lab.wait_for(tau_a=3)
    lab.tau_b.fill("4")
    lab.wait_for(tau_a=3, tau_b=4)
    lab.proxy.swallows = True  # of what comes back, too: the page cannot know that its click was heard
    lab.page.get_by_role("button", name="Undo").click()
    lab.wait_for_notice("The lab has not answered for a while")
    lab.proxy.cut()
    lab.wait_for_notice("No connection to the lab")
    lab.proxy.mend()
    lab.wait_for_no_notice()
    lab.wait_for(tau_a=3)
    lab.tau_b.fill("6")  # no widget waits for an answer that is lost
    lab.wait_for(tau_a=3, tau_b=6)


@pytest.mark.parametrize("kind", [WIDE, PHONE])
def test_a_lab_whose_kernel_is_killed_in_an_edit_is_opened_again_as_it_was(open_faulty, kind):
    lab = open_faulty(kind)
    lab.tau.fill("3")
    lab.wait_for(tau_a=3)
    lab.server.kernel_of(lab.page).suspend()  # the edit is on its way, and never arrives
    lab.tau.fill("30")
    lab.server.kernel_of(lab.page).kill()
    lab.wait_for_notice("The lab has stopped unexpectedly. What you made is kept. Your last change may be missing.")
    assert lab.notice.get_by_role("alert").count() == 1
    assert lab.page.locator("#neurolab-page").get_attribute("inert") is not None
    assert lab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert lab.again.bounding_box()["height"] >= (44 if kind is PHONE else 34)
    lab.again.focus()
    lab.page.keyboard.press("Enter")
    lab.wait_for_no_notice()
    wait_for_lab(lab.page)
    lab.wait_for(tau_a=3)


def test_a_page_comes_back_by_itself_when_its_server_was_started_anew(open_faulty, running, tmp_path):
    lab = open_faulty()
    lab.tau.fill("3")
    lab.wait_for(tau_a=3)
    running[-1].stop()
    lab.wait_for_notice("No connection to the lab")
    port = running[-1].url.rstrip("/").rpartition(":")[2]
    running.append(Server(["neurolab", "app", "--no-browser", "--port", port], running[-1].url, tmp_path / "log"))
    lab.wait_for_notice("was opened again as you left it")
    wait_for_lab(lab.page)
    lab.wait_for(tau_a=3)


def test_a_lab_that_nobody_used_says_so_and_is_opened_by_a_button(open_faulty):
    lab = open_faulty(behind=f"#lab={to_link(set_parameter(TUTORIAL, 'tau_a', 3.0))}")
    lab.wait_for(tau_a=3)
    # What a server does that ends idle sessions; the page's clock is put forward.
    lab.page.evaluate("""() => {
        const now = performance.now.bind(performance);
        performance.now = () => now() + 1800000;
        for (const socket of neurolabLine.sockets()) socket.dispatchEvent(new CloseEvent("close", { code: 4001 }));
    }""")
    lab.wait_for_notice("The lab was closed because nobody had used it for a while. What you made is kept.")
    lab.again.click()
    lab.wait_for_no_notice()
    wait_for_lab(lab.page)
    lab.wait_for(tau_a=3)
