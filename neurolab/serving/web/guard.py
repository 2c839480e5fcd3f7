"""The common part of all answers: access, headers, and error pages."""

import hmac
from collections.abc import Iterable
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import HTTPError, RequestHandler

from .client_addresses import client_of
from .host_names import answers_to
from .server_options import Options

if TYPE_CHECKING:
    from .session_limits import Sessions

_DAY = 86400


# Features of browsers that no page of ours uses, so that no injected script can use them either.
_UNUSED = (
    "camera",
    "display-capture",
    "geolocation",
    "hid",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)


def security_headers(embedders: Iterable[str]) -> dict[str, str]:
    """Return the headers of every answer: no content from other hosts, and only wanted frames."""
    policy = [
        # Widgets contain scripts and styles as texts.
        "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        " ".join(["frame-ancestors 'self'", *embedders]),
    ]
    return {
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
        # A page that opens ours in a new window gets no reference to it. Frames are not affected.
        "Cross-Origin-Opener-Policy": "same-origin",
        "Server": "neurolab",
    }


class Anyone(IdentityProvider):
    """Gives all users the same identity.

    Jupyter would give each browser a name of its own, in a cookie for a month.
    """

    def get_user(self, handler: RequestHandler) -> User:
        """Return the user of a request."""
        return User("anyone")


class Guarded(RequestHandler):
    """The base of each handler."""

    SUPPORTED_METHODS: tuple[str, ...] = ("GET", "HEAD", "POST", "DELETE")
    _jupyter_current_user: Any

    @property
    def server_options(self) -> Options:
        """The options of the server."""
        options: Options = self.settings["options"]
        return options

    @property
    def sessions(self) -> "Sessions":
        """The open labs."""
        sessions: Sessions = self.settings["sessions"]
        return sessions

    @property
    def client(self) -> str:
        """The address for which the limits count this request."""
        forwarded = ",".join(self.request.headers.get_list("X-Forwarded-For"))
        return client_of(
            self.request.remote_ip or "", forwarded, self.server_options.trusted_proxies
        )

    def set_default_headers(self) -> None:
        """Set the headers of every answer."""
        for name, value in self.settings["headers"].items():
            self.set_header(name, value)

    def prepare(self) -> Any:
        """Refuse a request of another host, or without the token."""
        # Jupyter sets these later, and error pages read them before.
        self.current_user = self._jupyter_current_user = None
        self.refuse_other_hosts()
        if self.server_options.token and not (
            self.has_token_in_address() or self._has_token_cookie()
        ):
            self.sessions.refused("token")
            raise HTTPError(403)
        return super().prepare()

    def refuse_other_hosts(self) -> None:
        """Refuse a request for a host name that is not ours."""
        host = self.request.headers.get("Host")
        # A request without a host is not from a browser, and only browsers can be misled.
        if host is not None and not answers_to(host, self.settings["names"]):
            self.sessions.refused("host")
            raise HTTPError(421)

    def has_token_in_address(self) -> bool:
        """Return whether the query contains the token."""
        given = self.request.query_arguments.get("token", [b""])[0]
        return hmac.compare_digest(given, self.server_options.token.encode())

    @property
    def _token_cookie(self) -> str:
        # Browsers send cookies to all ports of a host.
        return f"neurolab-token-{self.settings['port']}"

    @property
    def _token_proof(self) -> str:
        """A value that proves the token without containing it, also after a restart."""
        token = self.server_options.token.encode()
        return hmac.digest(token, self._token_cookie.encode(), "sha256").hex()

    def _has_token_cookie(self) -> bool:
        given = self.get_cookie(self._token_cookie) or ""
        return hmac.compare_digest(given.encode(), self._token_proof.encode())

    def remember_token(self) -> None:
        """Give the browser a cookie that replaces the token from now on."""
        # SameSite=Strict would not be sent when a user follows a link from another site.
        path = self.server_options.base_url
        self.put_cookie(self._token_cookie, self._token_proof, path, "Lax")

    def put_cookie(self, name: str, value: str, path: str, same_site: str = "Strict") -> None:
        """Set a cookie that scripts cannot read.

        In a frame on another site, browsers send only `SameSite=None` cookies, and accept these
        over https alone. Over plain http, only pages of our own site can show the lab in a frame.
        """
        # The first of several proxies is the one that the browser uses.
        first, _, _ = self.request.headers.get("X-Forwarded-Proto", "").partition(",")
        forwarded = first.strip().lower()
        https = "https" in (self.request.protocol, forwarded)
        if https and self.server_options.embedders:
            same_site = "None"
        cookie = SimpleCookie({name: value})[name]
        attributes: dict[str, Any] = {
            "path": path,
            "httponly": True,
            "samesite": same_site,
            "max-age": _DAY,
            "secure": https,
        }
        cookie.update(attributes)
        text = cookie.OutputString()
        # Browsers that separate the cookies of frames need this word, which Python 3.14 introduces.
        self.add_header("Set-Cookie", f"{text}; Partitioned" if same_site == "None" else text)

    def write_error(self, status_code: int, **details: Any) -> None:
        """Answer with a page in plain words, without details of the request or the error."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        template = self.settings["voila_jinja2_env"].get_template("error.html")
        self.finish(template.render(status_code=status_code, base_url=self.server_options.base_url))

    def check_origin(self, origin: str | None = None) -> bool:
        """Return whether one of our own pages asks.

        A request without a page has no origin, but it has no cookie either.
        """
        origin = origin or self.request.headers.get("Origin")
        return origin is None or origin.lower().partition("://")[2] == self.request.host.lower()

    def check_xsrf_cookie(self) -> None:
        """Refuse a request from another site.

        Browsers send the origin of every request that changes something, so no cookie is needed.
        """
        if not self.check_origin():
            self.sessions.refused("origin")
            raise HTTPError(403)


class Owned(Guarded):
    """The base of handlers for one lab: only the browser that opened it has its cookie.

    The cookie is valid below the lab's own addresses, so that each tab of a browser has its own.
    """

    COOKIE = "neurolab-lab"

    def prepare(self) -> Any:
        """Refuse a request without the lab's cookie."""
        self.refuse_other_hosts()
        kernel_id = self.path_kwargs["kernel_id"]
        owned = self.get_signed_cookie(self.COOKIE)
        if owned != kernel_id.encode() or not self.check_origin():
            self.sessions.refused("stranger")
            raise HTTPError(403)
        if kernel_id not in self.sessions:
            raise HTTPError(404)
        return super().prepare()
