"""The matrix of a connection as one accessible table: source rows, target columns, an entry a cell."""

import logging
from collections.abc import Callable
from pathlib import Path

import anywidget
import traitlets

from ...experiment.numerals import LARGEST

_LOG = logging.getLogger(__name__)
_HERE = Path(__file__).parent
MAX_CELLS = 400
# As many characters as the page lets a person type into a cell.
_LONGEST_TEXT = 100
_LARGEST_NUMBER = 2**53


def _editable(values, matrix):
    """Leave values that are not shown out of the messages to the page."""
    return values if sum(map(len, values)) <= matrix.max_cells else []


class WeightMatrix(anywidget.AnyWidget):
    """An editable table of weights, as one widget.

    What is typed comes to the callbacks of `on_edit` as text. Neither the widget nor its page decides what a number is.

    Attributes
    ----------
    caption : str
        Such as ``'C1: inputs → neurons'``; what stands before the colon names the matrix in the names of its cells.
    unit : str
        Of all entries.
    rows, columns : list of str
        Names of the source and of the target neurons.
    values : list of list of float
        ``values[source][target]``, in the unit.
    errors : dict
        ``'source,target'`` → what is wrong with the text in that cell; empty where it is refused and nothing is said yet.
    step : float
        What an arrow key adds or takes away; with Shift ten times as much.
    disabled : bool
        Whether the entries can only be read.
    highlight : list of int
        Source and target of the cell to light up; a source alone for its row; empty for none.
    max_cells : int
        A larger matrix shows its size instead of its entries.
    """

    _esm = _HERE / "matrix.js"
    _css = _HERE / "matrix.css"

    caption = traitlets.Unicode().tag(sync=True)
    unit = traitlets.Unicode().tag(sync=True)
    rows = traitlets.List(traitlets.Unicode()).tag(sync=True)
    columns = traitlets.List(traitlets.Unicode()).tag(sync=True)
    values = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True, to_json=_editable)
    errors = traitlets.Dict(key_trait=traitlets.Unicode(), value_trait=traitlets.Unicode()).tag(
        sync=True
    )
    step = traitlets.Float(0.5).tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)
    highlight = traitlets.List(traitlets.Int(), maxlen=2).tag(sync=True)
    max_cells = traitlets.Int(MAX_CELLS).tag(sync=True)
    answered = traitlets.Int().tag(sync=True)
    """Number of the last edit that was dealt with, whether it was accepted or not."""

    def __init__(self, **traits):
        super().__init__(**traits)
        self._callbacks = []
        self.on_msg(self._received)

    def on_edit(self, callback: Callable[[int, int, str, float, bool], None]) -> None:
        """Have ``callback(source, target, text, added, typing)`` called when a person has changed a cell.

        `added` is what arrow keys add to the number that the text gives; `typing` says that the text may still change.
        """
        self._callbacks.append(callback)

    def set_state(self, sync_data):
        """Take nothing that a page sets: all that it has to say is an edit, which is looked at first."""

    def _received(self, _, content, buffers):
        if not isinstance(content, dict):
            return
        # What follows from an edit, and that it has been dealt with, reach the page as one.
        with self.hold_sync():
            self._edit(
                *(content.get(name) for name in ("row", "column", "text")),
                content.get("added", 0.0),
                content.get("typing") is True,
            )
            number = content.get("number")
            if _is_below(number, _LARGEST_NUMBER):
                self.answered = number

    def _edit(
        self, source: object, target: object, text: object, added: object, typing: bool
    ) -> None:
        if (
            self.disabled
            or not _is_below(source, len(self.rows))
            or not _is_below(target, len(self.columns))
        ):
            return
        if not isinstance(text, str) or len(text) > _LONGEST_TEXT:
            return
        if (
            isinstance(added, bool)
            or not isinstance(added, (int, float))
            or not abs(added) <= LARGEST
        ):
            return
        for callback in self._callbacks:
            try:
                callback(source, target, text, float(added), typing)
            except Exception:  # a traceback would end on the page
                _LOG.exception("an edit of cell %d, %d failed", source, target)


def _is_below(value, end):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < end
