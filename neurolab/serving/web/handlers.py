"""The handlers that differ from Voila's own."""

import math
import random
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import HTTPError
from voila.request_info_handler import RequestInfoSocketHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler

from .guard import Guarded, Owned
from .places import FullError, Place

_RETRY = (15, 30)  # seconds; random, so that not all clients ask again at the same moment


class HandedOut:
    """The kernel manager for the handler of a page, which reports the kernel that the page gets."""

    def __init__(self, manager: Any, tell: Callable[[str], None]) -> None:
        self._manager = manager
        self._tell = tell

    def __getattr__(self, name: str) -> Any:
        return getattr(self._manager, name)

    async def get_rendered_notebook(self, *arguments: Any, **options: Any) -> Any:
        """Return a page that is ready, and its kernel."""
        rendered = await self._manager.get_rendered_notebook(*arguments, **options)
        self._tell(rendered[2])
        return rendered

    async def start_kernel(self, *arguments: Any, **options: Any) -> str:
        """Start a kernel, and return its id."""
        kernel_id: str = await self._manager.start_kernel(*arguments, **options)
        self._tell(kernel_id)
        return kernel_id


class PageHandler(Guarded, TornadoVoilaHandler):
    """The page, with the cookie of its lab; another page if no place is left."""

    _kernel_id: str | None = None
    _is_gone = False
    _place: Place

    @property
    def kernel_manager(self) -> HandedOut:
        """The kernel manager, which tells this handler its kernel."""
        return HandedOut(super().kernel_manager, self._got)

    def _got(self, kernel_id: str) -> None:
        self._place.fill(kernel_id)
        self._kernel_id = kernel_id
        for path in (f"api/kernels/{kernel_id}", f"voila/api/shutdown/{kernel_id}"):
            signed = self.create_signed_value(Owned.COOKIE, kernel_id).decode()
            self.put_cookie(Owned.COOKIE, signed, self.server_options.base_url + path)

    async def get(self, path: str | None = None) -> None:
        """Answer with the page, and open a lab for it."""
        if not self._lets_in(path):
            return
        try:
            self._place = self.sessions.expect(self.client)
        except FullError as full:
            self._say_full(full)
            return
        try:
            await self._make_page()
        finally:
            self._place.leave()
            RequestInfoSocketHandler._cache.clear()  # Voila never drops the queries of pages
            if self._is_gone and self._kernel_id:
                self.sessions.unseen(self._kernel_id)

    async def _make_page(self) -> None:
        made: Any = super().get()
        await made

    async def head(self, path: str | None = None) -> None:
        """Answer as to GET, but open no lab."""
        if not self._lets_in(path):
            return
        try:
            self.sessions.check_room(self.client)
        except FullError as full:
            self._say_full(full)

    def _lets_in(self, path: str | None) -> bool:
        """Return whether to make the page; if not, the request has been answered.

        Raises
        ------
        HTTPError
            The request is refused.
        """
        if path:
            raise HTTPError(404)
        if not self._is_visited():
            self.sessions.refused("frame")
            raise HTTPError(403)
        if self.server_options.token and self.has_token_in_address():
            self._take_token_away()
            return False
        return True

    def on_connection_close(self) -> None:
        """Note that the browser does not wait any more."""
        self._is_gone = True
        super().on_connection_close()

    def _is_visited(self) -> bool:
        """Return whether a user visits the page.

        As an image or in a frame of another site, it would only take a place.
        """
        headers = self.request.headers
        kind = headers.get("Sec-Fetch-Dest", "document")
        site = headers.get("Sec-Fetch-Site", "none")
        if kind == "document" or site in ("same-origin", "none"):
            return True
        origin = "/".join(headers.get("Referer", "").split("/", 3)[:3])
        if kind != "iframe":
            return False
        if not origin:
            return bool(self.server_options.embedders)
        return self.server_options.may_frame(origin)

    def _take_token_away(self) -> None:
        """Redirect to the address without the token, which others could see on the screen."""
        self.remember_token()
        query = [(name, value) for name, value in parse_qsl(self.request.query) if name != "token"]
        self.redirect(self.server_options.base_url + (f"?{urlencode(query)}" if query else ""))

    def _say_full(self, full: FullError) -> None:
        seconds = max(random.randint(*_RETRY), math.ceil(full.seconds))
        self.set_status(429 if full.is_own else 503)
        self.set_header("Retry-After", str(seconds))
        self.set_header("Cache-Control", "no-store")
        template = self.settings["voila_jinja2_env"].get_template("full.html")
        self.finish(template.render(seconds=seconds, is_own=full.is_own))


class LabHandler(Owned, KernelHandler):  # type: ignore[misc]  # Jupyter's prepare has an option
    """The state of the lab's kernel, which the page reads before it connects."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    async def head(self, kernel_id: str) -> None:
        """Answer as to GET."""
        answered: Any = self.get(kernel_id)
        await answered


class EndHandler(Owned, VoilaShutdownKernelHandler):
    """The closing page's request to end its lab."""


class HealthHandler(Guarded):
    """The health of the server, for monitoring: whether another lab could be started."""

    def get(self) -> None:
        """Answer with the status and the number of sessions."""
        is_well = self.settings["kernel_manager"].can_start
        if not is_well:
            self.set_status(503)
        self.set_header("Cache-Control", "no-store")
        status = "ok" if is_well else "labs cannot be started"
        self.finish(
            {
                "status": status,
                "sessions": len(self.sessions),
                "limit": self.server_options.most_sessions,
            }
        )

    head = get


class MetricsHandler(Guarded):
    """The metrics, for Prometheus."""

    def get(self) -> None:
        """Answer with all metrics."""
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.finish(self.settings["metrics"].text())

    head = get


class MissingHandler(Guarded):
    """Every other address."""

    def prepare(self) -> Any:
        """Answer that there is no such page."""
        super().prepare()
        raise HTTPError(404)
