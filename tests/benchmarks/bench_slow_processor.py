"""From the address to the live lab on a slow processor, beside a page of two sliders and two lines.

Chromium slows its pages down so many times; four times is what Lighthouse takes for a phone of
the middle class. The other page is the least that Voila can show with the same libraries.
"""

import time

import nbformat
import numpy as np

from tests.benchmarks.classroom import ours, stock, wait_until_rested
from tests.benchmarks.report import add, table
from tests.browser.conftest import WIDE
from tests.browser.throttle import slow_down
from tests.browser.waiting import CURVE

ROUNDS = 3
SLOWER = (1, 4, 6)
BARE = """
import bqplot
import ipywidgets
import numpy as np

x = np.linspace(0, 10, 101)
scales = {"x": bqplot.LinearScale(), "y": bqplot.LinearScale()}
lines = [bqplot.Lines(x=x, y=np.exp(-x / tau), scales=scales) for tau in (1, 10)]
axes = [bqplot.Axis(scale=scales["x"]), bqplot.Axis(scale=scales["y"], orientation="vertical")]
sliders = [ipywidgets.FloatSlider(description=name) for name in ("tau_a", "tau_b")]
ipywidgets.VBox([bqplot.Figure(marks=lines, axes=axes), *sliders])
"""
PREHEATED = ("--preheat_kernel=True", "--pool_size=1")


def opening(browser, running, times, *parts):
    """Return the seconds until all parts are on the page."""
    wait_until_rested(running)
    context = browser.new_context(**WIDE)
    page = context.new_page()
    page.set_default_timeout(300_000)
    slow_down(page, times)
    began = time.perf_counter()
    page.goto(running.root, wait_until="commit")
    for selector, state in parts:
        page.wait_for_selector(selector, state=state)
    seconds = time.perf_counter() - began
    slow_down(page, 1)
    page.goto("about:blank")
    context.close()
    return seconds


def test_on_a_slow_processor_the_lab_is_live_in_half_the_time_of_a_bare_page(browser, tmp_path):
    notebook = tmp_path / "bare.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(BARE)]), notebook)
    bare = [("g.curve path.line[d]", "attached"), (".noUi-handle >> nth=1", "attached")]
    lab = [(CURVE, "attached"), ("#neurolab-status", "hidden")]
    measured = {}
    with ours(tmp_path) as own, stock(tmp_path, *PREHEATED, notebook=notebook) as other:
        for times in SLOWER:
            for name, running, parts in (("lab", own, lab), ("bare", other, bare)):
                measured[name, times] = np.median(
                    [opening(browser, running, times, *parts) for _ in range(ROUNDS)]
                )
    add(
        "7 slow processor",
        "A new browser on a slower processor, seconds until the page is live",
        table(
            ("processor", "neurolab serve", "two sliders and two lines in Voila", "ratio"),
            [
                (
                    f"{times} times slower" if times > 1 else "as it is",
                    f"{measured['lab', times]:.1f}",
                    f"{measured['bare', times]:.1f}",
                    f"{measured['lab', times] / measured['bare', times]:.2f}",
                )
                for times in SLOWER
            ],
        ),
        short=True,
    )
    for times in (4, 6):
        assert measured["lab", times] < 0.5 * measured["bare", times]
