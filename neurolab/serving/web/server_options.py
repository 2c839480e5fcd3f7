"""How a server is to be opened to others, checked."""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ...errors import NeurolabError, ParseError, RangeError
from ...experiment.numerals import parse_numeral

_TOKEN = re.compile(r"[\w.~-]{8,200}", re.ASCII)
_PATH = re.compile(r"[\w.~/-]*", re.ASCII)
_BYTES = re.compile(r"([KMGT])i?B?", re.ASCII | re.IGNORECASE)
_UNITS = {"K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
_LEAST_MEMORY, _MOST_MEMORY = 2**27, 2**60
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"\*|(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?")
_HOST = re.compile(r"(\*\.)?[\w.-]+|\[[\da-fA-F:.]+\]", re.ASCII)


@dataclass(frozen=True)
class Options:
    """Who may come in, and for how long.

    Attributes
    ----------
    base_url : str
        Where the page stands on its host; begins and ends with a slash.
    token : str
        What the address of the page must hold; empty for no such lock.
    embedders : tuple of str
        Origins whose pages may show the lab in a frame, besides our own.
    most_sessions : int
        Of open labs; 0 for no limit.
    idle_minutes : float
        After which a lab that nobody uses is closed.
    memory : int
        Bytes that all labs may take together; 0 for no limit.
    edit_seconds : float
        For which the answer to one edit may take all of a session's time before it is interrupted.
    connect_seconds : float
        Within which a page must have loaded its scripts and connect to its lab; a slow line takes its time.
    return_seconds : float
        Within which a page that has lost its line must be back; after that its lab is opened anew.
    most_per_address : int or None
        Open labs of one network address; 0 for no limit. None: nine tenths of `most_sessions`, and no limit for this
        computer itself.
    trusted_proxies : tuple of ipaddress.IPv4Network or ipaddress.IPv6Network
        Where proxies stand whose ``X-Forwarded-For`` is believed.
    hosts : tuple of str
        Names under which the server answers, besides those that it finds itself.
    in_class : bool
        Whether others are served: labs are closed although their pages are open, and events are logged.
    """

    base_url: str = "/"
    token: str = field(default="", repr=False)
    embedders: tuple = ()
    most_sessions: int = 0
    idle_minutes: float = 30
    memory: int = 0
    edit_seconds: float = 20
    connect_seconds: float = 90
    return_seconds: float = 300
    most_per_address: int | None = None
    trusted_proxies: tuple = ()
    hosts: tuple = ()
    in_class: bool = False

    @property
    def share(self) -> int:
        """Return how many labs one address may have; 0 for any number."""
        return self._nine_tenths if self.most_per_address is None else self.most_per_address

    @property
    def share_of_customer(self) -> int:
        """Return how many labs all networks of one customer may have, who has thousands of them with IPv6; 0 for any number."""
        return self.share and max(self.share, self._nine_tenths)

    @property
    def _nine_tenths(self) -> int:
        return -(-9 * self.most_sessions // 10)

    def may_frame(self, origin):
        """Whether the pages of an origin may show the lab in a frame, as browsers will say too."""
        scheme, _, host = origin.partition("//")
        return any(
            origin == known
            or known.startswith(f"{scheme}//*.")
            and host.endswith(known.partition("*")[2])
            for known in self.embedders
        )


def read_base_url(text):
    """A path as it was typed, with a slash at both ends."""
    parts = text.strip("/").split("/") if text.strip("/") else []
    if not _PATH.fullmatch(text) or {"", ".", ".."} & set(parts):
        raise ParseError(
            f"'{text:.60}' is no path", where="--base-url", expected="one such as /lab/"
        )
    return "/" + "".join(f"{part}/" for part in parts)


def read_token(text):
    """A token as it was typed; it stands in addresses, so that few characters are left."""
    if text and not _TOKEN.fullmatch(text):
        raise ParseError(
            "it cannot be used",
            where="--token",
            expected="8 to 200 letters, digits, or any of . _ ~ -",
        )
    return text


def read_memory(text: str) -> int:
    """Read an amount of memory, such as 2G or 800M: a number as it is written everywhere, and a unit.

    Parameters
    ----------
    text : str

    Returns
    -------
    int
        Bytes.

    Raises
    ------
    ParseError, LimitError
        It is not a memory size.
    RangeError
        It is too little for a single lab, or more than a computer has.
    """
    try:
        numeral = parse_numeral(text, "memory size", "2G or 800M")
    except NeurolabError as error:
        error.located("--memory")
        raise
    suffix = _BYTES.fullmatch(numeral.unit)
    if suffix is None:
        raise ParseError(
            f"'{text:.60}' is not a memory size.",
            where="--memory",
            mend="Write one such as 2G or 800M.",
        )
    amount = float(numeral.text) * _UNITS[suffix[1].upper()]
    if not _LEAST_MEMORY <= amount <= _MOST_MEMORY:
        raise RangeError(
            f"{text:.60} is too {'little' if amount < _LEAST_MEMORY else 'much'} memory.",
            where="--memory",
            mend="Write at least 128M, and no more than the computer has.",
        )
    return int(amount)


def read_origin(text):
    """Scheme and host of a page that frames ours; nothing else may reach the header that it goes into."""
    wrong = ParseError(
        f"'{text:.60}' is no origin",
        where="--allow-embed",
        expected="one such as https://course.example",
    )
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise wrong from None
    shown = f"[{host}]" if ":" in host else host
    if (
        parts.scheme not in ("http", "https")
        or not _HOST.fullmatch(shown)
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
        or "@" in parts.netloc
    ):
        raise wrong
    # As browsers write it: without the port that goes without saying.
    return f"{parts.scheme}://{shown}" + (
        f":{port}" if port and port != _DEFAULT_PORTS[parts.scheme] else ""
    )


def read_proxy(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    """An address of a proxy, or a network of them.

    Parameters
    ----------
    text : str

    Returns
    -------
    ipaddress.IPv4Network or ipaddress.IPv6Network

    Raises
    ------
    ParseError
        It is neither.
    """
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        raise ParseError(
            f"'{text:.60}' is not an address or a network",
            where="--trust-proxy",
            expected="one such as 127.0.0.1 or 10.0.0.0/8",
        ) from None


def read_host(text: str) -> str:
    """A name of the server's host, as a request would have it.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        In small letters, without a port.

    Raises
    ------
    ParseError
        No host is called so.
    """
    if not _NAME.fullmatch(text):
        raise ParseError(
            f"'{text:.60}' is not the name of a host",
            where="--allow-host",
            expected="one such as lab.school.example, *.school.example, or * for any",
        )
    return text.lower().removesuffix(".")
