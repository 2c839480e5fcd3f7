"""``make soak``: labs that are opened, edited and left, one after the other; the server is then as it was at the start."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.classroom import (
    edit_together,
    leave_together,
    open_together,
    ours,
    processes,
    whole_memory,
)
from tests.benchmarks.report import add, table

AT_ONCE = 10
# MiB that a server may keep whoever came, and that the second half of the labs may add: what is free lies in pieces.
GROWTH, MORE = 15, 4
REST = 30  # seconds; some time after the last has left, the server gives back what it took


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
    time.sleep(REST)
    return len(processes(running)), whole_memory(running)


def main():
    """Measure; exit with 1 where something was left behind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labs", type=int, default=300)
    labs = parser.parse_args().labs
    with tempfile.TemporaryDirectory() as directory, ours(Path(directory)) as running:
        asyncio.run(visits(running, AT_ONCE))  # what is made once and kept is made now
        rows = [("before", *rested(running, 1))]
        for half in (1, 2):
            asyncio.run(visits(running, labs // 2))
            rows.append((f"after {half * labs // 2}", *rested(running, rows[0][1])))
    add(
        "8 soak",
        f"{labs} labs in turn",
        table(
            ("", "processes", "MiB in all"),
            [(when, count, f"{memory:.0f}") for when, count, memory in rows],
        ),
    )
    (_, processes_before, before), (_, _, middle), (_, processes_after, after) = rows
    if processes_after > processes_before or after - before > GROWTH or after - middle > MORE:
        sys.exit("The server is not as it was.")


if __name__ == "__main__":
    main()
