"""The websocket between a page and the kernel of its lab.

Every frame that a page sends is decoded here, by `frames.read_frame`. Jupyter's own decoders trust the count of offsets
with which a message starts, so that a random count takes all memory; `LabConnection` has no way to reach them.
"""

import asyncio
import re
import time
from collections.abc import Awaitable
from contextlib import suppress

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError

from .. import open_files
from .allowed_messages import UNHEARD, asks_for_everything, is_allowed
from .backlog import Backlog
from .frames import Frame, FrameError, read_frame
from .guard import Owned

KERNEL_PROTOCOL = "v1.kernel.websocket.jupyter.org"
_UPDATE = b'"method": "update"'  # as a kernel writes it; a text that a person typed has its quotes escaped
_START = 200  # bytes of a message's content among which its method stands
_RENEWED = (
    b'"restarting"',
    b'"starting"',
    b'"dead"',
)  # states of a kernel that answers no earlier message


class LabConnection(ZMQChannelsWebsocketConnection):
    """The connection behind a page's websocket: takes frames that are decoded, and nothing else."""

    @property
    def subprotocol(self) -> str:
        """The only one. Jupyter asks the websocket, which has forgotten it once it is closing."""
        return KERNEL_PROTOCOL

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        """Refuse what is not decoded."""
        raise NotImplementedError("LabConnection takes frames by send(); it decodes nothing.")

    def send(self, frame: Frame) -> bool:
        """Send a page's message to the kernel; return whether there still is a way to it.

        Parameters
        ----------
        frame : Frame
            One that `messages.is_allowed` lets pass.

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
    """The page's line to its kernel: no waiting for a full packet, and no message but those that widgets send."""

    kernel_websocket_connection_class = LabConnection
    _session, _edit, _line = None, None, None

    def set_default_headers(self) -> None:
        """Set none: the answer is a connection."""

    def write_error(self, status_code: int, **details: object) -> None:
        super().set_default_headers()
        super().write_error(status_code, **details)

    def prepare(self) -> Awaitable[None] | None:
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if KERNEL_PROTOCOL not in [name.strip() for name in offered.split(",")]:
            raise HTTPError(400)
        if not re.fullmatch(r"[\w-]{1,64}", self.get_argument("session_id", "none"), re.ASCII):
            raise HTTPError(400)  # it becomes a socket's name, which has at most 255 bytes
        prepared = super().prepare()
        if not self.sessions.takes_line(self.path_kwargs["kernel_id"]):
            raise HTTPError(429)
        if open_files.are_scarce():
            self.sessions.refused("files")
            raise HTTPError(503)
        return prepared

    async def open(self, kernel_id: str) -> None:
        self._line = self.ws_connection  # tornado forgets it when the line begins to close
        self._session = self.sessions.join(kernel_id, self)
        if self._session is None:  # others came while this one waited for the kernel
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
        # What was sent on lines that are closed counts too.
        await self._pause(0)

    @property
    def backlog(self) -> Backlog:
        return self.sessions.backlog

    def on_close(self) -> None:
        if self._session:
            self._forget()
            super().on_close()

    def _forget(self) -> None:
        self._closed.set()
        self._session.unanswered.wake()
        self.backlog.discard(self._line)
        self.sessions.leave(self.kernel_id, self)

    @property
    def is_over(self) -> bool:
        """Whether nothing that arrives on this line counts any more: it is closing, or its lab has ended."""
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
        """Read nothing more for as long as a message of a size costs; less long if the line is closed meanwhile."""
        seconds = self._session.budget.seconds_to_wait(size)
        if not seconds:
            await asyncio.sleep(0)
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closed.wait(), seconds)

    async def _pass_on(self, frame: Frame) -> None:
        """Send a message to the kernel, as soon as it has answered enough of those before."""
        everything = asks_for_everything(frame)
        size = len(frame.data)
        await self._session.unanswered.wait_for_room(size, everything, lambda: self.is_over)
        while everything and not self.is_over and self.backlog.has_unsent(self._line):
            await asyncio.sleep(0.05)
        if self.is_over:
            return
        if frame.kind == "comm_msg" and self._edit is None:
            self._edit = frame.name, time.perf_counter()
        if self.connection.send(frame):
            self._session.unanswered.sent(frame.name, size)

    def write_message(self, message: str | bytes, binary: bool = False) -> asyncio.Future | None:
        if isinstance(message, str):
            return None  # Jupyter's words on a line that is closing, or not yet open
        frame = read_frame(message)
        if frame.kind in UNHEARD:
            if frame.kind == "error":
                self.settings["metrics"].errors.inc()
            return None
        if frame.channel == "iopub":
            self._note(frame)
        if self.ws_connection is None or not self.backlog.has_room(self._line, len(message)):
            return None
        # A page that was closed while its kernel was talking is no error.
        try:
            written = super().write_message(message, binary)
        except WebSocketClosedError:
            return None
        written.add_done_callback(lambda future: future.cancelled() or future.exception())
        return written

    def _note(self, frame: Frame) -> None:
        """Take note of what a kernel's message says about edits and answers."""
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
        """Note how long the edit took whose first consequence for the page this message is."""
        name, began = self._edit
        if f'"{name}"'.encode() not in frame.parent:
            return
        if frame.kind == "comm_msg":
            self.settings["metrics"].edits.observe(time.perf_counter() - began)
            self._edit = None
        elif frame.kind == "status" and b'"idle"' in frame.content:
            self._edit = None
