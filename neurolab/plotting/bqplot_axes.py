"""One part of a notebook's figure: curves on a pair of axes, drawn by bqplot."""

import math
from dataclasses import replace
from typing import Any

import bqplot
import numpy as np
from bqplot import pyplot
from traitlets import TraitError

from ..array_types import FloatArray
from ..errors import ParseError
from ..palette import COLOURS
from ..round_numbers import multiples, next_round
from .bqplot_marks import dots_mark, line_mark
from .drawing import Axis
from .plot_arguments import Curve, Style, unlabelled

QUIET = "#5b6875"
_CORNERS = {"top-right": (1, 1), "top-left": (0, 1), "bottom-right": (1, 0), "bottom-left": (0, 0)}
_NUMBERED_PLACES = (
    "best",
    "upper right",
    "upper left",
    "lower left",
    "lower right",
    "right",
    "center left",
    "center right",
    "lower center",
    "upper center",
    "center",
)


Place = tuple[int, int, int]
"""Rows, columns and index of a place in a grid; the index counts from 1."""
_SIDES: tuple[Axis, Axis] = ("x", "y")


class Axes:
    """Curves, their axes and their legend.

    Parameters
    ----------
    place : (rows, columns, index)
        Where in the figure.
    height : int
        In pixels.

    Attributes
    ----------
    curves : list of (x, y, Style)
    labels, ends : dict
        What was named and set, by 'x', 'y' and 'title'.
    legend_place : str
        As the program said it; empty without a legend.
    counts : bool
        Whether only whole numbers mark the vertical axis.
    """

    def __init__(self, place: Place, height: int) -> None:
        self.place = place
        self.curves: list[Curve] = []
        self.labels: dict[str, str] = {}
        self.ends: dict[Axis, tuple[float, float]] = {}
        self.legend_place: Any = ""
        self.counts = False
        self._marks: list[bqplot.Mark] = []
        self._cycled = 0
        self._most_ticks = {"x": max(8 // place[1], 3), "y": max(height // 50, 3)}
        self._scales = {name: bqplot.LinearScale(allow_padding=False) for name in _SIDES}
        self._axis: dict[str, bqplot.Axis] = {
            name: bqplot.Axis(
                scale=scale,
                side=side,
                grid_lines="solid",
                grid_color="#f1f3f5",
                color=QUIET,
                tick_format="~g",
                label_offset=offset,
            )
            for (name, scale), side, offset in zip(
                self._scales.items(), ("bottom", "left"), ("34px", "54px")
            )
        }
        # Made by pyplot, so that what a program draws with bqplot.pyplot itself lands on these axes
        # too.
        self.figure = pyplot.figure(
            axes=list(self._axis.values()),
            padding_x=0,
            padding_y=0,
            animation_duration=0,
            background_style={"fill": "transparent"},
            legend_style={"stroke": "none"},
            title_style={"font-size": "15px"},
            layout={"height": f"{height}px"},
            scales=self._scales,
        )
        self._set_margin()
        for which, scale in self._scales.items():
            # The toolbar's zoom changes the scales as well.
            scale.observe(lambda change, which=which: self._set_ticks(which), ("min", "max"))
            self._fit(which)

    def plot(self, x: FloatArray, y: FloatArray, style: Style) -> None:
        """Draw one curve, in the next colour of the cycle if it names none."""
        named = style.colour is not None
        if not named:
            style = replace(style, colour=COLOURS[self._cycled % len(COLOURS)])
        finite = np.isfinite(x) & np.isfinite(y)
        x = np.where(finite, x, np.nan)
        y = np.where(finite, y, np.nan)
        draw = line_mark if style.line else dots_mark
        try:
            mark = draw(x, y, style, self._scales)
        except TraitError:
            raise ParseError(
                f"'{style.colour}' is not a colour.",
                where="plot",
                mend="Give a name such as 'red'.",
            ) from None
        self._cycled += not named
        self.curves.append((x, y, style))
        self._marks.append(mark)
        self.figure.marks = [*self.figure.marks, mark]
        for which in self._scales:
            self._fit(which)

    def _fit(self, which: Axis) -> None:
        """Let an axis show all curves, unless its ends have been set."""
        low, high = self.ends.get(which) or self._extent(which)
        if which not in self.ends:
            edge = which == "y" or any(style.marker for *_, style in self.curves)
            room = (high - low) * (0.04 if edge else 0.0) or (
                0.0 if high > low else 0.5 * (abs(low) or 1.0)
            )
            low = low - room
            high = high + room
        scale = self._scales[which]
        with scale.hold_sync():
            scale.min = min(low, high)
            scale.max = max(low, high)
            scale.reverse = low > high

    def _extent(self, which: Axis) -> tuple[float, float]:
        values = np.concatenate(
            [np.zeros(0), *(curve[_SIDES.index(which)] for curve in self.curves)]
        )
        values = values[~np.isnan(values)]
        return (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)

    def _set_ticks(self, which: Axis) -> None:
        low = self._scales[which].min
        high = self._scales[which].max
        if low is not None and high is not None and low < high:
            self._axis[which].tick_values = round_values(
                low, high, self._most_ticks[which], whole=self.counts and which == "y"
            )

    def label(self, which: str, text: str) -> None:
        """Name an axis ('x', 'y') or the axes ('title')."""
        self.labels[which] = text
        if which == "title":
            self.figure.title = text
        else:
            self._axis[which].label = text
        self._set_margin()

    def _set_margin(self) -> None:
        self.figure.fig_margin = {
            "top": 36 if self.labels.get("title") else 14,
            "right": 18,
            "bottom": 50 if self.labels.get("x") else 32,
            "left": 76 if self.labels.get("y") else 56,
        }

    def legend(self, labels: list[str], place: Any) -> None:
        """Show the legend, with these labels or the curves' own."""
        for index, label in enumerate(labels[: len(self.curves)]):
            x, y, style = self.curves[index]
            self.curves[index] = (x, y, replace(style, label=label))
            self._marks[index].labels = [label]
        named = [mark for mark, (*_, style) in zip(self._marks, self.curves) if style.label]
        if not named:
            raise unlabelled()
        self.figure.legend_location = self._legend_location(place)
        self.legend_place = place
        for mark in named:
            mark.display_legend = True

    def _legend_location(self, place: Any) -> str:
        name = (
            _NUMBERED_PLACES[place] if isinstance(place, int) and 0 <= place <= 10 else str(place)
        )
        if name in ("best", "center"):
            return min(_CORNERS, key=self._crowd)
        words = name.replace("upper", "top").replace("lower", "bottom").replace("center", "")
        location = "-".join(words.split())
        if location not in bqplot.Figure.legend_location.values:
            raise ParseError(
                f"'{place}' is not a place for a legend.",
                where="legend",
                mend="Give one such as 'upper left'.",
            )
        return location

    def _crowd(self, corner: str) -> int:
        """Count the points of the curves that lie in a corner."""
        count = 0
        for x, y, _ in self.curves:
            inside = np.ones(len(x), dtype=bool)
            for values, scale, side in zip(
                (x, y), (self._scales["x"], self._scales["y"]), _CORNERS[corner]
            ):
                part = (values - scale.min) / (scale.max - scale.min)
                inside &= (part > 0.7) if side != scale.reverse else (part < 0.3)
            count += int(inside.sum())
        return count

    def limits(
        self, which: Axis, low: float | None = None, high: float | None = None
    ) -> tuple[float, float]:
        """Set the ends of an axis, of which None stays, and return them."""
        first, last = self.ends.get(which) or self._extent(which)
        ends = (first if low is None else low, last if high is None else high)
        if low is not None or high is not None:
            self.ends[which] = ends
            self._fit(which)
        return ends

    def whole_numbers(self) -> None:
        """Mark only whole numbers on the vertical axis."""
        self.counts = True
        self._set_ticks("y")


def round_values(low: float, high: float, most: int, whole: bool = False) -> FloatArray:
    """Return round numbers from `low` to `high`.

    Parameters
    ----------
    low, high : float
    most : int
        The largest number of values. They are multiples of 1, 2 or 5 times a power of ten.
    whole : bool
        Whether only whole numbers count.

    Examples
    --------
    >>> round_values(0.0, 1.0, most=5).tolist()
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    step = 10.0 ** math.floor(math.log10((high - low) / most))
    while (high - low) / step > most or (whole and step < 1):
        step = next_round(step)
    return np.array(multiples(step, low, high))
