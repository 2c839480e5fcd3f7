"""Finding an address to serve on, and saying plainly when there is none."""

import errno
import ipaddress
import socket

from tornado.netutil import bind_sockets

DEFAULT_PORT = 8866


class AddressUnavailable(Exception):
    """The address that was asked for cannot be served on; the message says why."""


def listening_sockets(host, port=None):
    """Sockets that listen on `host`, bound now so that nothing else can take the port before the server starts.

    Parameters
    ----------
    host : str
        Name or address of a network interface of this computer.
    port : int, optional
        The port to use. Without it 8866 is used, or any free port where 8866 is taken.

    Returns
    -------
    list of socket.socket
        One for each address that `host` stands for, all on the same port.
    """
    if port is not None:
        return _bind(host, port)
    try:
        return _bind(host, DEFAULT_PORT)
    except AddressUnavailable:
        return _bind(host, 0)


def is_loopback(host: str) -> bool:
    """Return whether only this computer can reach what is served on a host."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _bind(host, port):
    try:
        return bind_sockets(port, host)
    except socket.gaierror:
        raise AddressUnavailable(f"{host} is not an address of this computer.") from None
    except OSError as error:
        raise AddressUnavailable(_reason(error, host, port)) from None


def _reason(error, host, port):
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken. Choose another with --port, or leave --port out to get a free one."
    if error.errno == errno.EACCES:
        return f"This account may not serve on port {port}. Choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this computer."
    return f"Cannot serve on {host}, port {port}: {error.strerror}."
