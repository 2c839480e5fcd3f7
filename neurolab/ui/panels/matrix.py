"""The matrix of a connection as one accessible table: source rows and target columns."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeGuard

import traitlets

from ...experiment.numerals import LARGEST
from ..controls.assets import script
from ..controls.page_widget import PageWidget, is_index

_LOG = logging.getLogger(__name__)
_HERE = Path(__file__).parent
MAX_CELLS = 400
_LONGEST_TEXT = 100
"""The page lets a person type this many characters into a cell."""


def _editable(values: list[list[float]], matrix: "WeightMatrix") -> list[list[float]]:
    """Return the values that are sent to the page: none if they are not shown."""
    return values if sum(map(len, values)) <= matrix.max_cells else []


class WeightMatrix(PageWidget):
    """An editable table of weights, as one widget.

    The callbacks of `on_edit` get the text of an edited cell. Neither the widget nor its page reads
    numbers.

    Attributes
    ----------
    caption : str
        Such as ``'C1: inputs → neurons'``; the names of cells contain the part before the colon.
    unit : str
        Unit of all entries.
    colour : str
        Colour of the variable to which the weights are added, as a value of CSS.
    rows, columns : list of str
        Names of the source and of the target neurons.
    values : list of list of float
        ``values[source][target]``, in the unit.
    errors : dict
        ``'source,target'`` → message about the text in that cell; empty for a refused text that
        has no message yet.
    step : float
        Amount that an arrow key adds or subtracts; ten times as much with Shift.
    disabled : bool
        Whether the entries are read-only.
    highlight : list of int
        Source and target of the highlighted cell; only a source for its row; empty for none.
    max_cells : int
        A larger matrix shows its size instead of its entries.
    """

    _esm = script(_HERE / "matrix.js")
    _css = _HERE / "matrix.css"

    caption = traitlets.Unicode().tag(sync=True)
    unit = traitlets.Unicode().tag(sync=True)
    colour = traitlets.Unicode().tag(sync=True)
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

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._callbacks: list[Callable[[int, int, str, float, bool], None]] = []

    def on_edit(self, callback: Callable[[int, int, str, float, bool], None]) -> None:
        """Call ``callback(source, target, text, added, typing)`` when a person has edited a cell.

        `added` is the amount that arrow keys add to the number in the text; `typing` says whether
        the text may still change.
        """
        self._callbacks.append(callback)

    def _act(self, content: Mapping[str, Any]) -> None:
        source, target = content.get("row"), content.get("column")
        text, added = content.get("text"), content.get("added", 0.0)
        typing = content.get("typing") is True
        if self.disabled or not (_is_text(text) and _is_amount(added)):
            return
        if not (is_index(source, len(self.rows)) and is_index(target, len(self.columns))):
            return
        for callback in self._callbacks:
            try:
                callback(source, target, text, float(added), typing)
            except Exception:  # a traceback would end on the page
                _LOG.exception("an edit of cell %d, %d failed", source, target)


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and len(value) <= _LONGEST_TEXT


def _is_amount(value: object) -> TypeGuard[float]:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return abs(value) <= LARGEST
