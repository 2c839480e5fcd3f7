"""``make soak``: labs that are opened, edited and left, one after the other; the server is then as it was at the start."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.classroom import edit_together, leave_together, open_together, ours, processes, whole_memory
from tests.benchmarks.report import add, table

AT_ONCE = 10
GROWTH = 30  # MiB; what a server may keep, whoever came


async def visits(running, count):
    """Let so many labs come and go, a few at a time."""
    for _ in range(count // AT_ONCE):
        clients, _ = map(list, await open_together(running.root, AT_ONCE))
        await edit_together(clients, 1)
        await leave_together(clients)


def rested(running, wanted, seconds=30):
    """Processes and memory once no more than those that are wanted are left, or time is over."""
    end = time.monotonic() + seconds
    while len(processes(running)) > wanted and time.monotonic() < end:
        time.sleep(0.5)
    time.sleep(2)
    return len(processes(running)), whole_memory(running)


def main():
    """Measure; exit with 1 where something was left behind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labs", type=int, default=300)
    labs = parser.parse_args().labs
    with tempfile.TemporaryDirectory() as directory, ours(Path(directory)) as running:
        asyncio.run(visits(running, AT_ONCE))  # what is made once and kept is made now
        before = rested(running, 1)
        asyncio.run(visits(running, labs))
        after = rested(running, before[0])
    add("8 soak", f"{labs} labs in turn", table(
        ("", "processes", "MiB in all"), [("before", before[0], f"{before[1]:.0f}"), ("after", after[0], f"{after[1]:.0f}")]))
    if after[0] > before[0] or after[1] - before[1] > GROWTH:
        sys.exit("The server is not as it was.")


if __name__ == "__main__":
    main()
