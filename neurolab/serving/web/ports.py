"""The sockets to serve on, with plain errors if an address is not available."""

import errno
import ipaddress
import socket

from tornado.netutil import bind_sockets

DEFAULT_PORT = 8866


class AddressUnavailable(Exception):
    """The server cannot use an address; the message gives the reason."""


def listening_sockets(host: str, port: int | None = None) -> list[socket.socket]:
    """Return sockets that listen on a host.

    They are bound at once, so that no other process can take the port before the server starts.

    Parameters
    ----------
    host : str
        Name or address of a network interface of this computer.
    port : int, optional
        By default 8866, or any free port if 8866 is taken.

    Returns
    -------
    list of socket.socket
        One for each address of the host, all on the same port.
    """
    if port is not None:
        return _bind(host, port)
    try:
        return _bind(host, DEFAULT_PORT)
    except AddressUnavailable:
        return _bind(host, 0)


def is_loopback(host: str) -> bool:
    """Return whether only this computer can reach a server on a host.

    Examples
    --------
    >>> is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _bind(host: str, port: int) -> list[socket.socket]:
    try:
        return bind_sockets(port, host)
    except socket.gaierror:
        raise AddressUnavailable(f"{host} is not an address of this computer.") from None
    except OSError as error:
        raise AddressUnavailable(_reason(error, host, port)) from None


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken. Choose another one with --port, "
            "or leave --port out to get a free one."
        )
    if error.errno == errno.EACCES:
        return f"This account may not serve on port {port}. Choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this computer."
    return f"Cannot serve on {host}, port {port}: {error.strerror}."
