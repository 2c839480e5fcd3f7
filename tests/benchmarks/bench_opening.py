"""From the address to the first curve and to the live lab, in browsers that have seen neither; beside a stock Voila."""

import time

import numpy as np

from tests.benchmarks.classroom import ours, stock, wait_until_rested
from tests.benchmarks.report import add, table
from tests.browser.conftest import WIDE
from tests.browser.waiting import wait_for_lab

ROUNDS = 6
CURVE = ".neurolab-preview .nlp-plot path, .neurolab-lab g.curve path"


def opening(browser, running):
    """Seconds to the first curve and to the live lab, on a warm server that has nothing else to do."""
    wait_until_rested(running)
    context = browser.new_context(**WIDE)
    page, began = context.new_page(), time.perf_counter()
    page.goto(running.root, wait_until="commit", timeout=120_000)
    page.wait_for_selector(CURVE, state="attached")
    seen = time.perf_counter() - began
    wait_for_lab(page)
    live = time.perf_counter() - began
    page.goto("about:blank")
    context.close()
    return seen, live


def test_curves_are_seen_sooner_than_on_a_stock_voila_and_the_lab_lives_no_later(browser, tmp_path):
    with ours(tmp_path) as own, stock(tmp_path, "--preheat_kernel=True", "--pool_size=1") as other:
        found = {
            name: np.array([opening(browser, running) for _ in range(ROUNDS)])
            for name, running in (("neurolab serve", own), ("Voila, preheated", other))
        }
    add(
        "7 opening",
        "A new browser on a warm server (s)",
        table(
            ("", "first curve", "live", "live, slowest"),
            [
                (
                    name,
                    f"{np.median(times[:, 0]):.2f}",
                    f"{np.median(times[:, 1]):.1f}",
                    f"{times[:, 1].max():.1f}",
                )
                for name, times in found.items()
            ],
        ),
        short=True,
    )
    mine, others = (np.median(times, axis=0) for times in found.values())
    assert mine[0] < others[0] / 2
    assert mine[1] < 1.25 * others[1]
