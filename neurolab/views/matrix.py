"""The matrix of a connection as one accessible table: source rows, target columns, an entry a cell."""

import logging
from pathlib import Path

import anywidget
import traitlets

_LOG = logging.getLogger(__name__)
_HERE = Path(__file__).parent
MAX_CELLS = 400
_LONGEST_TEXT = 100


class WeightMatrix(anywidget.AnyWidget):
    """An editable table of weights, as one widget.

    What is typed comes to the callbacks of `on_edit` as text; the widget itself never decides what a number is.

    Attributes
    ----------
    caption : str
    unit : str
        Of all entries.
    rows, columns : list of str
        Names of the source and of the target neurons.
    values : list of list of float
        ``values[source][target]``, in the unit.
    errors : dict
        ``'source,target'`` → what is wrong with the text in that cell.
    step : float
        What an arrow key adds or takes away.
    highlight : list of int
        Source and target of the cell to light up; a source alone for its row; empty for none.
    """

    _esm = _HERE / "matrix.js"
    _css = _HERE / "matrix.css"

    caption = traitlets.Unicode().tag(sync=True)
    unit = traitlets.Unicode().tag(sync=True)
    rows = traitlets.List(traitlets.Unicode()).tag(sync=True)
    columns = traitlets.List(traitlets.Unicode()).tag(sync=True)
    values = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    errors = traitlets.Dict().tag(sync=True)
    step = traitlets.Float(0.5).tag(sync=True)
    highlight = traitlets.List(traitlets.Int()).tag(sync=True)
    answered = traitlets.Int().tag(sync=True)
    """Number of the last edit that was dealt with, whether it was accepted or not."""
    max_cells = traitlets.Int(MAX_CELLS).tag(sync=True)

    def __init__(self, **traits):
        super().__init__(**traits)
        self._callbacks = []
        self.on_msg(self._received)

    def on_edit(self, callback):
        """Have ``callback(source, target, text)`` called when a person has changed a cell."""
        self._callbacks.append(callback)

    def _received(self, _, content, buffers):
        if not isinstance(content, dict):
            return
        source, target, text, number = (content.get(name) for name in ("row", "column", "text", "number"))
        if _is_index(source, self.rows) and _is_index(target, self.columns) and isinstance(text, str):
            for callback in self._callbacks:
                try:
                    callback(source, target, text[:_LONGEST_TEXT])
                except Exception:  # a traceback would end on the page
                    _LOG.exception("an edit of cell %d, %d failed", source, target)
        if isinstance(number, int):
            self.answered = number


def _is_index(value, items):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(items)
