"""Sessions: labs that were handed to a page. How many there may be, and what one may take."""

import contextvars
import itertools
import math
import time
from dataclasses import dataclass, field

from jupyter_server.services.kernels import kernelmanager
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.websocket import WebSocketHandler

from .. import open_files
from ..event_log import log_event
from ..kernels.forking import ForkProvisioner
from ..kernels.server_memory import give_back
from ..kernels.watching import LabWatch
from .backlog import Backlog
from .client_addresses import SharesOfCustomers
from .refusals import Refusals
from .unanswered import Unanswered

MOST_LINES = 3  # websockets to one lab: a page has one, and a second one while it reconnects
KEPT = 20  # seconds for which Jupyter keeps what belonged to a connection
ENDED = 4001  # code with which a websocket is closed whose lab has ended
ENDED_FOR_MEMORY = (
    4002  # the same, if the lab took the most memory when all labs together took too much
)
_MEMORY = 2**30  # bytes that a lab may take beyond those it starts with
_MESSAGES, _BYTES = 150, 2**21  # that a page may send per second, over a longer time
_BURST = 10  # seconds' worth of them at once


class FullError(Exception):
    """No place is left.

    Parameters
    ----------
    is_own : bool
        Whether it is the places of one address that are taken.
    seconds : float
        After which there is one again, at the earliest, as far as that is known; else 0.
    """

    def __init__(self, is_own: bool = False, seconds: float = 0) -> None:
        super().__init__(is_own, seconds)
        self.is_own, self.seconds = is_own, seconds


class Budget:
    """What a page may send: more than a person and a mouse ever do."""

    def __init__(self):
        self._left, self._seen = [_BURST * _MESSAGES, _BURST * _BYTES], time.monotonic()

    def seconds_to_wait(self, size):
        """Spend a message of `size` bytes, and say for how long no more are to be read."""
        now = time.monotonic()
        passed, self._seen = now - self._seen, now
        waits = []
        for place, (rate, spent) in enumerate(((_MESSAGES, 1), (_BYTES, size))):
            self._left[place] = min(_BURST * rate, self._left[place] + passed * rate) - spent
            waits.append(-self._left[place] / rate)
        return max(0.0, *waits)


@dataclass
class Session:
    """A lab and the page it was handed to."""

    number: int
    unanswered: Unanswered
    client: str = ""  # the address that it was opened from
    lines: set = field(default_factory=set)
    joined: int = 0  # how many there have ever been
    began: float = field(default_factory=time.monotonic)
    changed: float = field(default_factory=time.monotonic)  # when an edit last changed anything
    budget: Budget = field(default_factory=Budget)
    code: int = ENDED  # with which its lines are closed at its end


class Sessions:
    """All labs that are handed out; those that wait in the pool are none.

    Parameters
    ----------
    server : LabServer
        Its `kernel_manager` has the labs' processes.
    """

    def __init__(self, server):
        self._server, self._options, self._metrics = server, server.options, server.metrics
        self._open, self._numbers, self._coming = {}, itertools.count(1), 0
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

    def __len__(self):
        return len(self._open)

    def __contains__(self, kernel_id):
        return kernel_id in self._open

    def watch(self) -> None:
        """Begin to look after the labs that are open, on the loop that runs."""
        PeriodicCallback(self._look_after, 1000 * self._options.edit_seconds / 4).start()
        self.backlog.start()
        self.labs.start()

    async def _look_after(self) -> None:
        await self.interrupt_stuck()
        if self._options.in_class:
            await self.end_unused()

    async def end_unused(self) -> None:
        """End the labs in which no edit has changed anything for as long as `Options.idle_minutes`."""
        latest = time.monotonic() - 60 * self._options.idle_minutes
        for kernel_id, session in list(self._open.items()):
            if session.changed < latest and kernel_id in self._server.kernel_manager:
                log_event("ended: unused", session=session.number)
                await self._server.kernel_manager.shutdown_kernel(kernel_id, now=True)

    def expect(self, client: str, only_ask: bool = False) -> "Place | None":
        """Keep a place for a page that is being made; `Place.fill` or `Place.leave` follows.

        Parameters
        ----------
        client : str
            The address that asks, as `addresses.client_of` names it.
        only_ask : bool
            Whether no place is to be kept.

        Returns
        -------
        Place or None

        Raises
        ------
        FullError
            There is none, or none for this address.
        """
        if (
            self._options.most_sessions
            and len(self._open) + self._coming >= self._options.most_sessions
        ):
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
        return None if only_ask else Place(self, client)

    def refused(self, reason: str) -> None:
        """Count and log a refusal."""
        self._refusals.add(reason)

    def began(self, kernel_id: str, client: str = "") -> None:
        """A lab was handed to a page at this address."""
        kernel = self._server.kernel_manager.get_kernel(kernel_id)
        kernel.last_activity = kernelmanager.utcnow()  # waiting in the pool was not idling
        unanswered = Unanswered(2 * self._options.edit_seconds)
        self._open[kernel_id] = session = Session(next(self._numbers), unanswered, client)
        if isinstance(kernel.provisioner, ForkProvisioner):
            kernel.provisioner.confine(min(_MEMORY, self._options.memory or _MEMORY))
        self._metrics.opens.inc()
        log_event("opened", session=session.number)
        self._expect_line(kernel_id, self._options.connect_seconds)

    def _expect_line(self, kernel_id, seconds):
        """End a lab unless a page connects to it in time: phones close pages without a word."""
        _later(seconds, self._end_left, kernel_id, self._open[kernel_id].joined)

    def unseen(self, kernel_id):
        """End a lab whose page was given up before it was there."""
        if kernel_id in self._open:
            self._expect_line(kernel_id, 0)

    async def _end_left(self, kernel_id, joined):
        session = self._open.get(kernel_id)
        if session and session.joined == joined and not session.lines:
            log_event("left" if joined else "never connected", session=session.number)
            await self._server.kernel_manager.shutdown_kernel(kernel_id, now=True)

    def _processes(self) -> dict[str, int]:
        """Return the process number of each lab's kernel; those of labs that wait for a page are among them."""
        manager = self._server.kernel_manager
        found = {
            kernel_id: manager.get_kernel(kernel_id) for kernel_id in manager.list_kernel_ids()
        }
        return {
            kernel_id: kernel.provisioner.pid
            for kernel_id, kernel in found.items()
            if kernel.has_kernel and kernel.provisioner.pid
        }

    def _unanswered(self) -> dict[str, int]:
        """Return how many bytes of messages the kernel of each lab has not answered."""
        return {kernel_id: session.unanswered.size for kernel_id, session in self._open.items()}

    def _end_unanswering(self, kernel_id: str) -> None:
        IOLoop.current().add_callback(self._end_for, kernel_id, "unanswered")

    async def _end_for(self, kernel_id: str, reason: str) -> bool:
        """End a lab for a reason of `LabWatch`; return whether there was one that a page had."""
        session = self._open.get(kernel_id)
        if session is None:
            return False
        if reason == "memory":
            session.code = ENDED_FOR_MEMORY
        log_event(f"ended: {reason}", session=session.number)
        await self._server.kernel_manager.shutdown_kernel(kernel_id, now=True)
        return True

    def leave_open(self):
        """Tell no page that its lab has ended: the server does, and pages wait for it to be there again."""
        self._open.clear()

    def ended(self, kernel_id):
        """A lab's process is gone: its page is told, so that it can say so."""
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

    def _tidy(self):
        """Once the class has gone, what it took goes too; nobody is there to notice the pause."""
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

    def leave(self, kernel_id, line):
        """Count a websocket out."""
        session = self._open.get(kernel_id)
        if session:
            session.lines.discard(line)
            if not session.lines:
                self._expect_line(kernel_id, self._options.return_seconds)

    async def interrupt_stuck(self):
        """Interrupt labs that have said nothing for too long while they work; end those that go on."""
        manager, patience = self._server.kernel_manager, self._options.edit_seconds
        for kernel_id, session in list(self._open.items()):
            kernel = manager.get_kernel(kernel_id) if kernel_id in manager else None
            if kernel is None or kernel.execution_state != "busy":
                continue
            silent = (kernelmanager.utcnow() - kernel.last_activity).total_seconds()
            if silent > 2 * patience:
                log_event("ended: stuck", session=session.number)
                await manager.shutdown_kernel(kernel_id, now=True)
            elif silent > patience:
                log_event("interrupted", session=session.number)
                await kernel.interrupt_kernel()


class Place:
    """A place kept for a page that is being made, from an address."""

    def __init__(self, sessions: Sessions, client: str) -> None:
        self._sessions, self._client, self._is_kept = sessions, client, True
        sessions._coming += 1
        sessions._shares.opened(client)

    def fill(self, kernel_id: str) -> None:
        """The page has its lab, which has the place from now on."""
        if self._is_kept:
            self._is_kept = False
            self._sessions._coming -= 1
            self._sessions.began(kernel_id, self._client)

    def leave(self) -> None:
        """Give the place back, unless it is filled."""
        if self._is_kept:
            self._is_kept = False
            self._sessions._coming -= 1
            self._sessions._shares.closed(self._client)


def _later(seconds, act, *arguments):
    """Have something done later, in no request's context: the timer would keep the request and all that belongs to its lab."""
    contextvars.Context().run(IOLoop.current().call_later, seconds, act, *arguments)
