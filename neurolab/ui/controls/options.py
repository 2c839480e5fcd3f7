"""A choice of one of several statements with formulas; radio buttons of ipywidgets have none."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import traitlets

from ...exercises.prose import line_html
from . import plain_widgets as widgets
from .assets import script
from .page_widget import is_index

_HERE = Path(__file__).parent


class Options(widgets.AnyWidget):
    """A group of radio buttons.

    Parameters
    ----------
    legend : str
    texts : sequence of str
        Markdown.

    Attributes
    ----------
    chosen : int
        Index of the chosen statement; -1 if none is chosen.

    Examples
    --------
    >>> options = Options("because", ["$V$ decays", "it fires"])
    >>> options.chosen, len(options.options)
    (-1, 2)
    """

    _esm = script(_HERE / "options.js")

    legend = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    chosen = traitlets.Int(-1).tag(sync=True)

    def __init__(self, legend: str, texts: Iterable[str]) -> None:
        super().__init__(legend=legend, options=[line_html(text) for text in texts])

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """Take from the page only a choice that exists."""
        chosen = sync_data.get("chosen")
        if is_index(chosen, len(self.options)):
            super().set_state({"chosen": chosen})
