"""Messages of a page that its kernel has not answered yet, which must not fill the queues."""

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress

MOST = 64  # messages; for each control, a page waits for an answer before it sends the next one
MOST_BYTES = 2**23  # of all messages, and of the largest one, a file that a student opens


class Unanswered:
    """The messages that the lines of a lab have sent, and that its kernel has not answered.

    `Sessions.interrupt_stuck` ends a kernel that does not answer at all. A message that a kernel
    drops because it is damaged stops counting after `patience`.

    Parameters
    ----------
    patience : float
        Seconds.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        # Name → number of messages of this name, their bytes, and the time of the last one.
        self._sent: OrderedDict[str, tuple[int, float, float]] = OrderedDict()
        self._count = 0
        self._bytes = 0.0
        self._fewer = asyncio.Event()

    @property
    def size(self) -> int:
        """The bytes of all messages."""
        return round(self._bytes)

    def sent(self, name: str, size: int) -> None:
        """Count a message that was passed on."""
        count, total, _ = self._sent.pop(name, (0, 0, 0))
        self._sent[name] = count + 1, total + size, time.monotonic()
        self._count += 1
        self._bytes += size

    def answered(self, parent: bytes) -> None:
        """Count out the message whose header is given, as JSON."""
        if not self._sent:
            return
        try:
            name = json.loads(parent).get("msg_id")
        except (ValueError, AttributeError, RecursionError):
            return
        if isinstance(name, str) and name in self._sent:
            self._remove_one(name)

    def clear(self) -> None:
        """Count out all messages, because the kernel is a new one."""
        self._sent.clear()
        self._count = 0
        self._bytes = 0
        self._fewer.set()

    def wake(self) -> None:
        """Make all calls that wait for room check whether they still need it."""
        self._fewer.set()

    async def wait_for_room(
        self, size: int, all_of_it: bool = False, is_over: Callable[[], bool] = lambda: False
    ) -> None:
        """Return when a message may be passed on, or when this is no longer needed.

        Parameters
        ----------
        size : int
            Bytes.
        all_of_it : bool
            Whether it must be the only message.
        is_over : callable, optional
            Returns whether the room is no longer needed.
        """
        while (
            self._count
            and not is_over()
            and (all_of_it or self._count >= MOST or self._bytes + size > MOST_BYTES)
        ):
            self._fewer.clear()
            oldest = next(iter(self._sent))
            left = self._sent[oldest][2] + self._patience - time.monotonic()
            if left <= 0:
                self._remove_one(oldest)
                continue
            with suppress(TimeoutError):
                await asyncio.wait_for(self._fewer.wait(), left)

    def _remove_one(self, name: str) -> None:
        count, total, since = self._sent[name]
        share = total / count
        if count == 1:
            del self._sent[name]
        else:
            self._sent[name] = count - 1, total - share, since
        self._count -= 1
        self._bytes -= share
        self._fewer.set()
