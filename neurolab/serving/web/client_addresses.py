"""From which address a request comes, and how much one address may have.

A school's computers often share one address, and so do all that come through a proxy that is not trusted; so that the
limits leave room for a class. They keep one address from having everything.
"""

import ipaddress
import math
import time
from collections import Counter, OrderedDict
from collections.abc import Iterable

IPv4Network, IPv6Network = ipaddress.IPv4Network, ipaddress.IPv6Network
Network = IPv4Network | IPv6Network
_MINUTE = 60
_MOST_REMEMBERED = 10_000  # addresses
_PREFIX = 64  # bits of an IPv6 address that name a network, as one household or one computer that is rented has
_WIDE_PREFIX = (
    48  # bits that name all networks of one customer: nobody gets more of them without effort
)


def read_address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address as sockets and proxies write it, perhaps with a port or a zone; None where it is not one."""
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
    """The address that limits count for a request.

    Parameters
    ----------
    peer : str
        The address from which the connection comes.
    forwarded : str
        The request's ``X-Forwarded-For``. It counts only if `peer` is a trusted proxy. It is read from its end, because
        each proxy adds there what it sees and whatever stands before may be made up: the first address that is not a
        trusted proxy is the client. What stands before something that is not an address is not read.
    trusted : iterable of ipaddress.IPv4Network or ipaddress.IPv6Network

    Returns
    -------
    str
        An IPv4 address, or the /64 network of an IPv6 address.
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


def is_within(address, networks: Iterable[Network]) -> bool:
    """Whether an address, which may be None, is in one of the networks."""
    return address is not None and any(
        address.version == each.version and address in each for each in networks
    )


def customer_of(client: str) -> str:
    """Return whose a client is, as `client_of` names it: of an IPv6 network the /48 network, else the same again."""
    if ":" not in client or is_loopback(client):
        return client
    network = ipaddress.ip_network(client)
    return str(network.supernet(new_prefix=_WIDE_PREFIX))


def is_loopback(client: str) -> bool:
    """Whether a client is on this computer, as `client_of` names it."""
    return client == "::/64" or client.startswith("127.")


class Shares:
    """How many labs each address has, and how many it has opened lately.

    Parameters
    ----------
    most : int
        Labs that one address may have; 0 for any number.
    with_loopback : bool
        Whether this holds for this computer too. All who come through a proxy that is not trusted come from there.
    """

    def __init__(self, most: int, with_loopback: bool) -> None:
        self._most, self._with_loopback = most, with_loopback
        self._labs = Counter()
        self._opens = OrderedDict()  # address → opens left, and when that was

    def seconds_to_wait(self, client: str) -> float:
        """For how long an address may not open another lab; infinite if it first has to close one."""
        if not self._most or (is_loopback(client) and not self._with_loopback):
            return 0
        if self._labs[client] >= self._most:
            return math.inf
        left = self._left(client)
        return 0 if left >= 1 else (1 - left) * _MINUTE / self._most_opens

    @property
    def _most_opens(self) -> int:
        """How many labs one address may open a minute, and at once: each may be closed and opened again."""
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
        Labs that one client may have; 0 for any number.
    most_of_customer : int
        Labs that all clients of one customer may have; 0 for any number.
    with_loopback : bool
        Whether this holds for this computer too.
    """

    def __init__(self, most: int, most_of_customer: int, with_loopback: bool) -> None:
        self._clients = Shares(most, with_loopback)
        self._customers = Shares(most_of_customer, with_loopback)

    def seconds_to_wait(self, client: str) -> float:
        """Return for how long a client may not open another lab; infinite if a lab has to be closed first."""
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
