"""The server's HTTP connections, with limits of their number and of the time without progress."""

import socket
import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.ioloop import PeriodicCallback
from tornado.iostream import IOStream
from tornado.web import Application

from ..open_files import FILES_OF_A_LAB, most_files
from .client_addresses import Network, client_of, is_within, read_address
from .stalling import Stalled

_SILENCE = 60  # seconds without a request, or without reading an answer
_FIRST = 10  # seconds within which a new connection must send a request
_BETWEEN = 2  # seconds between two checks of new connections
_BODY = 10  # seconds within which the body of a request must arrive
_LARGEST_BODY = 2**12  # bytes; the messages of a page go through its websocket
_LARGEST_HEADER = 2**15  # bytes
_PIECE = 2**14  # bytes that are read at once
_UNSENT = 2**16  # bytes of an answer in the system's buffer, which could take megabytes
_MOST = 4000  # connections; websockets do not count
_FOR_ALL = 400  # connections beside those for labs
_FOR_LAB = 16  # connections; a page has up to six while it loads
_OWN = 0.5  # the share of one address; a whole class can have one
_SHARE = 0.4  # of the open files; the labs use the others


class BoundedServer(HTTPServer):
    """An HTTP server whose connections cannot exhaust the machine or block others.

    If there are too many connections, in all or from one address, a new one replaces another: the
    one that has been without a request for the longest time, or else the one whose request has
    taken longest.

    Parameters
    ----------
    application : tornado.web.Application
    trusted : iterable of ipaddress.IPv4Network or ipaddress.IPv6Network
        Addresses of proxies, which may have all connections.
    most_labs : int
        The largest number of open labs; 0 for no limit.
    """

    def initialize(  # type: ignore[override]  # other options than tornado's
        self, application: Application, trusted: Iterable[Network] = (), most_labs: int = 0
    ) -> None:
        """Set the limits, and start to check the connections."""
        super().initialize(
            application,
            max_body_size=_LARGEST_BODY,
            max_header_size=_LARGEST_HEADER,
            chunk_size=_PIECE,
            idle_connection_timeout=_SILENCE,
            body_timeout=_BODY,
        )
        self._trusted = tuple(trusted)
        self._most = _most_connections(most_labs)
        self._clients: dict[IOStream, str] = {}  # stream → its address
        self._counts: Counter[str] = Counter()  # address → number of its streams
        # Streams without a request, longest first → since when, and whether they had one before.
        self._waiting: OrderedDict[IOStream, tuple[float, bool]] = OrderedDict()
        # Streams whose request is being answered, longest first.
        self._asking: OrderedDict[IOStream, None] = OrderedDict()
        self._stalled = Stalled()
        self._sweeps = [
            PeriodicCallback(self.cut_off_stalled, 1000 * _SILENCE / 2),
            PeriodicCallback(self.cut_off_silent, 1000 * _BETWEEN),
        ]
        for sweep in self._sweeps:
            sweep.start()

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        """Count a new connection, and close another one if there are too many."""
        peer = address[0] if isinstance(address, tuple) else ""
        client = client_of(peer, "", ())
        self._make_room(client, is_within(read_address(peer), self._trusted))
        self._clients[stream] = client
        self._counts[client] += 1
        self._waiting[stream] = time.monotonic(), False
        _limit_unsent(stream.socket)
        super().handle_stream(stream, address)

    def _make_room(self, client: str, is_proxy: bool) -> None:
        """Close a connection if there is no place for one more of this client."""
        if self._counts[client] >= _OWN * self._most and not is_proxy:
            self._end_longest(client)
        elif len(self._clients) >= self._most:
            # The address with most connections leaves no room for the others.
            self._end_longest(max(self._counts, key=self._counts.__getitem__))

    def _end_longest(self, client: str) -> None:
        """Close the connection of an address that has waited, or else asked, longest."""
        for stream in (*self._waiting, *self._asking):
            if self._clients[stream] == client:
                self._end(stream)
                return

    def _end(self, stream: IOStream) -> None:
        self._forget(stream)  # at once, because tornado notices the end later
        stream.close()

    def _forget(self, stream: IOStream) -> None:
        self._waiting.pop(stream, None)
        self._asking.pop(stream, None)
        client = self._clients.pop(stream, None)
        if client is not None:
            self._counts[client] -= 1
            if not self._counts[client]:
                del self._counts[client]

    def start_request(self, server_conn: Any, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        """Return the receiver of a request, which notes that its stream has one."""
        stream: IOStream = server_conn.stream
        if stream in self._asking:  # its previous request has been answered
            del self._asking[stream]
            self._waiting[stream] = time.monotonic(), True
        return _Noticing(
            super().start_request(server_conn, request_conn), lambda: self._asks(stream)
        )

    def _asks(self, stream: IOStream) -> None:
        if self._waiting.pop(stream, None):
            self._asking[stream] = None

    def on_close(self, server_conn: Any) -> None:
        """Forget a connection that is closed."""
        self._forget(server_conn.stream)
        super().on_close(server_conn)

    def cut_off_silent(self) -> None:
        """Close each new connection that has not sent a request in time."""
        latest = time.monotonic() - _FIRST
        for stream, (since, had_one) in list(self._waiting.items()):
            if since > latest:
                break
            if not had_one:
                self._end(stream)

    def cut_off_stalled(self) -> None:
        """Close each connection whose answer has not moved since the last check."""
        for stream in self._stalled.among(self._clients):
            stream.close()

    def stop(self) -> None:
        """Stop to listen and to check."""
        for sweep in self._sweeps:
            sweep.stop()
        super().stop()


class _Noticing(HTTPMessageDelegate):
    """Passes a request on, and reports when its headers have arrived."""

    def __init__(self, delegate: HTTPMessageDelegate, tell: Callable[[], None]) -> None:
        self._delegate = delegate
        self._tell = tell

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        """Report the request, and pass its headers on."""
        self._tell()
        return self._delegate.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """Pass a part of the body on."""
        return self._delegate.data_received(chunk)

    def finish(self) -> None:
        """Pass the end of the request on."""
        return self._delegate.finish()

    def on_connection_close(self) -> None:
        """Pass the end of the connection on."""
        return self._delegate.on_connection_close()


def _limit_unsent(line: socket.socket) -> None:
    """Limit the system's buffer of a connection, whose memory would count nowhere."""
    if line.family in (socket.AF_INET, socket.AF_INET6) and hasattr(socket, "TCP_NOTSENT_LOWAT"):
        with suppress(OSError):  # the other end is closed
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT)


def _most_connections(most_labs: int) -> int:
    wanted = _FOR_ALL + _FOR_LAB * most_labs if most_labs else _MOST
    return int(min(_MOST, wanted, _SHARE * most_files()))


def most_labs() -> float:
    """Return the number of labs for which the open files suffice."""
    return max(1, (1 - _SHARE) * most_files() // FILES_OF_A_LAB)
