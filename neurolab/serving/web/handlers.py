"""The server's answers that differ from Voila's own."""

import math
import random
from urllib.parse import parse_qsl, urlencode

from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import HTTPError, RequestHandler
from voila.request_info_handler import RequestInfoSocketHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler

from .guard import Guarded, Owned
from .session_limits import FullError

_RETRY = (15, 30)  # seconds; not all who wait ask at the same moment


class HandedOut:
    """The kernel manager as a page's handler sees it: tells which kernel the page got."""

    def __init__(self, manager, tell):
        self._manager, self._tell = manager, tell

    def __getattr__(self, name):
        return getattr(self._manager, name)

    async def get_rendered_notebook(self, *arguments, **options):
        found = await self._manager.get_rendered_notebook(*arguments, **options)
        self._tell(found[2])
        return found

    async def start_kernel(self, *arguments, **options):
        kernel_id = await self._manager.start_kernel(*arguments, **options)
        self._tell(kernel_id)
        return kernel_id


class PageHandler(Guarded, TornadoVoilaHandler):
    """The page, with the cookie to the lab it gets; another page where no place is left."""

    _kernel_id, _is_gone = None, False

    @property
    def kernel_manager(self):
        return HandedOut(super().kernel_manager, self._got)

    def _got(self, kernel_id):
        self._place.fill(kernel_id)
        self._kernel_id = kernel_id
        for path in (f"api/kernels/{kernel_id}", f"voila/api/shutdown/{kernel_id}"):
            signed = self.create_signed_value(Owned.COOKIE, kernel_id).decode()
            self.put_cookie(Owned.COOKIE, signed, self.options.base_url + path)

    async def get(self, path: str | None = None) -> None:
        if not self._lets_in(path):
            return
        try:
            self._place = self.sessions.expect(self.client)
        except FullError as full:
            self._say_full(full)
            return
        try:
            await super().get()
        finally:
            self._place.leave()
            RequestInfoSocketHandler._cache.clear()  # Voila keeps the query of each page for its kernel, for ever
            if self._is_gone and self._kernel_id:
                self.sessions.unseen(self._kernel_id)

    async def head(self, path: str | None = None) -> None:
        """Answer as to GET, but open no lab."""
        if not self._lets_in(path):
            return
        try:
            self.sessions.expect(self.client, only_ask=True)
        except FullError as full:
            self._say_full(full)

    def _lets_in(self, path: str | None) -> bool:
        """Whether the page is to be made. Else the answer is given, or an error that gives one is raised."""
        if path:
            raise HTTPError(404)
        if not self._is_visited():
            self.sessions.refused("frame")
            raise HTTPError(403)
        if self.options.token and self.has_token_in_address():
            self._take_token_away()
            return False
        return True

    def on_connection_close(self):
        self._is_gone = True
        super().on_connection_close()

    def _is_visited(self):
        """Whether the page is asked for to be seen: another site's picture or frame of it would only take a place."""
        headers = self.request.headers
        kind, site = (
            headers.get("Sec-Fetch-Dest", "document"),
            headers.get("Sec-Fetch-Site", "none"),
        )
        if kind == "document" or site in ("same-origin", "none"):
            return True
        origin = "/".join(headers.get("Referer", "").split("/", 3)[:3])
        return kind == "iframe" and (
            self.options.may_frame(origin) if origin else bool(self.options.embedders)
        )

    def _take_token_away(self):
        """Go on without the token in the address, where neighbours and the browser's history would see it."""
        self.remember_token()
        query = [(name, value) for name, value in parse_qsl(self.request.query) if name != "token"]
        self.redirect(self.options.base_url + (f"?{urlencode(query)}" if query else ""))

    def _say_full(self, full: FullError) -> None:
        seconds = max(random.randint(*_RETRY), math.ceil(full.seconds))
        self.set_status(429 if full.is_own else 503)
        self.set_header("Retry-After", str(seconds))
        self.set_header("Cache-Control", "no-store")
        template = self.settings["voila_jinja2_env"].get_template("full.html")
        self.finish(template.render(seconds=seconds, is_own=full.is_own))


class LabHandler(Owned, KernelHandler):
    """The lab's kernel as the page asks for it before it connects; nobody ends it this way."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    async def head(self, kernel_id: str) -> None:
        """Answer as to GET."""
        await self.get(kernel_id)


class EndHandler(Owned, VoilaShutdownKernelHandler):
    """The closing page's request to end its lab."""


class HealthHandler(Guarded, RequestHandler):
    """Whether the server is well, for what watches it: whether another lab could be opened if there is a place."""

    def get(self):
        is_well = self.settings["kernel_manager"].can_start
        if not is_well:
            self.set_status(503)
        self.set_header("Cache-Control", "no-store")
        status = "ok" if is_well else "labs cannot be started"
        self.finish(
            {"status": status, "sessions": len(self.sessions), "limit": self.options.most_sessions}
        )

    head = get


class MetricsHandler(Guarded, RequestHandler):
    """What was counted, for Prometheus."""

    def get(self):
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.finish(self.settings["metrics"].text())

    head = get


class MissingHandler(Guarded, RequestHandler):
    """Every other address."""

    def prepare(self):
        super().prepare()
        raise HTTPError(404)
