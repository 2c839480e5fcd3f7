"""The raster of spikes; input spikes can be moved, added and removed by mouse, touch or keys.

An anywidget: the points of bqplot react only on their painted pixels, cannot be moved by keys, and
cannot be removed.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

import traitlets

from ...grid import Ms
from ..controls.assets import script
from ..controls.page_widget import PageWidget, is_index
from ..controls.set_traits import update
from .timeaxis import LEFT, RIGHT, ticks

_HERE = Path(__file__).parent
_SAME: Ms = 1e-6


@dataclass(frozen=True)
class SpikeRow:
    """The row of one neuron.

    Attributes
    ----------
    label : str
    times : tuple of float
        Spike times in ms.
    editable : bool
    colour : str
        Colour of the variable that these spikes drive, as a value of CSS; empty for the ink colour.
    """

    label: str
    times: tuple[Ms, ...]
    editable: bool
    colour: str = ""

    @property
    def plain(self) -> dict[str, Any]:
        """The row as it is sent to the page."""
        return {
            "label": self.label,
            "times": [round(time, 9) for time in self.times],
            "editable": self.editable,
            "colour": self.colour,
        }


class Raster(PageWidget):
    """Rows of spikes on the time axis of the traces.

    Parameters
    ----------
    on_move : callable
        ``on_move(row, index, time)``; times in ms, on the grid of `step` and within the run.
    on_add : callable
        ``on_add(row, time)``
    on_remove : callable
        ``on_remove(row, index)``

    Attributes
    ----------
    rows : list of dict
        The rows, as in `SpikeRow.plain`.
    duration, step : float
        Length and time step of the run, in ms.
    ticks : list of float
    lit : list of float
        Row and time (ms) of the highlighted spike; empty for none.
    """

    _esm = script(_HERE / "raster.js")
    _css = _HERE / "raster.css"

    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    duration = traitlets.Float(10.0).tag(sync=True)
    step = traitlets.Float(0.1).tag(sync=True)
    ticks = traitlets.List(traitlets.Float()).tag(sync=True)
    lit = traitlets.List(traitlets.Float()).tag(sync=True)
    margins = traitlets.List(traitlets.Int(), [LEFT, RIGHT]).tag(sync=True)

    def __init__(
        self,
        on_move: Callable[[int, int, Ms], None],
        on_add: Callable[[int, Ms], None],
        on_remove: Callable[[int, int], None],
    ) -> None:
        super().__init__()
        # Messages are checked against these, because a page could change the traits.
        self._rows: list[SpikeRow] = []
        self._duration: Ms = self.duration
        self._step: Ms = self.step
        self._actions: dict[str, Callable[..., None]] = {
            "move": on_move,
            "add": on_add,
            "remove": on_remove,
        }

    def draw(self, rows: Sequence[SpikeRow], duration: Ms, step: Ms) -> None:
        """Show these rows.

        Parameters
        ----------
        rows : sequence of SpikeRow
        duration, step : float
            Length and time step of the run, in ms.
        """
        self._rows = list(rows)
        self._duration = duration
        self._step = step
        update(
            self,
            rows=[row.plain for row in rows],
            duration=duration,
            step=step,
            ticks=ticks(duration),
        )

    def _act(self, content: Mapping[str, Any]) -> None:
        action: Any = content.get("action")
        row: Any = content.get("row")
        time: object = content.get("time")
        if action not in self._actions or not is_index(row, len(self._rows)):
            return
        if not self._rows[row].editable:
            return
        arguments: list[float] = [row]
        if action != "add":
            index = self._place(row, content.get("index"), content.get("was"))
            if index is None:
                return
            arguments.append(index)
        if action != "remove":
            if not _is_time(time):
                return
            arguments.append(self._on_grid(time))
        self._actions[action](*arguments)

    def _place(self, row: int, index: object, was: object) -> int | None:
        """Return the index of the spike that was at this index and time; None if it is gone."""
        if not _is_time(was):
            return None
        times = self._rows[row].plain["times"]
        places = [place for place, time in enumerate(times) if abs(time - was) < _SAME]
        if isinstance(index, int) and index in places:
            return index
        return next(iter(places), None)

    def _on_grid(self, time: Ms) -> Ms:
        last = math.ceil(self._duration / self._step - 1e-9) - 1
        step = min(max(round(time / self._step), 0), last)
        return float(f"{step * self._step:.12g}")


def _is_time(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and math.isfinite(value)
