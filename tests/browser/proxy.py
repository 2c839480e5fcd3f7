"""A network between a browser and a server that can be cut and mended."""

import socket
import threading


class Proxy:
    """Passes TCP connections on to a port of this computer.

    Attributes
    ----------
    port : int
        Where it listens.
    swallows : bool
        Whether what it is given disappears, on connections that stay open.
    """

    def __init__(self, target):
        self._target, self._ends, self.swallows = target, [], False
        self._listener, self.port = None, 0
        self.mend()

    def mend(self):
        """Let connections through (again), on the same port."""
        self.swallows = False
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self):
        """End all connections, and refuse new ones."""
        for end in (self._listener, *self._ends):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:  # it has ended by itself
                pass
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
            for pair in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source, sink):
        try:
            while data := source.recv(65536):
                if not self.swallows:
                    sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return
