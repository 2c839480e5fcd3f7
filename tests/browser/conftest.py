"""A real server, a real browser, and pages that notice what must not happen."""

from urllib.parse import urlsplit

import pytest

from neurolab.exercises.printing import find_browser

from .chromium import MISSING
from .server import lab_server
from .waiting import PATIENCE, wait_for_lab

# Chromium draws these parts of its own window as pages, which cost a second of processor time for
# each context although nobody sees them; and it keeps a spare process for a page to come.
_UNSEEN = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"]
# Playwright turns these off as well. Of two lists, Chromium takes the last.
_USUALLY_OFF = [
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
]
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
    "--disable-features=" + ",".join(_UNSEEN + _USUALLY_OFF),
]
WIDE = {"viewport": {"width": 1280, "height": 800}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}


class Watch:
    """Collects what a page must not do: errors, failed answers, and requests to other hosts.

    Attributes
    ----------
    expected : list of str
        Parts of what may be said all the same, because the test breaks something.
    """

    def __init__(self, page, url):
        self.host, self.hosts, self.troubles, self.expected = urlsplit(url).netloc, set(), [], []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.troubles.append(f"uncaught error: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _said(self, message):
        if message.type == "error":
            self.troubles.append(f"console error: {message.text}")

    def _asked(self, request):
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss"):
            self.hosts.add(address.netloc)

    def _answered(self, response):
        if response.status >= 400:
            self.troubles.append(f"{response.status} for {response.url}")

    def check(self):
        """Fail if there was any trouble."""
        strangers = self.hosts - {self.host}
        assert not strangers, f"the page asked other hosts: {sorted(strangers)}"
        troubles = [
            trouble
            for trouble in self.troubles
            if not any(text in trouble for text in self.expected)
        ]
        assert not troubles, "\n".join(troubles)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A running ``neurolab app``."""
    running = lab_server(tmp_path_factory.mktemp("server"))
    try:
        yield running.wait_until_up()
    finally:
        running.stop()


@pytest.fixture(scope="session")
def browser():
    """Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    path = find_browser()
    assert path, MISSING
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def windows(browser):
    """Windows by their kind, shared by all tests: what a browser keeps of scripts need not be loaded each time."""
    kept = {}

    def window(kind):
        if str(kind) not in kept:
            kept[str(kind)] = browser.new_context(**kind)
        return kept[str(kind)]

    yield window
    for context in kept.values():
        context.close()


@pytest.fixture
def open_page(browser, server, windows):
    """A function that opens the lab in a fresh page of a kind; each page is checked and closed after the test.

    A page of another server gets a window of its own, in which nothing is kept from other tests.
    """
    opened = []

    def open_lab(kind=None, url=None):
        context = browser.new_context(**(kind or WIDE)) if url else windows(kind or WIDE)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watch = Watch(page, url or server.url)
        opened.append((context if url else page, page, watch))
        page.watch = watch
        page.goto(url or server.url)
        return page

    yield open_lab
    for own, page, _ in opened:
        # Leaving the page, unlike closing the browser on it, lets it end its kernel.
        page.goto("about:blank")
        own.close()
    for _, _, watch in opened:
        watch.check()


@pytest.fixture
def lab_page(open_page):
    """The lab at 1280 × 800."""
    return wait_for_lab(open_page(WIDE))


@pytest.fixture
def phone_page(open_page):
    """The lab on a phone: 390 × 844, touch."""
    return wait_for_lab(open_page(PHONE))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Show the server's log with a failed test."""
    outcome = yield
    report = outcome.get_result()
    running = getattr(item, "funcargs", {}).get("server")
    if report.failed and running is not None:
        report.sections.append(("log of neurolab app", running.log))
