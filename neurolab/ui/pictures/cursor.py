"""The time cursor: a line over all plots, and the timeline below them that moves it.

An anywidget: the line follows the pointer in the page at once, and the page plays a run by itself;
it sends at most twenty messages a second to the kernel.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import traitlets

from ...grid import Ms
from ..controls.assets import script
from ..controls.page_widget import PageWidget, is_index
from .timeaxis import LEFT, RIGHT

_HERE = Path(__file__).parent
_LATEST: Ms = 1e12


class Cursor(PageWidget):
    """A timeline with the events on it, and the cursor.

    Parameters
    ----------
    on_go : callable
        ``on_go(time)`` with a time in ms; None removes the cursor.
    on_event : callable
        ``on_event(place)`` with the index of an event.
    on_next, on_previous : callable
        Called without arguments.

    Attributes
    ----------
    time : float or None
        Time of the cursor in ms; None without a cursor.
    place : int
        Index of the event at the cursor; -1 for none.
    duration, step, last : float
        Length of the run, its time step, and the time of its last step, in ms.
    events : list of float
        Times of the events, in ms, in order.
    when, cause, numbers, verdict, between : str
        The text about the cursor's time: four parts about an event, or one part without one.
    values : list of [name, value, colour]
        State variables at the cursor, as text.
    total : str
        Such as ``'3 of 8'``.
    """

    _esm = script(_HERE / "cursor.js")
    _css = _HERE / "cursor.css"

    time = traitlets.Float(None, allow_none=True).tag(sync=True)
    place = traitlets.Int(-1).tag(sync=True)
    duration = traitlets.Float(1.0).tag(sync=True)
    step = traitlets.Float(0.1).tag(sync=True)
    last = traitlets.Float(1.0).tag(sync=True)
    events = traitlets.List(traitlets.Float()).tag(sync=True)
    when = traitlets.Unicode().tag(sync=True)
    cause = traitlets.Unicode().tag(sync=True)
    numbers = traitlets.Unicode().tag(sync=True)
    verdict = traitlets.Unicode().tag(sync=True)
    between = traitlets.Unicode().tag(sync=True)
    values = traitlets.List(traitlets.List()).tag(sync=True)
    total = traitlets.Unicode().tag(sync=True)
    margins = traitlets.List(traitlets.Int(), [LEFT, RIGHT]).tag(sync=True)

    def __init__(
        self,
        on_go: Callable[[Ms | None], None],
        on_event: Callable[[int], None],
        on_next: Callable[[], None],
        on_previous: Callable[[], None],
    ) -> None:
        super().__init__()
        self._on_go = on_go
        self._on_event = on_event
        self._moves = {"next": on_next, "previous": on_previous}

    def _act(self, content: Mapping[str, Any]) -> None:
        action: Any = content.get("action")
        time: object = content.get("time")
        place: Any = content.get("place")
        if action in ("next", "previous"):
            self._moves[action]()
        elif action == "leave":
            self._on_go(None)
        elif action == "go" and isinstance(time, (int, float)) and abs(time) <= _LATEST:
            self._on_go(float(time))
        elif action == "event" and is_index(place, len(self.events)):
            self._on_event(place)
