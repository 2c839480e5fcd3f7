"""A network between a browser and a server that can be slow, be cut and be mended."""

import queue
import socket
import threading
import time
from contextlib import suppress


class Proxy:
    """Passes TCP connections on to a port of this computer.

    Attributes
    ----------
    port : int
        Where it listens.
    delay : float
        Seconds for which everything is on its way.
    """

    def __init__(self, target):
        self._target, self._ends, self._swallows = target, [], False
        self._listener, self.port, self.delay = None, 0, 0.0
        self.mend()

    def mend(self):
        """Let connections through (again), on the same port."""
        self._swallows = False
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def swallow_answers(self):
        """Have what the server says disappear, on connections that stay open."""
        self._swallows = True

    def cut(self):
        """End all connections, and refuse new ones."""
        for end in (self._listener, *self._ends):
            with suppress(OSError):  # it has ended by itself
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()

    def _accept(self, listener):
        while True:
            try:
                near = listener.accept()[0]
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                near.close()
                continue
            self._ends += [near, far]
            for way in ((near, far, False), (far, near, True)):
                threading.Thread(target=self._pass_on, args=way, daemon=True).start()

    def _pass_on(self, source, sink, answers):
        on_its_way = queue.SimpleQueue()
        threading.Thread(target=self._deliver, args=(on_its_way, sink), daemon=True).start()
        with suppress(OSError):
            while data := source.recv(65536):
                if not (answers and self._swallows):
                    on_its_way.put((time.monotonic() + self.delay, data))
        on_its_way.put((0.0, b""))

    @staticmethod
    def _deliver(on_its_way, sink):
        with suppress(OSError):
            while (parcel := on_its_way.get())[1]:
                due, data = parcel
                time.sleep(max(0.0, due - time.monotonic()))
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
