"""The server's answers that differ from Voila's own."""

import asyncio
import random
import re
import time
from urllib.parse import parse_qsl, urlencode

from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.iostream import StreamBufferFullError
from tornado.web import HTTPError, RequestHandler
from tornado.websocket import WebSocketClosedError
from voila.request_info_handler import RequestInfoSocketHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler

from .frames import FrameError, read_frame
from .guard import Guarded, Owned
from .limits import FullError
from .messages import UNHEARD, is_allowed

KERNEL_PROTOCOL = "v1.kernel.websocket.jupyter.org"
_RETRY = (15, 30)  # seconds; not all who wait ask at the same moment
_MOST_UNREAD = 2**25  # bytes that a page may leave unread


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

    async def get(self, path=None):
        if path:
            raise HTTPError(404)
        if not self._is_visited():
            self.sessions.refused("frame")
            raise HTTPError(403)
        if self.options.token and self.has_token_in_address():
            self._take_token_away()
            return
        try:
            self._place = self.sessions.expect()
        except FullError:
            self._say_full()
            return
        try:
            await super().get()
        finally:
            self._place.leave()
            RequestInfoSocketHandler._cache.clear()  # Voila keeps the query of each page for its kernel, for ever
            if self._is_gone and self._kernel_id:
                self.sessions.unseen(self._kernel_id)

    def on_connection_close(self):
        self._is_gone = True
        super().on_connection_close()

    def _is_visited(self):
        """Whether the page is asked for to be seen: another site's picture or frame of it would only take a place."""
        headers = self.request.headers
        kind, site = headers.get("Sec-Fetch-Dest", "document"), headers.get("Sec-Fetch-Site", "none")
        if kind == "document" or site in ("same-origin", "none"):
            return True
        origin = "/".join(headers.get("Referer", "").split("/", 3)[:3])
        return kind == "iframe" and (self.options.may_frame(origin) if origin else bool(self.options.embedders))

    def _take_token_away(self):
        """Go on without the token in the address, where neighbours and the browser's history would see it."""
        self.remember_token()
        query = [(name, value) for name, value in parse_qsl(self.request.query) if name != "token"]
        self.redirect(self.options.base_url + (f"?{urlencode(query)}" if query else ""))

    def _say_full(self):
        seconds = random.randint(*_RETRY)
        self.set_status(503)
        self.set_header("Retry-After", str(seconds))
        self.set_header("Cache-Control", "no-store")
        self.finish(self.settings["voila_jinja2_env"].get_template("full.html").render(seconds=seconds))


class ChannelsHandler(Owned, KernelWebsocketHandler):
    """The page's line to its kernel: no waiting for a full packet, and no message but those that widgets send.

    Jupyter's decoders trust the count of offsets that a message starts with; a random one takes all memory. Pages use
    the protocol that has the count, so other clients are refused, and what is no message ends the connection.
    """

    _session, _edit = None, None

    def set_default_headers(self):
        """None: the answer is a connection."""

    def prepare(self):
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if KERNEL_PROTOCOL not in [name.strip() for name in offered.split(",")]:
            raise HTTPError(400)
        if not re.fullmatch(r"[\w-]{1,64}", self.get_argument("session_id", "none"), re.ASCII):
            raise HTTPError(400)  # it becomes a socket's name, which has at most 255 bytes
        return super().prepare()

    async def open(self, kernel_id):
        self._session = self.sessions.join(kernel_id, self)
        if self._session is None:
            self.close(1013, "This lab is open already.")
            return
        self.set_nodelay(True)
        self.ws_connection.stream.max_write_buffer_size = _MOST_UNREAD
        try:
            await super().open(kernel_id)
        except Exception:
            self.sessions.leave(kernel_id, self)
            raise
        # What was sent on lines that are closed counts too.
        await asyncio.sleep(self._session.budget.seconds_to_wait(0))

    def on_close(self):
        if self._session:
            self.sessions.leave(self.kernel_id, self)
            super().on_close()

    def on_message(self, message):
        if self._session is None:
            return None
        try:
            if isinstance(message, str):
                raise FrameError("text")
            frame = read_frame(message)
        except FrameError:
            self.sessions.refused("malformed")
            self.close(1003)
            return None
        if is_allowed(frame):
            if frame.kind == "comm_msg" and self._edit is None:
                self._edit = frame.name, time.perf_counter()
            super().on_message(message)
        else:
            self.sessions.refused("message")
        wait = self._session.budget.seconds_to_wait(len(message))
        return asyncio.sleep(wait) if wait else None  # nothing more is read meanwhile

    def write_message(self, message, binary=False):
        if isinstance(message, str):
            return None  # Jupyter's words on a line that is closing, or not yet open
        frame = read_frame(message)
        if frame.kind in UNHEARD:
            if frame.kind == "error":
                self.settings["metrics"].errors.inc()
            return None
        if self._edit and frame.channel == "iopub":
            self._time_edit(frame)
        # A page that was closed while its kernel was talking is no error.
        try:
            written = super().write_message(message, binary)
        except WebSocketClosedError:
            return None
        except StreamBufferFullError:
            self.sessions.refused("unread")
            self.ws_connection._abort()
            return None
        if written is not None:
            written.add_done_callback(lambda future: future.exception())
        return written

    def _time_edit(self, frame):
        """Note how long the edit took whose first consequence for the page this message is."""
        name, began = self._edit
        if f'"{name}"'.encode() not in frame.parent:
            return
        if frame.kind == "comm_msg":
            self.settings["metrics"].edits.observe(time.perf_counter() - began)
            self._edit = None
        elif frame.kind == "status" and b'"idle"' in frame.content:
            self._edit = None


class LabHandler(Owned, KernelHandler):
    """The lab's kernel as the page asks for it before it connects; nobody ends it this way."""

    SUPPORTED_METHODS = ("GET",)


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
        self.finish({"status": status, "sessions": len(self.sessions), "limit": self.options.most_sessions})


class MetricsHandler(Guarded, RequestHandler):
    """What was counted, for Prometheus."""

    def get(self):
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.finish(self.settings["metrics"].text())


class MissingHandler(Guarded, RequestHandler):
    """Every other address."""

    def prepare(self):
        super().prepare()
        raise HTTPError(404)
