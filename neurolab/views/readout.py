"""What the curves are under the pointer.

An anywidget: bqplot's selectors only follow the pointer after a click, and then do not let go of it.
"""

import math
from pathlib import Path

import anywidget
import traitlets

from .timeaxis import LEFT, RIGHT

_HERE = Path(__file__).parent


class Readout(anywidget.AnyWidget):
    """A line of values for the moment under the pointer, and a thin line through the figure beside it.

    Parameters
    ----------
    values_at : callable
        ``values_at(time)``, time in ms, gives a list of (text, colour).
    """

    _esm = _HERE / "readout.js"

    duration = traitlets.Float(10.0).tag(sync=True)
    margins = traitlets.List(traitlets.Int(), [LEFT, RIGHT]).tag(sync=True)
    parts = traitlets.List().tag(sync=True)
    answered = traitlets.Int().tag(sync=True)
    """Number of the last question from the page that was answered."""

    def __init__(self, values_at):
        super().__init__()
        self._values_at = values_at
        self._time = None
        self.on_msg(self._asked)
        self.add_class("nl-readout")

    def _asked(self, _, content, buffers):
        time, number = content.get("time"), content.get("number")
        if not isinstance(number, int) or not (time is None or isinstance(time, (int, float)) and math.isfinite(time)):
            return
        self._time = time
        with self.hold_sync():
            self.refresh()
            self.answered = number

    def refresh(self):
        """Show the values of the same moment in curves that have changed."""
        self.parts = [] if self._time is None else [list(part) for part in self._values_at(self._time)]
