"""Whether a person is moving a control, so that the axes must not move under the finger."""

import time
from asyncio import TimerHandle
from collections.abc import Callable

from ..store.runner import running_loop
from ..store.snapshot import Snapshot

REST = 0.6
"""Seconds without an edit after which a movement has ended."""


class Motion:
    """Recognises edits of one control that follow each other quickly."""

    def __init__(self) -> None:
        self._source: tuple[object, ...] | None = None
        self._last = 0.0
        self._timer: TimerHandle | None = None

    def goes_on(self, snapshot: Snapshot, on_rest: Callable[[], None]) -> bool:
        """Return whether the edit that led to a snapshot continues a movement.

        Parameters
        ----------
        snapshot : Snapshot
        on_rest : callable
            Called after the end of the movement, unless it goes on.
        """
        now = time.monotonic()
        source = snapshot.source
        goes_on = source is not None and source == self._source and now - self._last < REST
        if source == ("view",):  # nothing was edited
            return self._timer is not None
        self._source = source
        self._last = now
        if self._timer:
            self._timer.cancel()
            self._timer = None
        loop = running_loop()
        if not goes_on or loop is None:
            return False
        self._timer = loop.call_later(REST, self._rest, on_rest)
        return True

    def _rest(self, on_rest: Callable[[], None]) -> None:
        self._timer = None
        on_rest()
