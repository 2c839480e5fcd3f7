"""Panel: all events of the run as a table that can be sorted and saved."""

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import traitlets

from ...explain.amounts import amounts
from ...explain.events import Event, csv_text
from ..controls.assets import script
from ..controls.fold import Fold
from ..controls.page_widget import PageWidget, is_index
from ..store.cursor_moment import Moment

_HERE = Path(__file__).parent
MOST_ROWS = 200
_HINT = "every spike, jump and reset of the run as a table"
# Sort keys of the columns; events without a value come last.
_KEYS: tuple[Callable[[Event], Any], ...] = (
    lambda event: event.step,
    lambda event: event.title,
    lambda event: (event.group, event.state, event.neuron),
    lambda event: _sortable(event.shown(event.before)),
    lambda event: _sortable(_change(event)),
    lambda event: _sortable(event.shown(event.after)),
)


class EventTable(PageWidget):
    """The table; the page asks for another order, for another event, or for the file.

    Attributes
    ----------
    rows : list of dict
        `place`, `sentence`, and the texts of the six `cells`.
    order : list of (column, direction)
        Direction is 1 or -1.
    place : int
        Index of the event at the cursor; -1 for none.
    note : str
        About events that are not shown.
    """

    _esm = script(_HERE / "event_table.js")
    _css = _HERE / "event_table.css"

    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    order = traitlets.List(traitlets.Int(), [0, 1]).tag(sync=True)
    place = traitlets.Int(-1).tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)

    def __init__(self, moment: Moment) -> None:
        super().__init__()
        self._moment = moment
        self._drawn: tuple[Sequence[Event], list[int]] | None = None

    def draw(self) -> None:
        """Show the events of the present run, at most `MOST_ROWS` of them."""
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

    def _act(self, content: Mapping[str, Any]) -> None:
        action, value = content.get("action"), content.get("value")
        if action == "csv":
            self.send({"csv": csv_text(self._moment.events)})
        elif action == "sort" and is_index(value, len(_KEYS)):
            self.order = [value, -self.order[1] if value == self.order[0] else 1]
            self.draw()
        elif action == "go" and is_index(value, len(self._moment.events)):
            self._moment.go_to(value)


class EventsPanel:
    """The table in a fold; while it is closed, no events are computed.

    Parameters
    ----------
    moment : Moment
    """

    def __init__(self, moment: Moment) -> None:
        self._table: EventTable | None = None
        self._moment = moment
        self._fold = Fold("All events", _HINT, "nl-events", self._build)
        self._fold.on_toggle(lambda opened: self.follow(moment))
        self.widget = self._fold.widget
        moment.subscribe(self.follow)

    def _build(self) -> list[EventTable]:
        self._table = EventTable(self._moment)
        return [self._table]

    def follow(self, moment: Moment) -> None:
        """Show the events of the run and mark the one at the cursor."""
        is_known = self._fold.opened or moment.time is not None
        hint = _count(moment) if is_known else _HINT
        if self._fold.hint != hint:
            self._fold.hint = hint
        if self._fold.opened and self._table:
            self._table.draw()


def _count(moment: Moment) -> str:
    known, left_out = len(moment.events), moment.ledger.left_out
    where = "in this run" if moment.hidden_after is None else "so far; what comes next is hidden"
    if left_out:
        return f"{known:,} computed, of {known + left_out:,} {where}"
    return f"{known:,} {where}"


def _row(place: int, event: Event) -> dict[str, Any]:
    numbers = [event.shown(event.before), _change(event), event.shown(event.after)]
    known = iter(amounts([value for value in numbers if value is not None] or [0.0], ""))
    before, change, after = ("" if value is None else next(known) for value in numbers)
    if numbers[1] is not None and numbers[1] > 0:
        change = f"+{change}"
    variable = event.state
    if after and event.words:
        variable = event.words.label(event.group, event.state, event.neuron)
    return {
        "place": place,
        "sentence": event.sentence,
        "cells": [
            event.when.removeprefix("t = ").removesuffix(" ms"),
            event.title,
            variable,
            before,
            change,
            f"{after} {event.unit}".strip(),
        ],
    }


def _change(event: Event) -> float | None:
    """Return the amount that an event adds, in the unit that is shown."""
    if event.kind == "nothing":
        return 0.0
    if event.amount is not None:
        return event.shown(event.amount)
    if event.is_jump and event.after is not None and event.before is not None:
        return event.shown(event.after - event.before)
    return None


def _sortable(value: float | None) -> float:
    return math.inf if value is None else value


def _note(shown: int, known: int, left_out: int) -> str:
    parts = []
    if shown < known:
        parts.append(
            f"{shown:,} of {known:,} rows, those around the time cursor; the file has all."
        )
    if left_out:
        parts.append(f"{left_out:,} more events of this run are not computed.")
    return " ".join(parts)
