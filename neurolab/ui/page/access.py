"""For screen readers: a heading, names of controls that have none, and the traces in words."""

import asyncio
from pathlib import Path

import traitlets

from ...explain.summary import summary
from ...grid import Seconds
from ..controls.assets import script
from ..controls.page_widget import PageWidget
from ..store.runner import running_loop
from ..store.snapshot import Snapshot

_HERE = Path(__file__).parent
_QUIET: Seconds = 0.7
"""While a slider moves, the summary waits: nobody wants to hear each value, and traces go first."""


class Access(PageWidget):
    """A polite live region, and names for the handles of sliders and for typed values.

    Attributes
    ----------
    text : str
        The summary of the present traces.
    """

    _esm = script(_HERE / "access.js")
    _css = _HERE / "access.css"

    text = traitlets.Unicode().tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def widget(self) -> "Access":
        """The widget to place on the page."""
        return self

    def show(self, snapshot: Snapshot) -> None:
        """Describe the result, once there has been no other result for a moment."""
        if self._timer:
            self._timer.cancel()
        loop = running_loop()
        if loop is None:
            self._describe(snapshot)
        else:
            self._timer = loop.call_later(_QUIET, self._describe, snapshot)

    def _describe(self, snapshot: Snapshot) -> None:
        if self.comm is not None:
            self.text = _summary(snapshot)


def _summary(snapshot: Snapshot) -> str:
    text = summary(snapshot.result)
    hidden = snapshot.hidden_after
    if hidden is None:
        return text
    return f"What comes after {hidden:g} ms is hidden. Until then: {text}"
