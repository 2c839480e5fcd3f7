"""Servers with a class in them, and what they cost."""

import asyncio
import time
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.browser.server import Server, command_line, free_port
from tests.serving.client import LabClient
from tests.serving.running import class_server

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "lab.ipynb"


@contextmanager
def ours(directory):
    """``neurolab serve``, for as many as come."""
    running = class_server(directory)
    try:
        running.wait_until_up()
        wait_until_rested(running)
        yield running
    finally:
        running.stop()


@contextmanager
def stock(directory, *options, notebook=NOTEBOOK):
    """Voila as it comes, on the lab's notebook or another one."""
    port = free_port()
    root = f"http://127.0.0.1:{port}/"
    running = Server(
        [
            "voila",
            str(notebook),
            "--no-browser",
            "--port",
            str(port),
            "--Voila.ip=127.0.0.1",
            *options,
        ],
        f"{root}voila/static/voila.js",
        directory / f"voila-{port}.log",
    )
    running.root = root
    try:
        running.wait_until_up()
        wait_until_rested(running)
        yield running
    finally:
        running.stop()


def processes(running):
    """Those of the server that hold a lab, or wait for one to hold."""
    found = psutil.Process(running.process.pid).children(recursive=True)
    parents = {each.ppid() for each in found}
    return [
        each
        for each in found
        if each.pid not in parents and "multiprocessing" not in command_line(each)
    ]


def own_memory(running):
    """MiB that each lab has for itself, on average."""
    taken = [each.memory_full_info().uss for each in processes(running)]
    return sum(taken) / len(taken) / 2**20


def whole_memory(running):
    """MiB of the server and all its processes together, each shared page once for each 1/n of it."""
    server = psutil.Process(running.process.pid)
    return (
        sum(each.memory_full_info().pss for each in [server, *server.children(recursive=True)])
        / 2**20
    )


def wait_until_rested(running, seconds=60):
    """Wait until the server's processes have nothing to do: what is to wait for the first page then waits."""
    end, before = time.monotonic() + seconds, -1.0
    while time.monotonic() < end:
        spent = sum(
            sum(each.cpu_times()[:2])
            for each in [
                psutil.Process(running.process.pid),
                *psutil.Process(running.process.pid).children(recursive=True),
            ]
        )
        if spent - before < 0.05 and processes(running):
            return
        before = spent
        time.sleep(1)


async def open_together(root, count):
    """Open labs, all at once; the clients, and after how many seconds each was open."""
    began = time.perf_counter()

    async def one():
        client = await LabClient(root).open()
        return client, time.perf_counter() - began

    return zip(*await asyncio.gather(*(one() for _ in range(count))))


async def edit_together(clients, seconds):
    """One edit a second in each lab: seconds from each to new data of a trace, and how many brought none."""
    latencies, lost = [], 0

    async def student(place, client):
        nonlocal lost
        tau = client.find(description="tau_a (ms)")
        await asyncio.sleep(place / len(clients))
        end = time.perf_counter() + seconds
        while (now := time.perf_counter()) < end:
            try:
                latencies.append(
                    await client.edit(
                        tau, seconds=10, value=10 ** (0.02 * (1 + len(latencies) % 40))
                    )
                )
            except (AssertionError, TimeoutError, ConnectionError):
                lost += 1
            await asyncio.sleep(max(0.0, 1 - (time.perf_counter() - now)))

    await asyncio.gather(*(student(place, client) for place, client in enumerate(clients)))
    return latencies, lost


async def leave_together(clients):
    """Close all pages."""
    await asyncio.gather(*(client.close() for client in clients))
