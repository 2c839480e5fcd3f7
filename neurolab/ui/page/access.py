"""What a screen reader gets beside the controls: a heading, names that widgets lack, and the traces in words."""

import asyncio
from pathlib import Path

import anywidget
import traitlets

from ...explain.summary import summary

_HERE = Path(__file__).parent
# While a slider is moved nobody wants each value to be read out, and the traces are to follow at once.
_QUIET = 0.7


class Access(anywidget.AnyWidget):
    """A polite live region, and names for sliders' handles and typed values.

    Attributes
    ----------
    text : str
        The summary of the present traces.
    """

    _esm = _HERE / "access.js"
    _css = _HERE / "access.css"

    text = traitlets.Unicode().tag(sync=True)

    def __init__(self):
        super().__init__()
        self._timer = None

    @property
    def widget(self):
        return self

    def show(self, snapshot):
        """Describe the result, once no other has come for a moment."""
        if self._timer:
            self._timer.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.text = _said(snapshot)
            return
        self._timer = loop.call_later(_QUIET, self._describe, snapshot)

    def _describe(self, snapshot):
        if self.comm is not None:
            self.text = _said(snapshot)


def _said(snapshot):
    text = summary(snapshot.result)
    hidden = snapshot.hidden_after
    return (
        text if hidden is None else f"What comes after {hidden:g} ms is hidden. Until then: {text}"
    )
