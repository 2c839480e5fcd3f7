"""From a key on a slider to the changed trace in the browser, beside a bare slider → label echo in the same page."""

import statistics

import pytest

from tests.browser.conftest import WIDE, browser, open_page  # noqa: F401
from tests.browser.server import Server, free_port
from tests.browser.waiting import wait_for_lab

KEYS = 60
MEASURE = """
([handle, changed, attribute]) => {
  const target = document.querySelectorAll(changed);
  window.latencies = [];
  let pressed = null;
  document.querySelector(handle).addEventListener("keydown", () => { pressed = performance.now(); }, true);
  const observer = new MutationObserver(() => {
    if (pressed !== null) { window.latencies.push(performance.now() - pressed); pressed = null; }
  });
  for (const node of target) {
    observer.observe(node, attribute ? { attributes: true, attributeFilter: [attribute] }
                                     : { childList: true, characterData: true, subtree: true });
  }
}
"""


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    port = free_port()
    running = Server(["tests.benchmarks.echo_app", "app", "--no-browser", "--port", str(port)],
                     f"http://localhost:{port}/", tmp_path_factory.mktemp("server") / "log")
    try:
        yield running.wait_until_up()
    finally:
        running.stop()


def latencies(page, handle, changed, attribute=None):
    """Milliseconds from each key press to the change that it causes."""
    page.evaluate(MEASURE, [handle, changed, attribute])
    page.locator(handle).first.focus()
    for key in range(KEYS):
        page.keyboard.press("ArrowRight" if key % 20 < 10 else "ArrowLeft")
        page.wait_for_function("count => window.latencies.length >= count", arg=key + 1)
    return sorted(page.evaluate("window.latencies"))[: KEYS]


def test_a_key_redraws_the_trace_within_twice_the_time_of_a_bare_echo(open_page):  # noqa: F811
    page = wait_for_lab(open_page(WIDE))
    page.wait_for_selector(".echo-label")
    times = {"bare echo": latencies(page, ".echo-slider .noUi-handle", ".echo-label"),
             "trace": latencies(page, ".nl-parameters .noUi-handle", ".nl-figure path.line", "d")}
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, values in times.items():
        print(f"\nkey → {name}: median {medians[name]:.1f} ms, 95 % {values[int(0.95 * len(values))]:.1f} ms")
    assert medians["trace"] < 2 * medians["bare echo"]
