"""A served class: one who attacks, and a neighbour who must not notice."""

import asyncio
import json
import threading
import time

import pytest

from ..browser.waiting import patient
from .client import LabClient
from .running import class_server


@pytest.fixture(scope="session")
def run():
    """Runs a coroutine to its end; all of them on one loop, on which the pages' lines live.

    In a thread of its own: a browser of other tests has a loop in this one.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield lambda coroutine, seconds=60: asyncio.run_coroutine_threadsafe(coroutine, loop).result(
        patient(seconds)
    )
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """``neurolab serve``."""
    running = class_server(tmp_path_factory.mktemp("serve"))
    try:
        yield running.wait_until_up()
    finally:
        running.stop()


@pytest.fixture(scope="session")
def open_lab(run, server):
    """A function that opens a lab as a page does."""
    opened = []

    async def page():
        client = LabClient(server.root)
        opened.append(client)
        await client.open()
        client.listen()
        return client

    yield lambda: run(page())
    for client in opened:
        run(client.close())


@pytest.fixture(scope="session")
def neighbour(open_lab):
    """Somebody else's lab."""
    return open_lab()


@pytest.fixture(scope="session")
def page(open_lab, neighbour):
    """The lab of one who attacks."""
    return open_lab()


@pytest.fixture
def unharmed(run, neighbour):
    """After the test, the server answers soon, and the neighbour still works."""
    yield
    assert run(health(neighbour)) < patient(5)
    assert run(still_works(neighbour)) < patient(5)


async def health(client):
    """The seconds in which the server says that it is well."""
    began = time.perf_counter()
    answer = await client.http.fetch(f"{client.url}health")
    assert json.loads(answer.body)["status"] == "ok"
    return time.perf_counter() - began


async def still_works(client):
    """The seconds that an edit takes, which must reach the traces."""
    slider = client.find(_model_name="FloatLogSliderModel", description="tau_a (ms)")
    client.turned = 1 - getattr(client, "turned", 0)
    return await client.edit(slider, value=0.2 + 0.1 * client.turned)
