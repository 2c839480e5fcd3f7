"""``make load``: a class opens the lab at once, edits it, and leaves; beside the same with a stock Voila."""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from tests.benchmarks.classroom import (
    edit_together,
    leave_together,
    open_together,
    ours,
    own_memory,
    processes,
    stock,
)
from tests.benchmarks.report import FOLDER, add, table

PREHEATED = ("--preheat_kernel=True", "--pool_size=5")
EDIT_SECONDS = 15


async def visit(running, count):
    """What a class of this size meets on a server."""
    before = len(processes(running))
    clients, opened = map(list, await open_together(running.root, count))
    memory = own_memory(running)
    latencies, lost = await edit_together(clients, EDIT_SECONDS)
    await leave_together(clients)
    end = time.monotonic() + 20
    while len(processes(running)) > before and time.monotonic() < end:
        await asyncio.sleep(0.5)
    return {
        "opened": sorted(opened),
        "memory": memory,
        "latencies": np.array(latencies) * 1e3,
        "lost": lost,
        "left": max(0, len(processes(running)) - before),
    }


def row(name, count, seen):
    middle, late = (
        np.percentile(seen["latencies"], [50, 95]) if len(seen["latencies"]) else (np.nan, np.nan)
    )
    return (
        name,
        count,
        f"{np.median(seen['opened']):.1f}",
        f"{seen['opened'][-1]:.1f}",
        f"{seen['memory']:.0f}",
        f"{middle:.0f}",
        f"{late:.0f}",
        f"{seen['lost']} of {seen['lost'] + len(seen['latencies'])}",
        seen["left"],
    )


def draw(found):
    """After how long labs were open, and how long edits took, as shares of the class."""
    figure = Figure(figsize=(11, 3.8), layout="constrained")
    opening, editing = figure.subplots(1, 2)
    for (name, count), seen in found.items():
        label = f"{name}, {count}"
        opening.step(seen["opened"], np.arange(1, count + 1) / count, where="post", label=label)
        editing.step(
            np.sort(seen["latencies"]),
            np.linspace(0, 1, len(seen["latencies"])),
            where="post",
            label=label,
        )
    opening.set(
        xlabel="seconds after all asked", ylabel="share of labs that are open", xscale="log"
    )
    editing.set(xlabel="ms from edit to new trace", ylabel="share of edits", xscale="log")
    for axes in (opening, editing):
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter("{x:g}")
        axes.xaxis.set_minor_locator(NullLocator())
    opening.legend(frameon=False)
    FOLDER.mkdir(exist_ok=True)
    figure.savefig(FOLDER / "load.png", dpi=150)


def main():
    """Measure, and add a section to the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--class-size", type=int, default=60, help="labs that are opened at once on our server"
    )
    parser.add_argument(
        "--beside",
        type=int,
        default=20,
        help="labs that are opened at once on each server, to compare",
    )
    asked = parser.parse_args()
    servers = {
        "neurolab serve": (ours, ()),
        "Voila, preheated": (stock, PREHEATED),
        "Voila": (stock, ()),
    }
    plan = [("neurolab serve", asked.class_size), *((name, asked.beside) for name in servers)]
    found = {}
    for name, count in plan:
        start, options = servers[name]
        with (
            tempfile.TemporaryDirectory() as directory,
            start(Path(directory), *options) as running,
        ):
            found[name, count] = asyncio.run(visit(running, count))
        print(row(name, count, found[name, count]), flush=True)
    draw(found)
    add(
        "5 load",
        "A class on one server",
        [
            *table(
                (
                    "",
                    "labs at once",
                    "half open after (s)",
                    "all open after (s)",
                    "MiB of each alone",
                    "edit → trace, median (ms)",
                    "95 % (ms)",
                    "lost edits",
                    "processes left",
                ),
                [row(name, count, seen) for (name, count), seen in found.items()],
            ),
            "",
            "One edit a second in each lab, for 15 s. Pages without a browser, which needs one to two seconds of its own "
            "machine: they share the processors with the server here. A stock Voila keeps the labs of pages that are closed.",
        ],
        short=True,
    )
    add("6 load as shares", "The same as shares of the class", ["![](load.png)"])


if __name__ == "__main__":
    main()
