"""A layer over the hidden part of a plot, on which a person draws a curve.

A mouse or a finger draws it in one move; arrow keys move it point by point.
"""

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeGuard

import traitlets

from ...grid import Ms
from ..controls.assets import script
from ..controls.page_widget import PageWidget
from .timeaxis import LEFT, RIGHT

_HERE = Path(__file__).parent
SAMPLES = 48
"""Number of corners of the curve after its first one."""
HANDLES = 8
"""Number of corners that keys can move."""
_LARGEST = 1e12


class DrawingLayer(PageWidget):
    """A layer in the same ``.nl-traces-figure`` as the plot under it.

    Parameters
    ----------
    on_draw : callable
        ``on_draw(values)`` with all corners, in the plot's unit, after each change by a person.
    variable : (str, str)
        Group and name of the variable that is predicted; its plot is under the layer.
    **traits
        The attributes below.

    Attributes
    ----------
    name, unit : str
        Name and unit of the curve.
    begin, end : float
        The hidden times, in ms.
    low, high : float
        Limits of the plot's value axis.
    room : list of int
        Pixels above, right, below and left of the plotting area.
    values : list of float
        The corners; the first is where the curve begins.
    """

    _esm = script(_HERE / "drawing_layer.js")
    _css = _HERE / "drawing_layer.css"

    name = traitlets.Unicode().tag(sync=True)
    unit = traitlets.Unicode().tag(sync=True)
    begin = traitlets.Float(0.0).tag(sync=True)
    end = traitlets.Float(1.0).tag(sync=True)
    low = traitlets.Float(0.0).tag(sync=True)
    high = traitlets.Float(1.0).tag(sync=True)
    room = traitlets.List(traitlets.Int(), [10, RIGHT, 42, LEFT]).tag(sync=True)
    values = traitlets.List(traitlets.Float(), [0.0] * (SAMPLES + 1)).tag(sync=True)
    handles = traitlets.Int(HANDLES).tag(sync=True)

    def __init__(
        self,
        on_draw: Callable[[list[float]], None],
        variable: tuple[str, str],
        **traits: Any,
    ) -> None:
        super().__init__(**traits)
        self.variable = variable
        self._on_draw = on_draw

    def fit(self, low: float, high: float, below: int) -> None:
        """Follow the limits of the plot's value axis, and the pixels below the plotting area."""
        with self.hold_sync():
            self.low = low
            self.high = high
            self.room = [*self.room[:2], below, self.room[3]]

    def times(self) -> list[Ms]:
        """Return the times of the corners, in ms."""
        width = self.end - self.begin
        return [self.begin + width * place / SAMPLES for place in range(SAMPLES + 1)]

    def _act(self, content: Mapping[str, Any]) -> None:
        values = content.get("values")
        if _is_curve(values):
            self._on_draw([float(value) for value in values])


def _is_curve(values: object) -> TypeGuard[list[float]]:
    return isinstance(values, list) and len(values) == SAMPLES + 1 and all(map(_is_amount, values))


def _is_amount(value: object) -> bool:
    return (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and math.isfinite(value)
        and abs(value) < _LARGEST
    )
