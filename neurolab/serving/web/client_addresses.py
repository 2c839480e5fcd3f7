"""The address from which a request comes, and the limits for one address.

The computers of a school often share one address, and so do all clients behind a proxy that is not
trusted. Therefore the limits leave room for a class, and only prevent that one address takes
everything.
"""

import ipaddress
import math
import time
from collections import Counter, OrderedDict
from collections.abc import Iterable
from typing import TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
_MINUTE = 60
_MOST_REMEMBERED = 10_000  # addresses
_PREFIX = 64  # bits of an IPv6 network, as one household or one rented computer has
_WIDE_PREFIX = 48  # bits of all networks of one customer; to get more of them takes effort


def read_address(text: str) -> Address | None:
    """Read an address as sockets and proxies write it, with or without a port and a zone.

    Returns
    -------
    ipaddress.IPv4Address, ipaddress.IPv6Address or None
        None if the text is not an address.

    Examples
    --------
    >>> read_address("[::ffff:10.0.0.1]:8866")
    IPv4Address('10.0.0.1')
    """
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def client_of(peer: str, forwarded: str, trusted: Iterable[Network]) -> str:
    """Return the address for which the limits count a request.

    Parameters
    ----------
    peer : str
        The address from which the connection comes.
    forwarded : str
        The request's ``X-Forwarded-For``. It counts only if `peer` is a trusted proxy. It is read
        from its end, because each proxy adds the address of its client there, and all entries
        before may be forged. The first address that is not a trusted proxy is the client. Entries
        before an entry that is not an address are not read.
    trusted : iterable of ipaddress.IPv4Network or ipaddress.IPv6Network

    Returns
    -------
    str
        An IPv4 address, or the /64 network of an IPv6 address.

    Examples
    --------
    >>> proxies = [ipaddress.ip_network("10.0.0.0/8")]
    >>> client_of("10.0.0.1", "198.51.100.7, 10.0.0.2", proxies)
    '198.51.100.7'
    """
    client = read_address(peer)
    for text in reversed(forwarded.split(",") if forwarded else []):
        before = read_address(text)
        if before is None or not is_within(client, trusted):
            break
        client = before
    if client is None:
        return peer
    if client.version == 6:
        return str(ipaddress.ip_network((client, _PREFIX), strict=False))
    return str(client)


def is_within(address: Address | None, networks: Iterable[Network]) -> bool:
    """Return whether an address is in one of the networks; None is in none."""
    return address is not None and any(
        address.version == each.version and address in each for each in networks
    )


def customer_of(client: str) -> str:
    """Return the customer of a client: in IPv6, the /48 network.

    Examples
    --------
    >>> customer_of("2001:db8:0:1::/64"), customer_of("198.51.100.7")
    ('2001:db8::/48', '198.51.100.7')
    """
    if ":" not in client or is_loopback(client):
        return client
    network = ipaddress.ip_network(client)
    return str(network.supernet(new_prefix=_WIDE_PREFIX))


def is_loopback(client: str) -> bool:
    """Return whether a client, as `client_of` names it, is on this computer."""
    return client == "::/64" or client.startswith("127.")


class Shares:
    """The number of labs of each address, and of labs that it has opened lately.

    Parameters
    ----------
    most : int
        The largest number of labs of one address; 0 for no limit.
    with_loopback : bool
        Whether this computer has the limit, too. All clients behind a proxy that is not trusted
        have its address.
    """

    def __init__(self, most: int, with_loopback: bool) -> None:
        self._most = most
        self._with_loopback = with_loopback
        self._labs: Counter[str] = Counter()
        # Address → labs that it may still open, and the time of that count.
        self._opens: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def seconds_to_wait(self, client: str) -> float:
        """Return how long an address must wait for a lab; infinite if it must close one first."""
        if not self._most or (is_loopback(client) and not self._with_loopback):
            return 0
        if self._labs[client] >= self._most:
            return math.inf
        left = self._left(client)
        return 0 if left >= 1 else (1 - left) * _MINUTE / self._most_opens

    @property
    def _most_opens(self) -> int:
        """Number of labs that one address may open a minute: each once more, after closing it."""
        return 2 * self._most

    def _left(self, client: str) -> float:
        left, since = self._opens.get(client, (self._most_opens, 0))
        return min(self._most_opens, left + (time.monotonic() - since) * self._most_opens / _MINUTE)

    def opened(self, client: str) -> None:
        """Count a lab, or a place for one."""
        self._labs[client] += 1
        self._opens[client] = self._left(client) - 1, time.monotonic()
        self._opens.move_to_end(client)
        if len(self._opens) > _MOST_REMEMBERED:
            self._opens.popitem(last=False)

    def closed(self, client: str) -> None:
        """Count a lab out."""
        self._labs[client] -= 1
        if self._labs[client] <= 0:
            del self._labs[client]


class SharesOfCustomers:
    """Shares of clients, and of the customers to whom they belong.

    Parameters
    ----------
    most : int
        The largest number of labs of one client; 0 for no limit.
    most_of_customer : int
        The largest number of labs of all clients of one customer; 0 for no limit.
    with_loopback : bool
        Whether this computer has the limits, too.
    """

    def __init__(self, most: int, most_of_customer: int, with_loopback: bool) -> None:
        self._clients = Shares(most, with_loopback)
        self._customers = Shares(most_of_customer, with_loopback)

    def seconds_to_wait(self, client: str) -> float:
        """Return how long a client must wait for a lab; infinite if one must be closed first."""
        return max(
            self._clients.seconds_to_wait(client),
            self._customers.seconds_to_wait(customer_of(client)),
        )

    def opened(self, client: str) -> None:
        """Count a lab, or a place for one."""
        self._clients.opened(client)
        self._customers.opened(customer_of(client))

    def closed(self, client: str) -> None:
        """Count a lab out."""
        self._clients.closed(client)
        self._customers.closed(customer_of(client))
