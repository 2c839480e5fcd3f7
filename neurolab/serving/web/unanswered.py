"""Messages of a page that its kernel has not answered yet: few at a time, or they would fill the queues between them."""

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress

MOST = (
    64  # messages; a page waits for the answer to each control's last edit before it sends the next
)
MOST_BYTES = (
    2**23
)  # in all of them; the largest message, a file that a student opens, may have as many


class Unanswered:
    """What the lines of a lab have sent to its kernel and the kernel has not finished with.

    A kernel that does not answer at all is ended by `Sessions.interrupt_stuck`. A message that a kernel drops without a
    word, because it is damaged, stops counting after `patience`.

    Parameters
    ----------
    patience : float
        Seconds.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._sent = (
            OrderedDict()
        )  # name → how many of this name, their bytes, when the last was sent
        self._count = 0
        self._bytes = 0
        self._fewer = asyncio.Event()

    @property
    def size(self) -> int:
        """Return the bytes of all of them."""
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
        """Count out all: the kernel is another one."""
        self._sent.clear()
        self._count = 0
        self._bytes = 0
        self._fewer.set()

    def wake(self) -> None:
        """Have all who wait for room look whether they still need it."""
        self._fewer.set()

    async def wait_for_room(
        self, size: int, all_of_it: bool = False, is_over: Callable[[], bool] = lambda: False
    ) -> None:
        """Return when a message may be passed on, or need not be any more.

        Parameters
        ----------
        size : int
            Bytes.
        all_of_it : bool
            Whether it has to be the only one.
        is_over : callable, optional
            Returns whether nobody needs the room any more.
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
