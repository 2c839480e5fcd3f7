"""Messages of a page that its kernel has not answered yet: few at a time, or they would fill the queues between them."""

import asyncio
import json
import time
from collections import OrderedDict
from contextlib import suppress

MOST = 64  # messages; a page waits for the answer to each control's last edit before it sends the next
MOST_BYTES = 2**23  # in all of them; the largest message, a file that a student opens, has as many


class Unanswered:
    """What one line has sent to a kernel that the kernel has not finished with.

    A kernel that does not answer at all is ended by `Sessions.interrupt_stuck`. A message that a kernel drops without a
    word, since it is damaged, stops counting after `patience`.

    Parameters
    ----------
    patience : float
        Seconds.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._sent = OrderedDict()  # name → how many of this name, their bytes, when the last was sent
        self._count, self._bytes = 0, 0
        self._fewer = asyncio.Event()

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
        """Count out all: the kernel is another one."""
        self._sent.clear()
        self._count, self._bytes = 0, 0
        self._fewer.set()

    async def wait_for_room(self, size: int, all_of_it: bool = False) -> None:
        """Return when a message may be passed on.

        Parameters
        ----------
        size : int
            Bytes.
        all_of_it : bool
            Whether it has to be the only one.
        """
        while self._count and (all_of_it or self._count >= MOST or self._bytes + size > MOST_BYTES):
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
