"""The server's HTTP connections: how many there may be beside the labs' files, and how long one may stall."""

import math

from tornado.httpserver import HTTPServer
from tornado.ioloop import PeriodicCallback

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None

_SILENCE = 60  # seconds for which a connection may ask nothing, or not take an answer
_BODY = 10  # seconds within which what is sent must be there; little is
_LARGEST_BODY = 2**16  # bytes; what a page says goes through its websocket
_MOST = 4000  # connections, websockets not among them
_SHARE = 0.4  # of the files that may be open; the labs take the others
_LAB = 22  # files that a lab takes while it is opened; thirteen later


class BoundedServer(HTTPServer):
    """An HTTP server whose connections cannot use up the machine: who stalls, or comes when there are too many, is cut off.

    At the limit of open files itself, tornado would try to accept, and report that it cannot, without a pause.
    """

    def initialize(self, application):
        super().initialize(application, max_body_size=_LARGEST_BODY, idle_connection_timeout=_SILENCE, body_timeout=_BODY)
        self._most, self._unmoved = _most_connections(), {}
        self._sweep = PeriodicCallback(self.cut_off_stalled, 1000 * _SILENCE / 2)
        self._sweep.start()

    def handle_stream(self, stream, address):
        if len(self._connections) >= self._most:
            stream.close()
        else:
            super().handle_stream(stream, address)

    def cut_off_stalled(self):
        """Close each connection whose answer has not moved since the last time; its memory would stay for ever."""
        streams = {connection.stream for connection in self._connections if connection.stream.writing()}
        # Tornado counts what was sent, and does not say it otherwise.
        sent = {stream: stream._total_write_done_index for stream in streams}
        for stream, done in sent.items():
            if self._unmoved.get(stream) == done:
                stream.close()
        self._unmoved = sent

    def stop(self):
        self._sweep.stop()
        super().stop()


def _most_connections():
    return int(min(_MOST, _SHARE * most_files()))


def most_labs():
    """For how many labs there may be files enough."""
    return max(1, (1 - _SHARE) * most_files() // _LAB)


def most_files():
    """How many files this process may have open, sockets among them."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0] if resource else -1
    return files if files >= 0 else math.inf


def allow_many_files():
    """Have this process hold as many sockets as it may: 1024 are a common limit, and enough for 27 labs."""
    if resource:
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
