"""Sessions: labs with a page, and the limits of their number and of their use."""

import contextvars
import itertools
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.websocket import WebSocketHandler

from .. import open_files
from ..event_log import log_event
from ..kernels.forking import ForkProvisioner
from ..kernels.server_memory import give_back
from ..kernels.watching import LabWatch
from ..steady_clock import steady_now
from .backlog import Backlog
from .client_addresses import SharesOfCustomers
from .message_budget import Budget
from .places import FullError, Place
from .refusals import Refusals
from .unanswered import Unanswered

if TYPE_CHECKING:
    from ..app import LabServer

MOST_LINES = 3  # websockets of one lab: a page has one, and a second one while it reconnects
KEPT = 20  # seconds for which Jupyter keeps the objects of a connection
ENDED = 4001  # code with which the websockets of a lab are closed when it has ended
ENDED_FOR_MEMORY = 4002  # the same, if it was the largest when all labs took too much memory
_MEMORY = 2**30  # bytes that a lab may take in addition to those at its start


@dataclass
class Session:
    """A lab and its page."""

    number: int
    unanswered: Unanswered
    client: str = ""
    """The address from which it was opened."""
    lines: set[WebSocketHandler] = field(default_factory=set)
    joined: int = 0
    """Number of lines that were ever opened."""
    began: float = field(default_factory=time.monotonic)
    changed: float = field(default_factory=time.monotonic)
    """Time of the last edit that has changed something."""
    budget: Budget = field(default_factory=Budget)
    code: int = ENDED
    """The code with which its lines are closed at its end."""


class Sessions:
    """All labs that have a page; those that wait in the pool do not count.

    Parameters
    ----------
    server : LabServer
        Its `kernel_manager` has the labs' processes.
    """

    def __init__(self, server: "LabServer") -> None:
        self._server = server
        self._options = server.options
        self._metrics = server.metrics
        self._open: dict[str, Session] = {}
        self._numbers = itertools.count(1)
        self._coming = 0
        self.labs = LabWatch(self._options.memory, self._processes, self._end_for)
        self.backlog = Backlog(self.refused, self._unanswered, self._end_unanswering)
        self._shares = SharesOfCustomers(
            self._options.share,
            self._options.share_of_customer,
            self._options.most_per_address is not None,
        )
        self._refusals = Refusals(self._metrics.refused)
        self._metrics.sessions.set_function(lambda: len(self._open))
        self._metrics.memory.set_function(lambda: self.labs.total)
        self._metrics.most_memory.set(self._options.memory)
        self._metrics.most_sessions.set(self._options.most_sessions)

    def __len__(self) -> int:
        return len(self._open)

    def __contains__(self, kernel_id: object) -> bool:
        return kernel_id in self._open

    def watch(self) -> None:
        """Start to check the open labs, on the running loop."""
        PeriodicCallback(self._look_after, 1000 * self._options.edit_seconds / 4).start()
        self.backlog.start()
        self.labs.start()

    async def _look_after(self) -> None:
        await self.interrupt_stuck()
        if self._options.in_class:
            await self.end_unused()

    async def end_unused(self) -> None:
        """End the labs in which no edit has changed anything in `Options.idle_minutes`."""
        latest = time.monotonic() - 60 * self._options.idle_minutes
        for kernel_id, session in list(self._open.items()):
            if session.changed < latest and kernel_id in self._server.kernel_manager:
                log_event("ended: unused", session=session.number)
                await self._server.kernel_manager.shutdown_kernel(kernel_id, now=True)

    def expect(self, client: str) -> Place:
        """Reserve a place for a page; `Place.fill` or `Place.leave` must follow.

        Parameters
        ----------
        client : str
            The address that asks, as `client_of` names it.

        Raises
        ------
        FullError
            There is no place, or none for this address.
        """
        self.check_room(client)
        self._coming += 1
        self._shares.opened(client)
        return Place(
            fill=lambda kernel_id: self._fill(kernel_id, client),
            leave=lambda: self._leave(client),
        )

    def _fill(self, kernel_id: str, client: str) -> None:
        self._coming -= 1
        self.began(kernel_id, client)

    def _leave(self, client: str) -> None:
        self._coming -= 1
        self._shares.closed(client)

    def check_room(self, client: str) -> None:
        """Check that there is a place for an address.

        Raises
        ------
        FullError
            There is no place, or none for this address.
        """
        most = self._options.most_sessions
        if most and len(self._open) + self._coming >= most:
            self.refused("full")
            raise FullError
        if not self.labs.has_room:
            self.refused("memory")
            raise FullError
        if open_files.are_scarce():
            self.refused("files")
            raise FullError
        seconds = self._shares.seconds_to_wait(client)
        if seconds:
            self.refused("address")
            raise FullError(is_own=True, seconds=0 if math.isinf(seconds) else seconds)

    def refused(self, reason: str) -> None:
        """Count and log a refusal."""
        self._refusals.add(reason)

    def began(self, kernel_id: str, client: str = "") -> None:
        """Note that a lab has got a page at this address."""
        kernel: Any = self._server.kernel_manager.get_kernel(kernel_id)
        kernel.last_activity = steady_now()  # the time in the pool does not count as idle
        unanswered = Unanswered(2 * self._options.edit_seconds)
        self._open[kernel_id] = session = Session(next(self._numbers), unanswered, client)
        if isinstance(kernel.provisioner, ForkProvisioner):
            kernel.provisioner.confine(min(_MEMORY, self._options.memory or _MEMORY))
        self._metrics.opens.inc()
        log_event("opened", session=session.number)
        self._expect_line(kernel_id, self._options.connect_seconds)

    def _expect_line(self, kernel_id: str, seconds: float) -> None:
        """End a lab unless a page connects to it in time; phones close pages without notice."""
        _later(seconds, self._end_left, kernel_id, self._open[kernel_id].joined)

    def unseen(self, kernel_id: str) -> None:
        """End a lab whose page was closed before it was ready."""
        if kernel_id in self._open:
            self._expect_line(kernel_id, 0)

    async def _end_left(self, kernel_id: str, joined: int) -> None:
        session = self._open.get(kernel_id)
        if session and session.joined == joined and not session.lines:
            log_event("left" if joined else "never connected", session=session.number)
            await self._server.kernel_manager.shutdown_kernel(kernel_id, now=True)

    def _processes(self) -> dict[str, int]:
        """Return the process number of each kernel, with those that wait for a page."""
        manager: Any = self._server.kernel_manager
        numbers = {}
        for kernel_id in manager.list_kernel_ids():
            kernel = manager.get_kernel(kernel_id)
            if kernel.has_kernel and kernel.provisioner.pid:
                numbers[kernel_id] = kernel.provisioner.pid
        return numbers

    def _unanswered(self) -> dict[str, int]:
        """Return the bytes of unanswered messages of each lab."""
        return {kernel_id: session.unanswered.size for kernel_id, session in self._open.items()}

    def _end_unanswering(self, kernel_id: str) -> None:
        IOLoop.current().add_callback(self._end_for, kernel_id, "unanswered")

    async def _end_for(self, kernel_id: str, reason: str) -> bool:
        """End a lab for a reason of `LabWatch`; return whether it had a page."""
        session = self._open.get(kernel_id)
        if session is None:
            return False
        if reason == "memory":
            session.code = ENDED_FOR_MEMORY
        log_event(f"ended: {reason}", session=session.number)
        await self._server.kernel_manager.shutdown_kernel(kernel_id, now=True)
        return True

    def leave_open(self) -> None:
        """Forget all labs without telling their pages, which wait until the server is back."""
        self._open.clear()

    def ended(self, kernel_id: str) -> None:
        """Note that a lab's process has ended, and tell its page."""
        session = self._open.pop(kernel_id, None)
        if session:
            self._shares.closed(session.client)
            log_event(
                "ended", session=session.number, seconds=round(time.monotonic() - session.began)
            )
            for line in list(session.lines):
                line.close(session.code, "This lab has ended.")
            if not self._open:
                _later(KEPT + 5, self._tidy)

    def _tidy(self) -> None:
        """Return memory after the last lab, when nobody notices the pause."""
        if not self._open:
            give_back()

    def takes_line(self, kernel_id: str) -> bool:
        """Return whether a lab may have another websocket; count a refusal if not."""
        session = self._open.get(kernel_id)
        takes = session is not None and len(session.lines) < MOST_LINES
        if not takes:
            self.refused("lines")
        return takes

    def join(self, kernel_id: str, line: WebSocketHandler) -> Session | None:
        """Count a websocket in; return its session, or None if there are enough."""
        if not self.takes_line(kernel_id):
            return None
        session = self._open[kernel_id]
        session.lines.add(line)
        session.joined += 1
        return session

    def leave(self, kernel_id: str, line: WebSocketHandler) -> None:
        """Count a websocket out."""
        session = self._open.get(kernel_id)
        if session:
            session.lines.discard(line)
            if not session.lines:
                self._expect_line(kernel_id, self._options.return_seconds)

    async def interrupt_stuck(self) -> None:
        """Interrupt labs that compute for too long without a message; end those that go on."""
        manager: Any = self._server.kernel_manager
        patience = self._options.edit_seconds
        for kernel_id, session in list(self._open.items()):
            kernel = manager.get_kernel(kernel_id) if kernel_id in manager else None
            if kernel is None or kernel.execution_state != "busy":
                continue
            silent = (steady_now() - kernel.last_activity).total_seconds()
            if silent > 2 * patience:
                log_event("ended: stuck", session=session.number)
                await manager.shutdown_kernel(kernel_id, now=True)
            elif silent > patience:
                log_event("interrupted", session=session.number)
                await kernel.interrupt_kernel()


def _later(seconds: float, act: Callable[..., Any], *arguments: Any) -> None:
    """Call a function later, in a new context.

    In the context of a request, the timer would keep the request and the objects of its lab alive.
    """
    contextvars.Context().run(IOLoop.current().call_later, seconds, act, *arguments)
