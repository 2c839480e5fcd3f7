"""Under which names the server answers.

A page of another site can give its own name this server's address, once a browser has loaded it ("DNS rebinding"); the
browser then takes our answers for that site's own, and the site reads them. The request still names the other site.
A request that names an address instead of a name cannot come about in this way.
"""

import re
import socket
from collections.abc import Iterable

from .client_addresses import read_address

ANY = "*"
_EVERY_ADDRESS = {"", "0.0.0.0", "::"}
_HOST = re.compile(r"(\[[\da-fA-F:.]+\]|[\w.-]+)(?::\d{0,5})?", re.ASCII)


def known_names(bound: str, allowed: Iterable[str]) -> frozenset:
    """Names under which the server answers, besides addresses.

    Parameters
    ----------
    bound : str
        What was given as ``--host``.
    allowed : iterable of str
        What was given as ``--allow-host``: names; ``*.`` in front stands for all names below one, ``*`` for any.

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


def answers_to(host: str, names: frozenset) -> bool:
    """Whether a request's ``Host`` is an address or one of these names, whatever its port.

    Parameters
    ----------
    host : str
    names : frozenset of str

    Returns
    -------
    bool
    """
    if ANY in names:
        return True
    found = _HOST.fullmatch(host)
    if not found:
        return False
    name = found[1].lower().removesuffix(".")
    if read_address(name):
        return True
    return name in names or any(f"*.{above}" in names for above in _above(name))


def _above(name: str):
    while "." in name:
        name = name.partition(".")[2]
        yield name
