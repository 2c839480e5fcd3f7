"""A layer over the hidden part of a figure, on which a curve can be drawn by mouse, by finger, or point by point by keys."""

import logging
import math
from pathlib import Path

import anywidget
import traitlets

from ..controls.assets import script
from .timeaxis import LEFT, RIGHT

_LOG = logging.getLogger(__name__)
_HERE = Path(__file__).parent
SAMPLES = 48
"""Corners of the curve after the one at its beginning."""
HANDLES = 8
"""Of these, how many can be moved by keys."""


class DrawingLayer(anywidget.AnyWidget):
    """Shares a ``.nl-traces-figure`` with the figure it lies on.

    Parameters
    ----------
    on_draw : callable
        ``on_draw(values)`` with all corners, in the unit of the figure, whenever a person has changed them.

    Attributes
    ----------
    name, unit : str
        Of the curve.
    begin, end : float
        The hidden times, in ms.
    low, high : float
        Limits of the figure's value axis.
    room : list of int
        Pixels above, right, below and left of the plotting area.
    values : list of float
        The first is where the curve begins.
    """

    _esm = script(_HERE / "drawing_layer.js", "svg.js")
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

    def __init__(self, on_draw, **traits):
        super().__init__(**traits)
        self._on_draw = on_draw
        self.on_msg(self._received)

    def set_state(self, sync_data):
        """Take nothing that a page sets: all that it has to say is a curve, which is looked at first."""

    def fit(self, low, high, below):
        """Follow the figure's limits and margin."""
        with self.hold_sync():
            self.low, self.high = low, high
            self.room = [*self.room[:2], below, self.room[3]]

    def times(self):
        """The times of the corners, in ms."""
        return [
            self.begin + (self.end - self.begin) * place / SAMPLES for place in range(SAMPLES + 1)
        ]

    def _received(self, _, content, buffers):
        try:
            values = content.get("values") if isinstance(content, dict) else None
            if _is_curve(values):
                self._on_draw([float(value) for value in values])
        except Exception:  # a traceback would end on the page
            _LOG.exception("a drawn curve could not be taken")


def _is_curve(values):
    return (
        isinstance(values, list)
        and len(values) == SAMPLES + 1
        and all(
            isinstance(value, (int, float))
            and not isinstance(value, bool)
            and math.isfinite(value)
            and abs(value) < 1e12
            for value in values
        )
    )
