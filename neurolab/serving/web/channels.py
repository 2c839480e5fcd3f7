"""The websocket between a page and the kernel of its lab.

Every frame of a page is decoded here, by `frames.read_frame`. Jupyter's own decoders trust the
count of offsets at the start of a message, so that a random count takes all memory.
`LabConnection` never uses them.
"""

import asyncio
import re
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketProtocol13

from .. import open_files
from .allowed_messages import UNHEARD, asks_for_everything, is_allowed
from .backlog import Backlog, Line
from .frames import Frame, FrameError, read_frame
from .guard import Owned

if TYPE_CHECKING:
    from .session_limits import Session

KERNEL_PROTOCOL = "v1.kernel.websocket.jupyter.org"
_UPDATE = b'"method": "update"'  # as a kernel writes it; in typed texts, the quotes are escaped
_START = 200  # first bytes of a message's content, which contain its method
# States of a kernel that answers no earlier message.
_RENEWED = (b'"restarting"', b'"starting"', b'"dead"')


class LabConnection(ZMQChannelsWebsocketConnection):
    """The connection behind a page's websocket, which accepts only decoded frames."""

    @property
    def subprotocol(self) -> str:
        """The only protocol; Jupyter would ask the websocket, which loses it when it closes."""
        return KERNEL_PROTOCOL

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        """Refuse a message that is not decoded."""
        raise NotImplementedError("LabConnection takes frames by send(); it decodes nothing.")

    def send(self, frame: Frame) -> bool:
        """Send a page's message to the kernel; return whether it is still connected.

        Parameters
        ----------
        frame : Frame
            A frame that `allowed_messages.is_allowed` accepts.

        Returns
        -------
        bool
        """
        stream = self.channels.get(frame.channel)
        if stream is None or stream.closed():
            return False
        self.session.send_raw(stream, frame.parts)
        return True


class ChannelsHandler(Owned, KernelWebsocketHandler):
    """The page's line to its kernel.

    It sends packets at once, even if they are not full, and passes on only messages of widgets.
    """

    kernel_websocket_connection_class = LabConnection
    connection: LabConnection | None
    _session: "Session | None" = None
    _edit: tuple[str, float] | None = None
    _line: Line
    _closed: asyncio.Event

    def set_default_headers(self) -> None:
        """Set no headers: the answer is a connection."""

    def write_error(self, status_code: int, **details: Any) -> None:
        """Answer with a page in plain words."""
        super().set_default_headers()
        super().write_error(status_code, **details)

    def prepare(self) -> Any:  # type: ignore[override]  # Jupyter's has an option
        """Refuse a connection without the protocol, with a wrong id, or without room."""
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if KERNEL_PROTOCOL not in [name.strip() for name in offered.split(",")]:
            raise HTTPError(400)
        if not re.fullmatch(r"[\w-]{1,64}", self.get_argument("session_id", "none"), re.ASCII):
            raise HTTPError(400)  # it becomes the name of a socket, with at most 255 bytes
        prepared = super().prepare()
        if not self.sessions.takes_line(self.path_kwargs["kernel_id"]):
            raise HTTPError(429)
        if open_files.are_scarce():
            self.sessions.refused("files")
            raise HTTPError(503)
        return prepared

    async def open(self, kernel_id: str) -> None:
        """Connect the page to the kernel."""
        line = self.ws_connection
        assert isinstance(line, WebSocketProtocol13)
        self._line = line  # tornado drops its own reference when the line starts to close
        self._session = self.sessions.join(kernel_id, self)
        if self._session is None:  # other lines were opened while this one waited for the kernel
            self._line._abort()
            return
        self._closed = asyncio.Event()
        self.set_nodelay(True)
        self.backlog.add(self._line, kernel_id)
        try:
            await super().open(kernel_id)
        except Exception:
            self._forget()
            raise
        # Messages that were sent on closed lines count, too.
        await self._pause(0)

    @property
    def backlog(self) -> Backlog:
        """The messages in the server's memory."""
        return self.sessions.backlog

    def on_close(self) -> None:
        """Disconnect the page from the kernel."""
        if self._session:
            self._forget()
            super().on_close()

    @property
    def _joined(self) -> "Session":
        """The session of a line that has been opened."""
        assert self._session is not None
        return self._session

    def _forget(self) -> None:
        self._closed.set()
        self._joined.unanswered.wake()
        self.backlog.discard(self._line)
        self.sessions.leave(self.kernel_id, self)

    @property
    def is_over(self) -> bool:
        """Whether messages of this line are ignored, because it closes or its lab has ended."""
        line = self.ws_connection
        return (
            line is None
            or line.is_closing()
            or self._session is None
            or self.connection is None
            or self.kernel_id not in self.sessions
            or line.selected_subprotocol != KERNEL_PROTOCOL
        )

    async def on_message(self, message: str | bytes) -> None:
        """Check a message of the page, and pass it on."""
        if self.is_over:
            return
        try:
            if isinstance(message, str):
                raise FrameError("text")
            frame = read_frame(message)
        except FrameError:
            self.sessions.refused("malformed")
            self.close(1003)
            return
        self.backlog.take(self._line, len(message))
        try:
            if is_allowed(frame):
                await self._pass_on(frame)
            else:
                self.sessions.refused("message")
            await self._pause(len(message))
        finally:
            self.backlog.release(self._line)

    async def _pause(self, size: int) -> None:
        """Wait for the time that the budget requires for a message, or until the line is closed."""
        seconds = self._joined.budget.seconds_to_wait(size)
        if not seconds:
            await asyncio.sleep(0)
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closed.wait(), seconds)

    async def _pass_on(self, frame: Frame) -> None:
        """Send a message to the kernel, when it has answered enough of the previous ones."""
        everything = asks_for_everything(frame)
        size = len(frame.data)
        unanswered = self._joined.unanswered
        await unanswered.wait_for_room(size, everything, lambda: self.is_over)
        while everything and not self.is_over and self.backlog.has_unsent(self._line):
            await asyncio.sleep(0.05)
        if self.is_over:
            return
        if frame.kind == "comm_msg" and self._edit is None:
            self._edit = frame.name, time.perf_counter()
        if self.connection and self.connection.send(frame):
            unanswered.sent(frame.name, size)

    def write_message(  # type: ignore[override]  # some messages are not sent
        self, message: str | bytes, binary: bool = False
    ) -> asyncio.Future[None] | None:
        """Send a message to the page, unless it is for others or the line is cut."""
        if isinstance(message, str):
            return None  # messages of Jupyter on a line that closes, or is not yet open
        frame = read_frame(message)
        if frame.kind in UNHEARD:
            if frame.kind == "error":
                self.settings["metrics"].errors.inc()
            return None
        if frame.channel == "iopub":
            self._note(frame)
        if self.ws_connection is None or not self.backlog.has_room(self._line, len(message)):
            return None
        # It is not an error if the page was closed while its kernel was sending.
        try:
            written = super().write_message(message, binary)
        except WebSocketClosedError:
            return None
        written.add_done_callback(lambda future: future.cancelled() or future.exception())
        return written

    def _note(self, frame: Frame) -> None:
        """Note the edits and answers in a kernel's message."""
        if self._edit:
            self._time_edit(frame)
        if frame.kind == "comm_msg" and self._session and _UPDATE in frame.begins(_START):
            self._session.changed = time.monotonic()
        elif frame.kind == "status" and self._session:
            state = frame.begins(_START)
            if b'"idle"' in state:
                self._session.unanswered.answered(frame.parent)
            elif any(renewed in state for renewed in _RENEWED):
                self._session.unanswered.clear()

    def _time_edit(self, frame: Frame) -> None:
        """Measure the time of an edit, if this message is its first effect on the page."""
        assert self._edit
        name, began = self._edit
        if f'"{name}"'.encode() not in frame.parent:
            return
        if frame.kind == "comm_msg":
            self.settings["metrics"].edits.observe(time.perf_counter() - began)
            self._edit = None
        elif frame.kind == "status" and b'"idle"' in frame.content:
            self._edit = None
