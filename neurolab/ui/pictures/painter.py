"""The contract of panels that draw into the traces."""

from collections.abc import Sequence
from typing import Protocol

from ..store.snapshot import Snapshot
from .overlay import Overlay


class Painter(Protocol):
    """A panel that draws into the traces.

    `Pictures` calls `overlays` after each change, and draws the result over or under the curves of
    the run. An overlay of a variable that the run does not have is left out. If the values are the
    same as before, nothing is sent to the page. If a painter raises an error, the error goes to the
    log and the other curves are still drawn.
    """

    def overlays(self, snapshot: Snapshot) -> Sequence[Overlay]:
        """Return the curves to draw beside those of the run; none while the panel is closed."""
        ...
