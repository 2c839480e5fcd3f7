"""The server's HTTP connections: how many there may be, in all and of one address, and how long one may stall."""

import math
import time
from collections import Counter, OrderedDict
from collections.abc import Iterable

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPMessageDelegate
from tornado.ioloop import PeriodicCallback
from tornado.iostream import IOStream

from .client_addresses import Network, client_of, is_within, read_address
from .stalling import Stalled

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None

_SILENCE = 60  # seconds for which a connection may ask nothing, or not take an answer
_FIRST = 10  # seconds within which a new connection must have asked for something
_BETWEEN = 2  # seconds between two looks at new connections
_BODY = 10  # seconds within which what is sent must be there; little is
_LARGEST_BODY = 2**16  # bytes; what a page says goes through its websocket
_MOST = 4000  # connections, websockets not among them
_OWN = 0.5  # of these, at most, for one address; a class may come from one
_SHARE = 0.4  # of the files that may be open; the labs take the others
_LAB = 22  # files that a lab takes while it is opened; thirteen later


class BoundedServer(HTTPServer):
    """An HTTP server whose connections cannot use up the machine or keep others out.

    Where there are too many, of all or of one address, a new one takes the place of the one that has asked for nothing for
    the longest time. If none is without a request, the new one is closed. At the limit of open files itself, tornado would
    try to accept, and report that it cannot, without a pause.
    """

    def initialize(self, application: object, trusted: Iterable[Network] = ()) -> None:
        super().initialize(application, max_body_size=_LARGEST_BODY, idle_connection_timeout=_SILENCE,
                           body_timeout=_BODY)
        self._trusted, self._most = tuple(trusted), _most_connections()
        self._clients, self._counts = {}, Counter()  # stream → its address; address → how many streams
        self._waiting = OrderedDict()  # streams without a request, longest first → since when, and whether they had one
        self._stalled = Stalled()
        self._sweeps = [PeriodicCallback(self.cut_off_stalled, 1000 * _SILENCE / 2),
                        PeriodicCallback(self.cut_off_silent, 1000 * _BETWEEN)]
        for sweep in self._sweeps:
            sweep.start()

    def handle_stream(self, stream: IOStream, address: tuple) -> None:
        peer = address[0] if isinstance(address, tuple) else ""
        client = client_of(peer, "", ())
        if not self._makes_room(client, is_within(read_address(peer), self._trusted)):
            stream.close()
            return
        self._clients[stream] = client
        self._counts[client] += 1
        self._waiting[stream] = time.monotonic(), False
        super().handle_stream(stream, address)

    def _makes_room(self, client: str, is_proxy: bool) -> bool:
        """Whether there is a place for one more connection, after another was closed where that was needed."""
        if self._counts[client] >= _OWN * self._most and not is_proxy:
            return self._end_longest(client)
        if len(self._clients) < self._most:
            return True
        # First of the address that has most: it is the one that leaves no room.
        return self._end_longest(max(self._counts, key=self._counts.get)) or self._end_longest(None)

    def _end_longest(self, client: str | None) -> bool:
        """Close the stream that has asked for nothing for the longest time; whether there was one.

        Parameters
        ----------
        client : str or None
            The address whose streams count; None for all.
        """
        found = next((each for each in self._waiting if client is None or self._clients[each] == client), None)
        if found is not None:
            self._end(found)
        return found is not None

    def _end(self, stream: IOStream) -> None:
        self._forget(stream)  # at once: tornado notices later that it is closed
        stream.close()

    def _forget(self, stream: IOStream) -> None:
        self._waiting.pop(stream, None)
        client = self._clients.pop(stream, None)
        if client is not None:
            self._counts[client] -= 1
            if not self._counts[client]:
                del self._counts[client]

    def start_request(self, server_conn, request_conn) -> HTTPMessageDelegate:
        stream = server_conn.stream
        if stream not in self._waiting and stream in self._clients:  # it has had a request, and may have another
            self._waiting[stream] = time.monotonic(), True
        return _Noticing(super().start_request(server_conn, request_conn), lambda: self._waiting.pop(stream, None))

    def on_close(self, server_conn) -> None:
        self._forget(server_conn.stream)
        super().on_close(server_conn)

    def cut_off_silent(self) -> None:
        """Close each new connection that has not asked for anything in time."""
        latest = time.monotonic() - _FIRST
        for stream, (since, had_one) in list(self._waiting.items()):
            if since > latest:
                break
            if not had_one:
                self._end(stream)

    def cut_off_stalled(self) -> None:
        """Close each connection whose answer has not moved since the last time; its memory would stay for ever."""
        for stream in self._stalled.among(self._clients):
            stream.close()

    def stop(self) -> None:
        for sweep in self._sweeps:
            sweep.stop()
        super().stop()


class _Noticing(HTTPMessageDelegate):
    """Passes a request on, and says when its headers are there."""

    def __init__(self, delegate: HTTPMessageDelegate, tell) -> None:
        self._delegate, self._tell = delegate, tell

    def headers_received(self, start_line, headers):
        self._tell()
        return self._delegate.headers_received(start_line, headers)

    def data_received(self, chunk):
        return self._delegate.data_received(chunk)

    def finish(self):
        return self._delegate.finish()

    def on_connection_close(self):
        return self._delegate.on_connection_close()


def _most_connections() -> int:
    return int(min(_MOST, _SHARE * most_files()))


def most_labs() -> float:
    """For how many labs there may be files enough."""
    return max(1, (1 - _SHARE) * most_files() // _LAB)


def most_files() -> float:
    """How many files this process may have open, sockets among them."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0] if resource else -1
    return files if files >= 0 else math.inf


def allow_many_files() -> None:
    """Have this process hold as many sockets as it may: 1024 are a common limit, and enough for 27 labs."""
    if resource:
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
