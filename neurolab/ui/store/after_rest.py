"""Doing something once nothing has changed for a moment."""

import time

from .runner import running_loop

_QUIET, _LATEST = 0.25, 1.0  # seconds
_SHARE = 10  # what is done takes at most this part of the time, however often something changes


class Rest:
    """Calls an action after a moment of rest; while changes go on, now and then.

    So the action costs a moving slider next to nothing, and what is kept of the state is never old.
    """

    def __init__(self):
        self._timer, self._since, self._cost = None, 0, 0

    def then(self, action, at_once=False):
        """Call `action` soon, or at once, as where there is no event loop; one that waited is dropped for it."""
        loop = running_loop()
        waited = self._timer is not None
        if waited:
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

    def _act(self, action):
        self._timer, begin = None, time.perf_counter()
        action()
        self._cost = time.perf_counter() - begin
