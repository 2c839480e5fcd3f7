"""Connections that stall, and those that are too many."""

import asyncio
import gzip
import socket
import tracemalloc
from contextlib import suppress
from types import SimpleNamespace

import pytest
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from neurolab.serving.web import http_connections
from neurolab.serving.web.assets import AssetHandler, Assets
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

    def run(use, more=()):
        async def serve():
            listening, port = bind_unused_port()
            server = BoundedServer(Application([("/", LargeHandler), *more]))
            server.add_sockets([listening])
            opened = []

            async def connect(ask, source="127.0.0.1"):
                line = await asyncio.open_connection(
                    "127.0.0.1", port, limit=1000, local_addr=(source, 0)
                )
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


async def breaks_off(reader):
    """Whether an answer ends before its end."""
    taken = 0
    with suppress(ConnectionError):
        while part := await reader.read(2**16):
            taken += len(part)
    return taken < LARGE


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
        await until(
            lambda: any(each._total_write_done_index != done for each, (done, _) in moved.items())
        )
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


def test_beyond_the_most_connections_one_that_asks_for_nothing_makes_room_and_else_the_longest_request(
    serving, monkeypatch
):
    monkeypatch.setattr(http_connections, "_most_connections", lambda _: 4)

    async def use(server, connect):
        asking = await connect(ASK)
        await until(lambda: any(each.writing() for each in server._clients))
        silent = await connect(b"GET / HTTP/1.1\r\n")
        await until(
            lambda: len(server._clients) == 2
        )  # half of four: as many as one address may have
        newcomer = await connect(ASK)
        assert await newcomer.read(8) == b"HTTP/1.1"
        assert await is_cut_off(silent)
        assert await asking.read(8) == b"HTTP/1.1"
        assert len(server._clients) == 2
        late = await connect(ASK)  # both others have their answers to take
        assert await late.read(8) == b"HTTP/1.1"
        assert await breaks_off(asking)
        assert len(server._clients) == 2

    serving(use)


def test_a_new_connection_that_asks_for_nothing_is_cut_off_soon_and_one_that_has_asked_is_kept(
    serving, monkeypatch
):
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
    monkeypatch.setattr(http_connections, "_most_connections", lambda _: 3)
    monkeypatch.setattr(http_connections, "_OWN", 1)
    ended = []

    class Numbered:
        socket = SimpleNamespace(family=None)

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


def test_requests_that_two_addresses_leave_unfinished_do_not_keep_a_third_out(serving, monkeypatch):
    monkeypatch.setattr(http_connections, "_most_connections", lambda _: 8)

    async def use(server, connect):
        begun = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4000\r\n\r\n"
        for _ in range(4):
            await connect(begun, "127.0.0.2")
            await connect(begun, "127.0.0.3")
        await until(lambda: len(server._asking) == 8)
        for _ in range(3):
            newcomer = await connect(b"GET /none HTTP/1.1\r\nHost: a\r\n\r\n", "127.0.0.4")
            assert await newcomer.read(12) == b"HTTP/1.1 404"
        assert len(server._clients) == 8

    serving(use)


@pytest.mark.parametrize(("labs", "most"), [(1, 416), (60, 1360), (1000, 4000), (0, 4000)])
def test_there_are_as_many_connections_as_the_labs_need(monkeypatch, labs, most):
    monkeypatch.setattr(http_connections, "most_files", lambda: 2**20)
    assert http_connections._most_connections(labs) == most


def test_a_request_whose_header_or_body_is_too_large_is_not_read(serving):
    async def use(server, connect):
        for ask in (
            b"GET / HTTP/1.1\r\nX: " + b"x" * 40_000,
            b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n"
            + b"x" * 5000
            + b"\r\n",
        ):
            refused = await connect(ask)
            assert (await refused.read(12)) in (b"", b"HTTP/1.1 400")
        await until(lambda: not server._connections)

    serving(use)


class PlainAssets(AssetHandler):
    """Files for anybody."""

    def prepare(self):
        """Ask for nothing."""

    def set_default_headers(self):
        """Set none."""


def test_a_file_that_many_ask_for_and_nobody_takes_is_in_memory_once(serving, tmp_path):
    (tmp_path / "large.svg").write_bytes(bytes(range(256)) * 2**15)
    assets = Assets([tmp_path])
    size = len(assets.get("large.svg")[0])

    async def use(server, connect):
        tracemalloc.start()
        for _ in range(20):
            await connect(b"GET /large.svg HTTP/1.1\r\nHost: a\r\n\r\n")
        await until(lambda: sum(each.stream.writing() for each in server._connections) == 20)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < size

    serving(use, [("/(v)?(large.svg)", PlainAssets, {"assets": assets})])


def test_a_file_is_sent_whole_and_not_again_if_the_browser_has_it(serving, tmp_path):
    (tmp_path / "a.css").write_bytes(b"x" * 100_000)
    assets = Assets([tmp_path])

    async def ask(connect, *headers):
        text = "\r\n".join(
            ("GET /a.css HTTP/1.1", "Host: a", "Connection: close", *headers, "", "")
        )
        reader = await connect(text.encode())
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        lines = head.decode().splitlines()
        return lines[0].split()[1], dict(line.split(": ", 1) for line in lines[1:]), body

    async def use(server, connect):
        status, headers, body = await ask(connect)
        assert (status, body) == ("200", b"x" * 100_000)
        assert headers["Content-Length"] == "100000"
        status, again, body = await ask(connect, f"If-None-Match: {headers['Etag']}")
        assert (status, body) == ("304", b"")
        status, packed, body = await ask(connect, "Accept-Encoding: gzip")
        assert gzip.decompress(body) == b"x" * 100_000
        assert packed["Etag"] != headers["Etag"]

    serving(use, [("/(v)?(a.css)", PlainAssets, {"assets": assets})])


@pytest.mark.skipif(not hasattr(socket, "TCP_NOTSENT_LOWAT"), reason="this system cannot be told")
def test_the_system_is_told_to_hold_little_of_what_nobody_takes(serving):
    async def use(server, connect):
        await connect(ASK)
        await until(lambda: server._clients)
        [stream] = server._clients
        assert (
            stream.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT)
            == http_connections._UNSENT
        )

    serving(use)
