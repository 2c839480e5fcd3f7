"""A class in which everybody runs the network of 4000 neurons at once, and pages that are closed while it runs."""

import asyncio
import time

import psutil
import pytest

from neurolab.serving.kernels.forking import CAN_FORK

from ..browser.waiting import wait_until
from .client import LabClient
from .running import class_server, impatient_server, metrics

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not CAN_FORK, reason="kernels are forked on Linux only"),
]
CLASS = 60
ROUNDS = 3
LONG = 4000  # ms; nearly the longest run of this network that a page may ask for
PATIENCE = 600  # seconds for one run of everybody, on a machine that does other things as well


async def choose_network(client):
    """Start from the network of 4000 neurons, and wait for its traces."""
    preset = client.find(description="start from")
    labels = client.widgets[preset]["_options_labels"]
    await set_state(client, preset, index=labels.index("Balanced network"))
    await traces(client)


async def type_duration(client, milliseconds):
    """Type another duration, which runs the network again."""
    field = next(
        key
        for key, state in client.widgets.items()
        if state.get("tooltip") == "duration (ms), typed"
    )
    await set_state(client, field, value=str(milliseconds))


async def set_state(client, widget, **state):
    await client.send(
        "comm_msg",
        {"comm_id": widget, "data": {"method": "update", "state": state, "buffer_paths": []}},
    )


async def traces(client):
    """Wait until the page is sent the traces of a run, which are the only large data."""
    while sum(map(len, (await client.receive(PATIENCE)).buffers)) < 30_000:
        pass


async def progress(client):
    """Wait until the page is told that a run is under way."""
    while (await client.receive(PATIENCE)).data.get("state", {}).get("fraction", -1) < 0:
        pass


async def run_again(client, milliseconds):
    await type_duration(client, milliseconds)
    await traces(client)


async def watch_health(client, delays):
    """Ask for the server's health twice a second, and note how long each answer takes."""
    while True:
        began = time.perf_counter()
        answer = await client.http.fetch(f"{client.url}health", request_timeout=60)
        assert b'"status": "ok"' in answer.body
        delays.append(time.perf_counter() - began)
        await asyncio.sleep(0.5)


async def everybody_runs(root, delays, memory):
    clients = [LabClient(root) for _ in range(CLASS)]
    await asyncio.gather(*(client.open() for client in clients))
    for client in clients:
        client.listen()
    health = asyncio.ensure_future(watch_health(clients[0], delays))
    await asyncio.gather(*(choose_network(client) for client in clients))
    for number in range(ROUNDS):
        await asyncio.gather(*(run_again(client, 400 + number) for client in clients))
        memory.append(metrics(root)["neurolab_memory_bytes"] / 2**20)
    assert not health.done()
    health.cancel()
    assert all(client.line.close_code is None for client in clients)
    await asyncio.gather(*(client.close() for client in clients))


def test_sixty_labs_run_the_large_network_at_once_and_none_is_taken_for_stuck(run, tmp_path):
    running = class_server(tmp_path).wait_until_up()
    delays, memory = [], []
    try:
        began = time.monotonic()
        run(everybody_runs(running.root, delays, memory), 4 * PATIENCE)
        print(
            f"{ROUNDS + 1} runs of {CLASS} labs in {time.monotonic() - began:.0f} s; /health within {max(delays):.2f} s "
            f"(median {sorted(delays)[len(delays) // 2]:.3f}); {max(memory):.0f} MiB in all labs"
        )
        assert "interrupted" not in running.log
        assert '"event": "ended: ' not in running.log
        assert max(delays) < 60
    finally:
        running.stop()


@pytest.mark.parametrize("word", [True, False], ids=["with a word", "without a word"])
def test_a_page_that_is_closed_during_a_long_run_ends_its_lab_soon(run, tmp_path, word):
    running = impatient_server(tmp_path, "lab", return_seconds=3).wait_until_up()
    client = LabClient(running.root)
    try:
        run(client.open(), 60)
        run(choose_network(client), PATIENCE)
        kernel = running.kernel_named(client.kernel_id)
        run(type_duration(client, LONG))
        run(progress(client), PATIENCE)
        if word:
            run(client.close())
        else:
            client.line.close()
        wait_until(lambda: not kernel.is_running() or kernel.status() == psutil.STATUS_ZOMBIE)
        wait_until(lambda: metrics(running.root)["neurolab_sessions"] == 0)
    finally:
        running.stop()
