"""Connections that stall, and those that are too many."""

import asyncio

import pytest
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from neurolab.serving.web import http_connections
from neurolab.serving.web.http_connections import BoundedServer

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
    monkeypatch.setattr(http_connections, "_BODY", 0.1)

    async def use(server, connect):
        stalled = await connect(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n")
        while await stalled.read(1000):
            pass
        await until(lambda: not server._connections)

    serving(use)


def test_beyond_the_most_connections_the_one_that_has_asked_for_nothing_for_longest_makes_room(serving, monkeypatch):
    monkeypatch.setattr(http_connections, "_most_connections", lambda: 4)

    async def use(server, connect):
        asking = await connect(ASK)
        await until(lambda: any(each.writing() for each in server._clients))
        silent = await connect(b"GET / HTTP/1.1\r\n")
        await until(lambda: len(server._clients) == 2)  # half of four: as many as one address may have
        newcomer = await connect(ASK)
        assert await newcomer.read(8) == b"HTTP/1.1"
        assert await is_cut_off(silent)
        assert await asking.read(8) == b"HTTP/1.1"
        assert len(server._clients) == 2
        assert await is_cut_off(await connect(ASK))  # both others have their answers to take

    serving(use)


def test_a_new_connection_that_asks_for_nothing_is_cut_off_soon_and_one_that_has_asked_is_kept(serving, monkeypatch):
    monkeypatch.setattr(http_connections, "_FIRST", 0.05)

    async def use(server, connect):
        silent = await connect(b"GET / HTTP/1.1\r\n")
        asked = await connect(b"GET /none HTTP/1.1\r\nHost: a\r\n\r\n")
        assert await asked.read(12) == b"HTTP/1.1 404"
        await until(lambda: len(server._waiting) == 2)
        await asyncio.sleep(0.1)
        server.cut_off_silent()
        assert await is_cut_off(silent)
        assert len(server._clients) == 1

    serving(use)


def test_an_address_that_has_most_connections_loses_one_to_a_newcomer_from_another(monkeypatch):
    monkeypatch.setattr(http_connections, "_most_connections", lambda: 3)
    monkeypatch.setattr(http_connections, "_OWN", 1)
    ended = []

    class Numbered:
        def __init__(self, number):
            self._number = number

        def close(self):
            ended.append(self._number)

    async def use():
        server = BoundedServer(Application([]))
        monkeypatch.setattr(http_connections.HTTPServer, "handle_stream", lambda *_: None)
        for number, address in enumerate(("2001:db8::1", "2001:db8::2", "192.0.2.1", "192.0.2.9")):
            server.handle_stream(Numbered(number), (address, 1))
        assert dict(server._counts) == {"2001:db8::/64": 1, "192.0.2.1": 1, "192.0.2.9": 1}
        server.stop()

    asyncio.run(use())
    assert ended == [0]
