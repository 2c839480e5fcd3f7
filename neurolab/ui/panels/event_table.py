"""Panel: all events of the run as a table, to sort, to go to and to save."""

import logging
import math
from pathlib import Path

import anywidget
import traitlets

from ...explain.amounts import amounts
from ...explain.events import csv_text
from ..controls.fold import Fold

_LOG = logging.getLogger(__name__)
_HERE = Path(__file__).parent
MOST_ROWS = 200
_HINT = "every spike, jump and reset of the run as a table"
# How the columns of the page are sorted; what has no such value comes last.
_KEYS = (
    lambda event: event.step,
    lambda event: event.title,
    lambda event: (event.group, event.state, event.neuron),
    lambda event: _sortable(event.shown(event.before)),
    lambda event: _sortable(_change(event)),
    lambda event: _sortable(event.shown(event.after)),
)


class EventTable(anywidget.AnyWidget):
    """The table; the page asks for another order, another moment, or the file.

    Attributes
    ----------
    rows : list of dict
        `place`, `sentence`, and the texts of the six `cells`.
    order : list of (column, direction)
        Direction is 1 or -1.
    place : int
        The event the cursor stands on; -1 for none.
    note : str
        What is not shown.
    """

    _esm = _HERE / "event_table.js"
    _css = _HERE / "event_table.css"

    rows = traitlets.List().tag(sync=True)
    order = traitlets.List(traitlets.Int(), [0, 1]).tag(sync=True)
    place = traitlets.Int(-1).tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)

    def __init__(self, moment):
        super().__init__()
        self._moment, self._drawn = moment, None
        self.on_msg(self._received)

    def set_state(self, sync_data):
        """Take nothing that a page sets: what it has to say comes as a message, which is looked at first."""

    def draw(self):
        """Show the present run's events, at most `MOST_ROWS` of them."""
        events, place = self._moment.events, self._moment.place
        column, direction = self.order
        in_order = sorted(
            range(len(events)), key=lambda i: _KEYS[column](events[i]), reverse=direction < 0
        )
        at = in_order.index(place) if place is not None and len(events) > MOST_ROWS else 0
        start = max(0, min(at - MOST_ROWS // 2, len(events) - MOST_ROWS))
        shown = in_order[start : start + MOST_ROWS]
        with self.hold_sync():
            if (events, shown) != self._drawn:
                self._drawn = events, shown
                self.rows = [_row(i, events[i]) for i in shown]
            self.place = -1 if place is None else place
            self.note = _note(len(shown), len(events), self._moment.ledger.left_out)

    def _received(self, _, content, buffers):
        try:
            self._act(content if isinstance(content, dict) else {})
        except Exception:  # a traceback would end on the page
            _LOG.exception("the table of events could not follow")

    def _act(self, content):
        action, value = content.get("action"), content.get("value")
        if action == "csv":
            self.send({"csv": csv_text(self._moment.events)})
        elif action == "sort" and isinstance(value, int) and 0 <= value < len(_KEYS):
            self.order = [value, -self.order[1] if value == self.order[0] else 1]
            self.draw()
        elif action == "go" and isinstance(value, int) and 0 <= value < len(self._moment.events):
            self._moment.go_to(value)


class EventsPanel:
    """The table in a part of the page that folds away; closed, it works nothing out.

    Parameters
    ----------
    moment : Moment
    """

    def __init__(self, moment):
        self._table = None
        self._moment = moment
        self._fold = Fold("All events", _HINT, "nl-events", self._build)
        self._fold.on_toggle(lambda opened: self.follow(moment))
        self.widget = self._fold.widget
        moment.subscribe(self.follow)

    def _build(self):
        self._table = EventTable(self._moment)
        return [self._table]

    def follow(self, moment):
        """Show the events of the run and mark the one that the cursor stands on."""
        if self._fold.opened or moment.time is not None:
            hint = _count(moment)
        else:
            hint = _HINT
        if self._fold.hint != hint:
            self._fold.hint = hint
        if self._fold.opened:
            self._table.draw()


def _count(moment):
    known, left_out = len(moment.events), moment.ledger.left_out
    where = "in this run" if moment.hidden_after is None else "so far; what comes next is hidden"
    return (
        f"{known:,} worked out, of {known + left_out:,} {where}"
        if left_out
        else f"{known:,} {where}"
    )


def _row(place, event):
    numbers = [event.shown(event.before), _change(event), event.shown(event.after)]
    known = iter(amounts([value for value in numbers if value is not None] or [0.0], ""))
    before, change, after = ("" if value is None else next(known) for value in numbers)
    if change and numbers[1] > 0:
        change = f"+{change}"
    variable = event.words.label(event.group, event.state, event.neuron) if after else event.state
    return {
        "place": place,
        "sentence": event.sentence,
        "cells": [
            event.words.time(event.time),
            event.title,
            variable,
            before,
            change,
            f"{after} {event.unit}".strip(),
        ],
    }


def _change(event):
    if event.kind == "nothing":
        return 0.0
    return event.shown(
        event.amount
        if event.amount is not None
        else event.after - event.before
        if event.is_jump
        else None
    )


def _sortable(value):
    return math.inf if value is None else value


def _note(shown, known, left_out):
    parts = []
    if shown < known:
        parts.append(
            f"{shown:,} of {known:,} rows, those around the time cursor; the file has all."
        )
    if left_out:
        parts.append(f"{left_out:,} more events of this run are not worked out.")
    return " ".join(parts)
