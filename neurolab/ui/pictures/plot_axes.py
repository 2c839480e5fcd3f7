"""The two axes of a figure of traces, with limits that stay calm while values change."""

from collections.abc import Sequence

import bqplot

from ...grid import Ms
from ..controls.set_traits import update
from .timeaxis import Limits, limits, ticks, ticks_between

QUIET = "var(--nl-quiet, #5b6875)"
_GRID = "var(--nl-grid, #edf0f3)"
_THRESHOLD_IN_VIEW = 2.0
"""A threshold that is higher than this many times the peak would only squeeze the curves."""
_THRESHOLD_STAYS = 2.5
"""A threshold in view stays a bit longer, so that it does not flicker while a slider moves."""
_TIME = "time (ms)"


class PlotAxes:
    """Time axis and value axis.

    Parameters
    ----------
    unit : str
        Label of the value axis.

    Attributes
    ----------
    scales : dict
        The scales ``'x'`` and ``'y'``.
    axes : list of bqplot.Axis
    limits : (float, float)
        Ends of the value axis.
    duration : float
        End of the time axis, in ms.
    """

    def __init__(self, unit: str) -> None:
        self._x = bqplot.LinearScale(min=0.0, max=1.0, allow_padding=False)
        self._y = bqplot.LinearScale(min=0.0, max=1.0, allow_padding=False)
        self.scales = {"x": self._x, "y": self._y}
        self._time = bqplot.Axis(
            scale=self._x,
            label=_TIME,
            label_offset="30px",
            grid_lines="none",
            tick_format="~g",
            color=QUIET,
        )
        self._values = bqplot.Axis(
            scale=self._y,
            label=unit,
            side="left",
            label_offset="44px",
            grid_lines="solid",
            grid_color=_GRID,
            tick_format="~g",
            color=QUIET,
        )
        self.axes = [self._time, self._values]
        self.limits: Limits = (0.0, 1.0)
        self.duration: Ms = 0.0
        self._previous: Limits | None = None
        self._in_view: set[str] = set()
        self._has_room = False

    def forget(self) -> None:
        """Choose the next limits without regard to the present ones."""
        self._previous = None

    def name_time(self, wanted: bool) -> bool:
        """Show or hide the label of the time axis; return whether that changed anything."""
        label = _TIME if wanted else ""
        if self._time.label == label:
            return False
        self._time.label = label
        return True

    def fit(
        self,
        duration: Ms,
        low: float,
        high: float,
        thresholds: Sequence[tuple[str, float]],
        room: Sequence[float],
        is_steady: bool = False,
    ) -> None:
        """Show these values.

        Parameters
        ----------
        duration : float
            End of the time axis, in ms.
        low, high : float
            Lowest and highest value of the curves.
        thresholds : sequence of (label, value)
            Shown if they are not too far away.
        room : sequence of float
            Values that must be in view.
        is_steady : bool
            Whether the value axis must not move, because a person is moving a control.
        """
        if duration != self.duration:
            self.duration = duration
            self._x.max = duration
            self._time.tick_values = ticks(duration)
        if is_steady and self._previous and bool(room) == self._has_room:
            return
        if bool(room) != self._has_room:  # the limits before would reveal what is hidden
            self._has_room = bool(room)
            self.forget()
        low, high = min([low, *room]), max([high, *room])
        shown = self._in_reach(max(high, -low, 1e-12), thresholds)
        wanted = limits(min([low, *shown]), max([high, *shown]), self._previous)
        if wanted != self._previous:
            self._previous = wanted
            self.limits = wanted
            update(self._y, min=wanted[0], max=wanted[1])
            self._values.tick_values = ticks_between(*wanted)

    def _in_reach(self, peak: float, thresholds: Sequence[tuple[str, float]]) -> list[float]:
        """Return the thresholds that are not too far above the peak."""
        shown = {}
        for label, value in thresholds:
            reach = _THRESHOLD_STAYS if label in self._in_view else _THRESHOLD_IN_VIEW
            if abs(value) <= reach * peak:
                shown[label] = value
        self._in_view = set(shown)
        return list(shown.values())
