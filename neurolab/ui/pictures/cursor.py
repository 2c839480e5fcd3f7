"""The time cursor: a line over all pictures, and the timeline below them by which it is moved.

An anywidget: the line follows the pointer in the page at once, and a run is played there; the kernel hears of it at most
twenty times a second.
"""

import logging
from pathlib import Path

import anywidget
import traitlets

from .timeaxis import LEFT, RIGHT

_LOG = logging.getLogger(__name__)
_HERE = Path(__file__).parent


class Cursor(anywidget.AnyWidget):
    """A timeline with the events on it, and the cursor.

    Parameters
    ----------
    on_go : callable
        ``on_go(time)`` in ms; None takes the cursor away.
    on_event : callable
        ``on_event(place)``
    on_next, on_previous : callable

    Attributes
    ----------
    time : float or None
        Where the kernel has the cursor, in ms.
    place : int
        Which event it stands on; -1 for none.
    duration, step, last : float
        Length of the run, its time step, and the time of its last step, in ms.
    events : list of float
        Times of the events, in ms, in their order.
    when, cause, numbers, verdict, between : str
        What is said of the moment: of an event in four parts, or of a moment without one.
    values : list of (name, value, colour)
        State variables at the cursor, as they are written.
    total : str
        Such as ``'3 of 8'``.
    """

    _esm = _HERE / "cursor.js"
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
    values = traitlets.List().tag(sync=True)
    total = traitlets.Unicode().tag(sync=True)
    margins = traitlets.List(traitlets.Int(), [LEFT, RIGHT]).tag(sync=True)
    answered = traitlets.Int().tag(sync=True)
    """Number of the last message from the page that was dealt with: the page waits for it before it sends the next."""

    def __init__(self, on_go, on_event, on_next, on_previous):
        super().__init__()
        self._on_go, self._on_event = on_go, on_event
        self._moves = {"next": on_next, "previous": on_previous}
        self.on_msg(self._received)

    def set_state(self, sync_data):
        """Take nothing that a page sets: what it has to say comes as a message, which is looked at first."""

    def _received(self, _, content, buffers):
        if not isinstance(content, dict):
            return
        # The answer and what follows from it reach the page as one.
        with self.hold_sync():
            try:
                self._act(content)
            except Exception:  # a traceback would end on the page
                _LOG.exception("the time cursor could not be moved")
            number = content.get("number")
            if isinstance(number, int) and abs(number) < 2**53:
                self.answered = number

    def _act(self, content):
        action, time, place = (content.get(name) for name in ("action", "time", "place"))
        if action in ("next", "previous"):
            self._moves[action]()
        elif action == "leave":
            self._on_go(None)
        elif action == "go" and isinstance(time, (int, float)) and abs(time) <= 1e12:
            self._on_go(float(time))
        elif action == "event" and isinstance(place, int) and 0 <= place < len(self.events):
            self._on_event(place)
