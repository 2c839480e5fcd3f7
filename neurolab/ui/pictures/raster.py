"""The raster of spikes, those of the sources to be moved, added and removed by mouse, finger or keyboard.

An anywidget: a movable point of bqplot can be taken only on the few pixels that are painted, not by keys; a click adds
one anywhere, but then none can be removed.
"""

import logging
import math
from dataclasses import dataclass
from pathlib import Path

import anywidget
import traitlets

from ..controls.assets import script
from ..controls.set_traits import update
from .timeaxis import LEFT, RIGHT, ticks

_LOG = logging.getLogger(__name__)
_HERE = Path(__file__).parent
_SAME = 1e-6  # ms


@dataclass(frozen=True)
class SpikeRow:
    """One neuron's row: its label, spike times in ms, and whether they can be edited."""

    label: str
    times: tuple
    editable: bool

    @property
    def plain(self):
        """As the page gets it."""
        return {
            "label": self.label,
            "times": [round(time, 9) for time in self.times],
            "editable": self.editable,
        }


class Raster(anywidget.AnyWidget):
    """Rows of spikes on the time axis of the traces.

    Parameters
    ----------
    on_move : callable
        ``on_move(row, index, time)``; times in ms, on the grid of `step` and within the run.
    on_add : callable
        ``on_add(row, time)``
    on_remove : callable
        ``on_remove(row, index)``
    """

    _esm = script(_HERE / "raster.js", "svg.js")
    _css = _HERE / "raster.css"

    rows = traitlets.List().tag(sync=True)
    duration = traitlets.Float(10.0).tag(sync=True)
    step = traitlets.Float(0.1).tag(sync=True)
    ticks = traitlets.List(traitlets.Float()).tag(sync=True)
    lit = traitlets.List().tag(sync=True)
    """Row and time (ms) of the spike that is lit up; empty for none."""
    margins = traitlets.List(traitlets.Int(), [LEFT, RIGHT]).tag(sync=True)
    answered = traitlets.Int().tag(sync=True)
    """Number of the last message from the page that was dealt with: the page waits for it before it sends the next."""

    def __init__(self, on_move, on_add, on_remove):
        super().__init__()
        # What a page says is judged by these, not by the traits, which a page can set.
        self._rows, self._duration, self._step = [], self.duration, self.step
        self._actions = {"move": on_move, "add": on_add, "remove": on_remove}
        self.on_msg(self._received)

    def draw(self, rows, duration, step):
        """Show these rows.

        Parameters
        ----------
        rows : list of SpikeRow
        duration, step : float
            Length and time step of the run, in ms.
        """
        self._rows, self._duration, self._step = list(rows), duration, step
        update(
            self,
            rows=[row.plain for row in rows],
            duration=duration,
            step=step,
            ticks=ticks(duration),
        )

    def _received(self, _, content, buffers):
        # What follows from an edit, and that it has been dealt with, reach the page as one.
        with self.hold_sync():
            try:
                self._act(content)
            except Exception:  # a traceback would end on the page
                _LOG.exception("an edit of the raster failed")
            number = content.get("number") if isinstance(content, dict) else None
            if isinstance(number, int):
                self.answered = number

    def _act(self, content):
        action, row, index, was, time = (
            content.get(name) for name in ("action", "row", "index", "was", "time")
        )
        if (
            action not in self._actions
            or not _is_index(row, self._rows)
            or not self._rows[row].editable
        ):
            return
        arguments = [row]
        if action != "add":
            index = self._place(row, index, was)
            if index is None:
                return
            arguments.append(index)
        if action != "remove":
            if not _is_time(time):
                return
            arguments.append(self._on_grid(time))
        self._actions[action](*arguments)

    def _place(self, row, index, was):
        """Which spike of a row the page means, that saw one of this number at this time; None if there is none there now."""
        times = self._rows[row].plain["times"]
        found = [
            place for place, time in enumerate(times) if _is_time(was) and abs(time - was) < _SAME
        ]
        return index if index in found else next(iter(found), None)

    def _on_grid(self, time):
        last = math.ceil(self._duration / self._step - 1e-9) - 1
        return float(f"{min(max(round(time / self._step), 0), last) * self._step:.12g}")


def _is_index(value, items):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(items)


def _is_time(value):
    return isinstance(value, (int, float)) and math.isfinite(value)
