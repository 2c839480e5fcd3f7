"""The values of the curves under the pointer.

An anywidget: bqplot's IndexSelector needs a click, does not work by touch, and sends each move of
the mouse to the kernel. This widget reads the arrays that are already in the page.
"""

import math
from collections.abc import Sequence
from pathlib import Path

import bqplot
import traitlets
from ipywidgets import widget_serialization

from ..controls import plain_widgets as widgets
from ..controls.assets import script
from .timeaxis import LEFT, RIGHT

_HERE = Path(__file__).parent


class Readout(widgets.AnyWidget):
    """A line of text beside the legend, and a vertical line under the pointer.

    It belongs to the figure in the same ``.nl-traces-figure``.

    Attributes
    ----------
    lines : list of bqplot.Lines
        Their ``x`` are times in ms.
    names, colours : list of str
        One of each line.
    unit : str
    decimals : int
        Decimals of the values.
    duration : float
        Right end of the time axis, in ms.
    """

    _esm = script(_HERE / "readout.js")
    _css = _HERE / "readout.css"

    lines = traitlets.List(traitlets.Instance(widgets.Widget)).tag(
        sync=True, **widget_serialization
    )
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    colours = traitlets.List(traitlets.Unicode()).tag(sync=True)
    unit = traitlets.Unicode().tag(sync=True)
    decimals = traitlets.Int(2).tag(sync=True)
    duration = traitlets.Float(1.0).tag(sync=True)
    margins = traitlets.List(traitlets.Int(), [LEFT, RIGHT]).tag(sync=True)

    def follow(
        self, lines: Sequence[bqplot.Lines], names: Sequence[str], colours: Sequence[str]
    ) -> None:
        """Read the values of these lines from now on."""
        with self.hold_sync():
            self.lines = list(lines)
            self.names = list(names)
            self.colours = list(colours)

    def fit(self, low: float, high: float) -> None:
        """Show about three digits of values between these limits."""
        self.decimals = max(0, 3 - math.ceil(math.log10(max(high, -low) / 2)))
