"""Input on the page that ipywidgets does not report: where gestures begin, and keys of numbers."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..controls.assets import script
from ..controls.page_widget import PageWidget

_HERE = Path(__file__).parent


class PageInput(PageWidget):
    """Listens to all controls of a lab.

    The page reports the begin of each gesture before the edits that belong to it: the first input
    into a field after it has got the focus, or the press of a mouse button. The kernel cannot see
    this from the edits alone, because they arrive late on a slow line.

    In a `WholeField`, the keys ↑ and ↓ change the number by 1, and by 10 together with Shift.

    Parameters
    ----------
    on_gesture : callable
        ``on_gesture()`` is called when a gesture begins.
    """

    _esm = script(_HERE / "page_input.js")
    _css = ".nl-page-input { display: none; }"

    def __init__(self, on_gesture: Callable[[], object]) -> None:
        super().__init__()
        self.add_class("nl-page-input")
        self._on_gesture = on_gesture

    def _act(self, content: Mapping[str, Any]) -> None:
        if content.get("gesture") is True:
            self._on_gesture()
