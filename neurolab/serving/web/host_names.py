"""The host names to which the server answers: a protection against DNS rebinding.

Another site can give its own name this server's address after a browser has loaded its page. The
browser then treats our answers as that site's own, and the site can read them. Such a request still
contains the name of the other site in its ``Host``. A request with an address instead of a name
cannot arise in this way.
"""

import re
import socket
from collections.abc import Iterable, Iterator

from .client_addresses import read_address

ANY = "*"
_EVERY_ADDRESS = {"", "0.0.0.0", "::"}
_HOST = re.compile(r"(\[[\da-fA-F:.]+\]|[\w.-]+)(?::\d{0,5})?", re.ASCII)


def known_names(bound: str, allowed: Iterable[str]) -> frozenset[str]:
    """Return the names to which the server answers, besides addresses.

    Parameters
    ----------
    bound : str
        The value of ``--host``.
    allowed : iterable of str
        The values of ``--allow-host``: names. With ``*.`` in front, a name includes all names below
        it; ``*`` is any name.

    Returns
    -------
    frozenset of str
    """
    names = {"localhost", "*.localhost", *allowed}
    if bound in _EVERY_ADDRESS:
        own = socket.gethostname().lower()
        names |= {
            own,
            socket.getfqdn().lower(),
            own.partition(".")[0],
            f"{own.partition('.')[0]}.local",
        }
    else:
        names.add(bound.lower())
    return frozenset(names)


def answers_to(host: str, names: frozenset[str]) -> bool:
    """Return whether a request's ``Host`` is an address or one of these names, with any port.

    Examples
    --------
    >>> names = known_names("localhost", ["*.school.example"])
    >>> answers_to("127.0.0.1:8866", names), answers_to("lab.school.example", names)
    (True, True)
    >>> answers_to("other.example", names)
    False
    """
    if ANY in names:
        return True
    match = _HOST.fullmatch(host)
    if not match:
        return False
    name = match[1].lower().removesuffix(".")
    if read_address(name):
        return True
    return name in names or any(f"*.{above}" in names for above in _above(name))


def _above(name: str) -> Iterator[str]:
    while "." in name:
        name = name.partition(".")[2]
        yield name
