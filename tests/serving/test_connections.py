"""Connections that stall, and those that are too many."""

import asyncio

import pytest
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from neurolab.serving import connections
from neurolab.serving.connections import BoundedServer

LARGE = 2**24  # bytes; more than fits into the sockets' buffers
ASK = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


class LargeHandler(RequestHandler):
    """Much to take."""

    def get(self):
        self.write(b"x" * LARGE)


@pytest.fixture
def serving():
    """Run ``use(server, connect)`` with a server that has a large answer."""
    def run(use):
        async def serve():
            listening, port = bind_unused_port()
            server = BoundedServer(Application([("/", LargeHandler)]))
            server.add_sockets([listening])
            opened = []

            async def connect(ask):
                line = await asyncio.open_connection("127.0.0.1", port, limit=1000)
                opened.append(line[1])
                line[1].write(ask)
                return line[0]

            try:
                return await use(server, connect)
            finally:
                for writer in opened:
                    writer.close()
                server.stop()

        return asyncio.run(asyncio.wait_for(serve(), 30))

    return run


async def until(check):
    while not check():
        await asyncio.sleep(0.01)


async def is_cut_off(reader):
    try:
        return await reader.read(1) == b""
    except ConnectionError:
        return True


def test_an_answer_that_nobody_takes_is_dropped_and_one_that_is_taken_slowly_is_not(serving):
    async def use(server, connect):
        await connect(ASK)
        slow = await connect(ASK)
        await until(lambda: sum(each.stream.writing() for each in server._connections) == 2)
        server.cut_off_stalled()
        assert len(server._connections) == 2
        taken = 0
        while taken < 0.75 * LARGE:  # so much that the server has to go on sending
            taken += len(await slow.read(2**16))
        moved = server._stalled._seen
        await until(lambda: any(each._total_write_done_index != done for each, (done, _) in moved.items()))
        server.cut_off_stalled()
        await until(lambda: len(server._connections) == 1)

    serving(use)


def test_who_does_not_send_what_was_announced_is_cut_off(serving, monkeypatch):
    monkeypatch.setattr(connections, "_BODY", 0.1)

    async def use(server, connect):
        stalled = await connect(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n")
        while await stalled.read(1000):
            pass
        await until(lambda: not server._connections)

    serving(use)


def test_beyond_the_most_connections_a_new_one_is_closed_and_the_others_are_served(serving, monkeypatch):
    monkeypatch.setattr(connections, "_most_connections", lambda: 2)

    async def use(server, connect):
        first, second = [await connect(b"") for _ in range(2)]
        await until(lambda: len(server._connections) == 2)
        assert await is_cut_off(await connect(ASK))
        assert len(server._connections) == 2
        assert not first.at_eof()
        assert not second.at_eof()

    serving(use)
