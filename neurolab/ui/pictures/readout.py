"""The values of the curves under the pointer.

An anywidget: bqplot's IndexSelector stays still until it is clicked, cannot be touched, and asks the kernel for every
move of the mouse. Here the page reads the arrays that it has already.
"""

import math
from pathlib import Path

import anywidget
import ipywidgets as widgets
import traitlets

from .timeaxis import LEFT, RIGHT

_HERE = Path(__file__).parent


class Readout(anywidget.AnyWidget):
    """A line of text beside the legend, and a thin line over the figure that shares a ``.nl-traces-figure`` with it.

    Attributes
    ----------
    lines : list of bqplot.Lines
        Their ``x`` are times in ms.
    names, colours : list of str
    unit : str
    decimals : int
        Of the values.
    duration : float
        Right end of the time axis, in ms.
    """

    _esm = _HERE / "readout.js"
    _css = _HERE / "readout.css"

    lines = traitlets.List(traitlets.Instance(widgets.Widget)).tag(
        sync=True, **widgets.widget_serialization
    )
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    colours = traitlets.List(traitlets.Unicode()).tag(sync=True)
    unit = traitlets.Unicode().tag(sync=True)
    decimals = traitlets.Int(2).tag(sync=True)
    duration = traitlets.Float(1.0).tag(sync=True)
    margins = traitlets.List(traitlets.Int(), [LEFT, RIGHT]).tag(sync=True)

    def follow(self, lines, names, colours):
        """Read from these lines from now on."""
        with self.hold_sync():
            self.lines, self.names, self.colours = lines, names, colours

    def fit(self, low, high):
        """Show about three digits of values between these limits."""
        self.decimals = max(0, 3 - math.ceil(math.log10(max(high, -low) / 2)))
