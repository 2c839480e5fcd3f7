"""``neurolab serve`` in a real browser: in the frame of a course's page, in two tabs, and when no place is left."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ..serving.running import TOKEN, class_server
from .waiting import wait_for_change, wait_for_lab

CURVE, SLIDER = ".nl-figure g.curve path.line", ".nl-parameters .noUi-handle"


class Quiet(SimpleHTTPRequestHandler):
    """Files, without a line for each."""

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture
def course(tmp_path):
    """A function that serves a page on a port of its own and returns its origin."""
    servers = []

    def start():
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path)))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def turn(frame):
    """Turn a slider, and wait for the curves that follow."""

    def curves():
        return [curve.get_attribute("d") for curve in frame.locator(CURVE).all()]

    before = curves()
    frame.locator(SLIDER).first.press("ArrowRight")
    wait_for_change(curves, before)


def test_a_class_is_framed_by_whom_it_allows_and_opens_in_as_many_tabs_as_there_are_places(
    browser, tmp_path, course
):
    allowed, other = course(), course()
    running = class_server(
        tmp_path, "--sessions", "2", "--allow-embed", allowed, token=TOKEN
    ).wait_until_up()
    try:
        lab = f"{running.root}?token={TOKEN}"
        (tmp_path / "index.html").write_text(
            f'<iframe src="{lab}" width="1200" height="700"></iframe>'
        )
        context = browser.new_context()
        page = context.new_page()
        page.goto(other)
        assert page.frame_locator("iframe").locator(".neurolab-lab").count() == 0

        page.goto(allowed)
        framed = page.frame_locator("iframe")
        framed.locator(SLIDER).first.wait_for(state="attached")
        turn(framed)

        tab = context.new_page()
        tab.goto(lab)
        wait_for_lab(tab)
        assert TOKEN not in tab.url
        turn(tab)
        turn(framed)

        late = context.new_page()
        late.goto(running.root)
        late.get_by_text("All places in the lab are taken").wait_for()
        assert late.evaluate("document.documentElement.scrollWidth <= innerWidth")
        context.close()
    finally:
        running.stop()
