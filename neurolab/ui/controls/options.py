"""One of several statements, which may hold formulas; ipywidgets' radio buttons show plain text only."""

from pathlib import Path

import anywidget
import traitlets

from ...exercises.prose import line_html

_HERE = Path(__file__).parent


class Options(anywidget.AnyWidget):
    """A group of radio buttons.

    Parameters
    ----------
    legend : str
    texts : sequence of str
        In markdown.

    Attributes
    ----------
    chosen : int
        Place of the one that is chosen; -1 while none is.
    """

    _esm = _HERE / "options.js"

    legend = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    chosen = traitlets.Int(-1).tag(sync=True)

    def __init__(self, legend, texts):
        super().__init__(legend=legend, options=[line_html(text) for text in texts])

    def set_state(self, sync_data):
        """Take from a page nothing but a choice that there is."""
        chosen = sync_data.get("chosen")
        if type(chosen) is int and 0 <= chosen < len(self.options):
            super().set_state({"chosen": chosen})
