"""Debouncing: an action that runs once nothing has changed for a moment."""

import asyncio
import time
from collections.abc import Callable

from .runner import running_loop

_QUIET = 0.25
_LATEST = 1.0
"""Seconds without a change before the action runs, and the longest delay while changes go on."""
_SHARE = 10
"""While changes go on, the action takes at most one part in this many of the time."""

Action = Callable[[], object]


class Rest:
    """Debounces an action, and limits its rate while changes go on.

    While a person moves a slider, the action costs next to nothing, and its result is never old.
    """

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None
        self._since = 0.0
        self._cost = 0.0

    def then(self, action: Action, at_once: bool = False) -> None:
        """Call `action` soon, in place of an earlier action that still waits.

        Parameters
        ----------
        action : callable
        at_once : bool
            Call it now. It is also called now if there is no event loop.

        Examples
        --------
        >>> Rest().then(lambda: print("saved"), at_once=True)
        saved
        """
        loop = running_loop()
        waited = self._timer is not None
        if self._timer:
            self._timer.cancel()
        if loop is None or at_once:
            self._timer = None
            action()
            return
        now = loop.time()
        if not waited:
            self._since = now
        latest = self._since + max(_LATEST, _SHARE * self._cost)
        self._timer = loop.call_at(min(now + _QUIET, latest), self._act, action)

    def _act(self, action: Action) -> None:
        self._timer = None
        begin = time.perf_counter()
        action()
        self._cost = time.perf_counter() - begin
