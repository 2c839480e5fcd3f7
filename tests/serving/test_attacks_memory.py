"""Pages that ask for much and take nothing, or begin large messages and do not end them: what the server holds is bounded."""

import asyncio
import contextlib
import time

import psutil
import pytest

from neurolab.serving.web import backlog

from .client import LabClient, packed
from .conftest import health, still_works
from .raw import RawLine
from .running import class_server, metrics

MIB = 2**20
LINES = 3
# Beside what is held as such: what is on its way from the kernels, and what the heap does not give back at once.
SLACK = 100 * MIB


class Watch:
    """The most memory that a server's own process has, and how long it takes to say that it is well."""

    def __init__(self, server, run, client):
        self._process, self._run, self._client = psutil.Process(server.process.pid), run, client
        self.before = self.most = self._process.memory_info().rss
        self.slowest = 0

    def watch(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.slowest = max(self.slowest, self._run(health(self._client), 30))
            self.most = max(self.most, self._process.memory_info().rss)
            time.sleep(0.05)

    @property
    def grown(self):
        return self.most - self.before


async def open_labs(server, count):
    return await asyncio.gather(*(LabClient(server.root).open() for _ in range(count)))


async def open_and_listen(server):
    client = await LabClient(server.root).open()
    client.listen()
    return client


def ask_without_reading(lab):
    """Lines that ask for the state of everything fifty times each, and take none of it."""
    lines = [RawLine(lab, receives=4096) for _ in range(LINES - 1)]
    for line in lines:
        line.send(
            packed(
                "comm_open", {"comm_id": "all", "target_name": "jupyter.widget.control", "data": {}}
            )
        )
        for _ in range(50):
            line.send_anyway(
                packed("comm_msg", {"comm_id": "all", "data": {"method": "request_states"}})
            )
    return lines


def begin_a_large_message(lab):
    """Lines that send all but the end of the largest message there may be."""
    lines = [RawLine(lab) for _ in range(LINES - 1)]
    for line in lines:
        line.socket.settimeout(2)
        with contextlib.suppress(OSError):  # cut off, or not read any more
            line.send(bytes(7 * MIB), announced=8 * MIB - 100)
    return lines


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = class_server(tmp_path_factory.mktemp("memory"), "--sessions", "8")
    try:
        yield running.wait_until_up()
    finally:
        running.stop()


@pytest.mark.parametrize("attack", [ask_without_reading, begin_a_large_message])
def test_six_labs_whose_lines_take_nothing_or_end_nothing_do_not_take_the_servers_memory(
    run, server, attack
):
    assert_memory_is_bounded(run, server, attack, labs=6, seconds=4)


@pytest.mark.soak
@pytest.mark.parametrize("attack", [ask_without_reading, begin_a_large_message])
def test_sixty_labs_whose_lines_take_nothing_or_end_nothing_fit_into_two_gibibytes(
    run, tmp_path, attack
):
    running = class_server(tmp_path, "--sessions", "61").wait_until_up()
    try:
        assert_memory_is_bounded(run, running, attack, labs=60, seconds=60)
    finally:
        running.stop()


def assert_memory_is_bounded(run, server, attack, labs, seconds):
    neighbour = run(open_and_listen(server), 60)
    attackers = run(open_labs(server, labs), 120)
    watch = Watch(server, run, neighbour)
    lines = []
    try:
        for lab in attackers:
            lines += attack(lab)
        watch.watch(seconds)
        print(f"grown by {watch.grown / MIB:.0f} MiB, slowest answer {watch.slowest:.2f} s")
        assert watch.grown < backlog.MOST + SLACK
        assert watch.slowest < 5
        assert run(still_works(neighbour), 30) < 5
    finally:
        for line in lines:
            line.close()
        for lab in [*attackers, neighbour]:
            run(lab.close())
    assert metrics(server.root)["neurolab_errors_total"] == 0, server.log[-4000:]
