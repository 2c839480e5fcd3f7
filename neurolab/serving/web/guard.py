"""What every answer of the server shares: who may have it, its headers, and the page that says why there is none."""

import hmac
from http.cookies import SimpleCookie

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import HTTPError

from .client_addresses import client_of
from .host_names import answers_to
from .server_options import Options

_DAY = 86400


# Camera, position and the like: no page of ours asks for them, and none of a script that got in may.
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


def security_headers(embedders):
    """Headers of every answer: nothing from other hosts, and no frames but those that are wanted."""
    policy = [
        "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'",  # widgets bring scripts and styles as texts
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
        # A page that opens ours in a window of its own gets no hold of it. This does not concern frames.
        "Cross-Origin-Opener-Policy": "same-origin",
        "Server": "neurolab",
    }


class Anyone(IdentityProvider):
    """All who are let in are the same; Jupyter would name each browser, and have it keep its name for a month."""

    def get_user(self, handler):
        return User("anyone")


class Guarded:
    """Mixed into each handler."""

    # Not OPTIONS: tornado's method for it has the name of our `options`.
    SUPPORTED_METHODS = ("GET", "HEAD", "POST", "DELETE")

    @property
    def options(self) -> Options:
        return self.settings["options"]

    @property
    def sessions(self):
        return self.settings["sessions"]

    @property
    def client(self) -> str:
        """The address that limits count this request for."""
        forwarded = ",".join(self.request.headers.get_list("X-Forwarded-For"))
        return client_of(self.request.remote_ip, forwarded, self.options.trusted_proxies)

    def set_default_headers(self):
        for name, value in self.settings["headers"].items():
            self.set_header(name, value)

    def prepare(self):
        self.current_user = self._jupyter_current_user = (
            None  # Jupyter sets them later, and error pages ask before
        )
        self.refuse_other_hosts()
        if self.options.token and not (self.has_token_in_address() or self._has_token_cookie()):
            self.sessions.refused("token")
            raise HTTPError(403)
        return super().prepare()

    def refuse_other_hosts(self) -> None:
        """Refuse a request under a name that is not ours."""
        host = self.request.headers.get("Host")
        # Who names no host is not a browser, which alone can be led here under another name.
        if host is not None and not answers_to(host, self.settings["names"]):
            self.sessions.refused("host")
            raise HTTPError(421)

    def has_token_in_address(self):
        """Whether the query holds the token."""
        given = self.request.query_arguments.get("token", [b""])[0]
        return hmac.compare_digest(given, self.options.token.encode())

    @property
    def _token_cookie(self):
        return f"neurolab-token-{self.settings['port']}"  # browsers tell hosts apart, but not ports

    @property
    def _token_proof(self):
        """Holds as long as the token does, also after the server was started anew; the token cannot be read from it."""
        return hmac.digest(self.options.token.encode(), self._token_cookie.encode(), "sha256").hex()

    def _has_token_cookie(self):
        return hmac.compare_digest(
            self.get_cookie(self._token_cookie, "").encode(), self._token_proof.encode()
        )

    def remember_token(self):
        """Have the browser come in without the token from now on."""
        # Strict would be of no use: the link that a person follows to come here stands on another site.
        self.put_cookie(self._token_cookie, self._token_proof, self.options.base_url, "Lax")

    def put_cookie(self, name, value, path, same_site="Strict"):
        """Set a cookie that scripts cannot read.

        In a frame on another site only `SameSite=None` is sent, and browsers take that over https alone; so over plain
        http only pages of our own site can show the lab in a frame.
        """
        # Of several proxies, the first is the browser's.
        forwarded = (
            self.request.headers.get("X-Forwarded-Proto", "").partition(",")[0].strip().lower()
        )
        https = "https" in (self.request.protocol, forwarded)
        if https and self.options.embedders:
            same_site = "None"
        cookie = SimpleCookie({name: value})[name]
        cookie.update(
            {
                "path": path,
                "httponly": True,
                "samesite": same_site,
                "max-age": _DAY,
                "secure": https,
            }
        )
        text = cookie.OutputString()
        # Browsers that keep the cookies of frames apart want to be told; Python 3.14 is the first to know the word.
        self.add_header("Set-Cookie", f"{text}; Partitioned" if same_site == "None" else text)

    def write_error(self, status_code, **details):
        """A page in plain words: neither what was asked nor what went wrong inside."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        template = self.settings["voila_jinja2_env"].get_template("error.html")
        self.finish(template.render(status_code=status_code, base_url=self.options.base_url))

    def check_origin(self, origin=None):
        """Whether a page of our own asks: what asks without a page says no origin, and has no cookie either."""
        origin = origin or self.request.headers.get("Origin")
        return origin is None or origin.lower().partition("://")[2] == self.request.host.lower()

    def check_xsrf_cookie(self):
        """Browsers name the origin of every request that changes something; no cookie is needed beside it."""
        if not self.check_origin():
            self.sessions.refused("origin")
            raise HTTPError(403)


class Owned(Guarded):
    """Mixed into handlers that concern one lab: only the browser that it was handed to has its cookie.

    The cookie is valid below the lab's own addresses, so that each tab of a browser has its own.
    """

    COOKIE = "neurolab-lab"

    def prepare(self):
        self.refuse_other_hosts()
        kernel_id = self.path_kwargs["kernel_id"]
        owned = self.get_signed_cookie(self.COOKIE)
        if owned != kernel_id.encode() or not self.check_origin():
            self.sessions.refused("stranger")
            raise HTTPError(403)
        if kernel_id not in self.sessions:
            raise HTTPError(404)
        return super().prepare()
