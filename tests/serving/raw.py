"""A websocket that does only what it is told: it reads nothing by itself, and answers neither pings nor a close."""

import base64
import os
import socket
import struct
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import psutil

from .client import COOKIE, PROTOCOL, packed
from .conftest import health

MOST_GROWTH = 50 * 2**20
"""Bytes by which a server's own process may grow meanwhile: Jupyter's decoder would take sixty times as many."""


class RawLine:
    """A line to a lab.

    Parameters
    ----------
    lab : LabClient
        Its page has the cookie.
    receives : int, optional
        Bytes of the socket's own buffer.
    """

    def __init__(self, lab, receives=None):
        split = urlsplit(lab.url)
        self.socket = socket.socket()
        if receives:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
        self.socket.settimeout(20)
        self.socket.connect((split.hostname, split.port))
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            "\r\n".join(
                (
                    f"GET {split.path}api/kernels/{lab.kernel_id}/channels?session_id={os.urandom(8).hex()} HTTP/1.1",
                    f"Host: {split.netloc}",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    f"Sec-WebSocket-Key: {key}",
                    "Sec-WebSocket-Version: 13",
                    f"Sec-WebSocket-Protocol: {PROTOCOL}",
                    f"Cookie: {COOKIE}={lab.cookie}",
                    "",
                    "",
                )
            ).encode()
        )
        head = b""
        while b"\r\n\r\n" not in head:
            head += self.socket.recv(1)
        assert head.startswith(b"HTTP/1.1 101"), head

    def send(self, message, announced=None):
        """Send a message as one binary frame; with `announced`, as the beginning of a longer one."""
        size = len(message) if announced is None else announced
        header = struct.pack("!BBQ", 0x82, 0xFF, size) + bytes(4)  # masked with zeros
        self.socket.sendall(header + message)

    def send_anyway(self, message):
        """Send where the other end may be gone already; whether it could be sent."""
        try:
            self.send(message)
        except OSError:
            return False
        return True

    def is_closed(self, seconds=20):
        """Whether the other end closes the line within a time; what comes before is read and dropped."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.socket.settimeout(max(0.01, end - time.monotonic()))
            try:
                if not self.socket.recv(2**20):
                    return True
            except TimeoutError:
                return False
            except OSError:
                return True
        return False

    def close(self):
        self.socket.close()


@contextmanager
def sends_after_the_end(run, server, lab):
    """Two lines to a lab, which ends in the block: afterwards they send what any page may send, and the server is as before."""
    process = psutil.Process(server.process.pid)
    lines = [RawLine(lab) for _ in range(2)]
    before = process.memory_info().rss
    try:
        yield
        for line in lines:
            line.send_anyway(packed("comm_msg", {"comm_id": "x", "data": {}}, buffers=[b"x"] * 4))
            for _ in range(20):
                line.send_anyway(packed("kernel_info_request", {}))
        assert run(health(lab), 30) < 2
        assert process.memory_info().rss - before < MOST_GROWTH
    finally:
        for line in lines:
            line.close()
