"""Places: reservations for pages whose lab is not open yet."""

from collections.abc import Callable


class FullError(Exception):
    """No place is left.

    Parameters
    ----------
    is_own : bool
        Whether one address has all its places.
    seconds : float
        Time until a place may be free, if it is known; else 0.
    """

    def __init__(self, is_own: bool = False, seconds: float = 0) -> None:
        super().__init__(is_own, seconds)
        self.is_own = is_own
        self.seconds = seconds


class Place:
    """A place reserved for a page, which its lab takes, or which is given back.

    Parameters
    ----------
    fill : callable
        Is called with the id of the kernel when the lab takes the place.
    leave : callable
        Is called without arguments when the place is given back.
    """

    def __init__(self, fill: Callable[[str], None], leave: Callable[[], None]) -> None:
        self._fill = fill
        self._leave = leave
        self._is_kept = True

    def fill(self, kernel_id: str) -> None:
        """Give the place to the lab of the page."""
        if self._is_kept:
            self._is_kept = False
            self._fill(kernel_id)

    def leave(self) -> None:
        """Give the place back, unless a lab has it."""
        if self._is_kept:
            self._is_kept = False
            self._leave()
