"""The options of a server that others can reach, and their checks."""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ...errors import NeurolabError, ParseError, RangeError
from ...experiment.numerals import parse_numeral
from .client_addresses import Network

_TOKEN = re.compile(r"[\w.~-]{8,200}", re.ASCII)
_PATH = re.compile(r"[\w.~/-]*", re.ASCII)
_BYTES = re.compile(r"([KMGT])i?B?", re.ASCII | re.IGNORECASE)
_UNITS = {"K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
_LEAST_MEMORY = 2**27
_MOST_MEMORY = 2**60
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"\*|(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?")
_HOST = re.compile(r"(\*\.)?[\w.-]+|\[[\da-fA-F:.]+\]", re.ASCII)


@dataclass(frozen=True)
class Options:
    """The options of a server.

    Attributes
    ----------
    base_url : str
        The path of the page on its host, with a slash at both ends.
    token : str
        A text that the address of the page must contain; empty for none.
    embedders : tuple of str
        Origins whose pages may show the lab in a frame, besides our own.
    most_sessions : int
        The largest number of open labs; 0 for no limit.
    idle_minutes : float
        Time after which an unused lab is closed.
    memory : int
        Bytes that all labs may take together; 0 for no limit.
    edit_seconds : float
        Time after which the computation for one edit is interrupted.
    connect_seconds : float
        Time in which a page must load its scripts and connect to its lab, also on a slow line.
    return_seconds : float
        Time in which a page that has lost its connection must return; then its lab is closed.
    most_per_address : int or None
        The largest number of open labs of one network address; 0 for no limit. None: nine tenths of
        `most_sessions`, and no limit for this computer itself.
    trusted_proxies : tuple of ipaddress.IPv4Network or ipaddress.IPv6Network
        Addresses of proxies whose ``X-Forwarded-For`` is trusted.
    hosts : tuple of str
        Host names to which the server answers, besides those that it finds itself.
    in_class : bool
        Whether the server is for others: unused labs are closed although their pages are open, and
        events are logged.
    """

    base_url: str = "/"
    token: str = field(default="", repr=False)
    embedders: tuple[str, ...] = ()
    most_sessions: int = 0
    idle_minutes: float = 30
    memory: int = 0
    edit_seconds: float = 20
    connect_seconds: float = 90
    return_seconds: float = 300
    most_per_address: int | None = None
    trusted_proxies: tuple[Network, ...] = ()
    hosts: tuple[str, ...] = ()
    in_class: bool = False

    @property
    def share(self) -> int:
        """The largest number of labs of one address; 0 for no limit."""
        return self._nine_tenths if self.most_per_address is None else self.most_per_address

    @property
    def share_of_customer(self) -> int:
        """The largest number of labs of all networks of one customer; 0 for no limit.

        With IPv6, a customer has thousands of networks.
        """
        return self.share and max(self.share, self._nine_tenths)

    @property
    def _nine_tenths(self) -> int:
        return -(-9 * self.most_sessions // 10)

    def may_frame(self, origin: str) -> bool:
        """Return whether the pages of an origin may show the lab in a frame.

        Browsers check the same by the header ``Content-Security-Policy``.
        """
        scheme, _, host = origin.partition("//")
        return any(
            origin == known
            or (known.startswith(f"{scheme}//*.") and host.endswith(known.partition("*")[2]))
            for known in self.embedders
        )


def read_base_url(text: str) -> str:
    """Read a path, and return it with a slash at both ends.

    Examples
    --------
    >>> read_base_url("lab")
    '/lab/'
    """
    parts = text.strip("/").split("/") if text.strip("/") else []
    if not _PATH.fullmatch(text) or {"", ".", ".."} & set(parts):
        raise ParseError(
            f"'{text:.60}' is not a path.",
            where="--base-url",
            mend="Write one such as /lab/.",
        )
    return "/" + "".join(f"{part}/" for part in parts)


def read_token(text: str) -> str:
    """Check a token, which must consist of characters that addresses can contain."""
    if text and not _TOKEN.fullmatch(text):
        raise ParseError(
            "This token cannot be used.",
            where="--token",
            mend="Write 8 to 200 letters, digits, or any of . _ ~ -",
        )
    return text


def read_memory(text: str) -> int:
    """Read a memory size, such as 2G or 800M.

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

    Examples
    --------
    >>> read_memory("1.5G")
    1610612736
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


def read_origin(text: str) -> str:
    """Read the scheme and host of a page that frames ours.

    Nothing else may get into the header that contains it.

    Examples
    --------
    >>> read_origin("https://course.example:443/")
    'https://course.example'
    """
    wrong = ParseError(
        f"'{text:.60}' is not an origin.",
        where="--allow-embed",
        mend="Write one such as https://course.example.",
    )
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        port = parts.port
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
    # As browsers write it: without the default port.
    if not port or port == _DEFAULT_PORTS[parts.scheme]:
        return f"{parts.scheme}://{shown}"
    return f"{parts.scheme}://{shown}:{port}"


def read_proxy(text: str) -> Network:
    """Read the address of a proxy, or a network of proxies.

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
            f"'{text:.60}' is not an address or a network.",
            where="--trust-proxy",
            mend="Write one such as 127.0.0.1 or 10.0.0.0/8.",
        ) from None


def read_host(text: str) -> str:
    """Read a name of the server's host, as requests contain it.

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
        A host cannot have this name.
    """
    if not _NAME.fullmatch(text):
        raise ParseError(
            f"'{text:.60}' is not the name of a host.",
            where="--allow-host",
            mend="Write one such as lab.school.example, *.school.example, or * for any.",
        )
    return text.lower().removesuffix(".")
