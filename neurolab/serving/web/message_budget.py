"""The number and size of messages that a page may send."""

import time

_MESSAGES = 150  # that a page may send per second, over a longer time
_BYTES = 2**21  # the same
_BURST = 10  # seconds; messages for this time can be sent at once


class Budget:
    """The messages that a page may still send: more than a user and a mouse ever do."""

    def __init__(self) -> None:
        self._left: list[float] = [_BURST * _MESSAGES, _BURST * _BYTES]
        self._seen = time.monotonic()

    def seconds_to_wait(self, size: int) -> float:
        """Spend a message of a size in bytes, and return how long to read no more of them."""
        now = time.monotonic()
        passed = now - self._seen
        self._seen = now
        waits = []
        for place, (rate, spent) in enumerate(((_MESSAGES, 1), (_BYTES, size))):
            left = min(_BURST * rate, self._left[place] + passed * rate) - spent
            self._left[place] = left
            waits.append(-left / rate)
        return max(0.0, *waits)
