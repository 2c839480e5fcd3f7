"""Figures of programs that run in a notebook, drawn by bqplot's pyplot and shown when the cell is done."""

import math
from dataclasses import replace
from fractions import Fraction

import bqplot
import ipywidgets as widgets
import numpy as np
from bqplot import pyplot
from IPython.display import display
from traitlets import TraitError

from ..errors import NeurolabError, ParseError
from . import cells
from .curves import COLOURS
from .fields import close_all
from .timeaxis import ticks

QUIET = "#5b6875"
HEIGHT, WIDEST = 360, 800
# So many dots or markers make a browser slow as elements of their own; more are drawn as one path of short dashes.
MOST_DOTS = 2000
_LINES = {"-": "solid", "--": "dashed", "-.": "dash_dotted", ":": "dotted"}
_MARKERS = {"o": "circle", ".": "circle", ",": "circle", "v": "triangle-down", "^": "triangle-up", "<": "triangle-up",
            ">": "triangle-down", "s": "square", "d": "diamond", "D": "diamond", "+": "plus", "x": "crosshair",
            "P": "plus", "p": "circle", "h": "circle", "H": "circle", "*": "diamond", "|": "rectangle", "_": "rectangle"}
_SMALL = {".": 3.0, ",": 1.5}
_PLACES = {"upper": "top", "lower": "bottom", "center": ""}
_NUMBERED_PLACES = ("best", "upper right", "upper left", "lower left", "lower right", "right", "center left",
                    "center right", "lower center", "upper center", "center")


class Axes:
    """One part of a sheet: a bqplot figure with its scales.

    Attributes
    ----------
    place : (rows, columns, index)
    curves : list of (x, y, Style)
    labels, ends : dict
        What was named and set, by 'x', 'y' and 'title'.
    legend_place : str
        As the program said it; empty without a legend.
    """

    def __init__(self, place, height):
        self.place, self.curves, self.labels, self.ends, self.legend_place = place, [], {}, {}, ""
        self._marks, self._cycled = [], 0
        self._scales = {"x": bqplot.LinearScale(allow_padding=False), "y": bqplot.LinearScale()}
        self._axis = {name: bqplot.Axis(scale=scale, orientation=orientation, grid_lines="solid", grid_color="#f1f3f5",
                                        color=QUIET, tick_format="~g", num_ticks=6, label_offset=offset)
                      for (name, scale), orientation, offset in zip(self._scales.items(), ("horizontal", "vertical"),
                                                                    ("34px", "52px"))}
        self.figure = pyplot.figure(axes=list(self._axis.values()), padding_x=0, padding_y=0.05, animation_duration=0,
                                    background_style={"fill": "transparent"}, legend_style={"stroke": "none"},
                                    title_style={"font-size": "15px"}, layout={"height": f"{height}px"}, scales=self._scales)
        self._set_margin()

    def plot(self, x, y, style):
        """Draw one curve, in the next colour of the cycle if it names none."""
        if style.colour is None:
            style = replace(style, colour=COLOURS[self._cycled % len(COLOURS)])
            self._cycled += 1
        self.curves.append((x, y, style))
        finite = np.isfinite(x) & np.isfinite(y)
        x, y = np.where(finite, x, np.nan), np.where(finite, y, np.nan)
        draw = self._draw_line if style.line else self._draw_dots
        try:
            self._marks.append(draw(x, y, style))
        except TraitError:
            self.curves.pop()
            raise ParseError(f"'{style.colour}' is not a colour", where="plot", expected="a name such as 'red' or 'k'") from None

    def _draw_line(self, x, y, style):
        if len(x) == 1:
            x, y = np.repeat(x, 2), np.repeat(y, 2)
        marker = {"marker": _MARKERS.get(style.marker, "circle"), "marker_size": _area(style)} \
            if style.marker and len(x) <= MOST_DOTS else {}
        return self._mark(bqplot.Lines, x, y, style, line_style=_LINES[style.line], stroke_width=style.width or 2.0, **marker)

    def _draw_dots(self, x, y, style):
        if not style.marker:
            return self._mark(bqplot.Lines, x, y, style, visible=False)
        if len(x) > MOST_DOTS:
            half, gap = (np.nanmax(x) - np.nanmin(x)) / 800 or 0.5, np.full(len(x), np.nan)
            return self._mark(bqplot.Lines, np.column_stack([x - half, x + half, gap]).ravel(),
                              np.column_stack([y, y, gap]).ravel(), style, stroke_width=2.0)
        marker = _MARKERS.get(style.marker, "circle")
        return self._mark(bqplot.Scatter, x, y, style, marker=marker, default_size=_area(style),
                          stroke_width=1.5 if marker in ("plus", "crosshair") else 0.0)

    def _mark(self, kind, x, y, style, **look):
        mark = kind(x=x, y=y, scales=self._scales, colors=[style.colour], labels=[style.label], opacities=[style.opacity],
                    **look)
        self.figure.marks = [*self.figure.marks, mark]
        return mark

    def label(self, which, text):
        """Name an axis ('x', 'y') or the axes ('title')."""
        self.labels[which] = text
        if which == "title":
            self.figure.title = text
        else:
            self._axis[which].label = text
        self._set_margin()

    def _set_margin(self):
        self.figure.fig_margin = {"top": 36 if self.labels.get("title") else 14, "right": 18,
                                  "bottom": 50 if self.labels.get("x") else 32, "left": 72 if self.labels.get("y") else 56}

    def legend(self, labels, place):
        """Show the legend, with these labels or the curves' own."""
        for index, label in enumerate(labels[:len(self.curves)]):
            x, y, style = self.curves[index]
            self.curves[index] = (x, y, replace(style, label=label))
            self._marks[index].labels = [label]
        named = [mark for mark, (*_, style) in zip(self._marks, self.curves) if style.label]
        if not named:
            raise NeurolabError("no curve here has a label", where="legend",
                                mend="Use plot(x, y, label='Va'), or legend(['Va', 'Vb']) after the plots.")
        self.figure.legend_location = _legend_place(place)
        self.legend_place = place
        for mark in named:
            mark.display_legend = True

    def limits(self, which, low=None, high=None):
        """Set the ends of an axis (None leaves one), and tell them."""
        ends = (low, high)
        if low is None or high is None:
            ends = tuple(old if new is None else new for old, new in zip(self.ends.get(which) or self._extent(which), ends))
        if low is not None or high is not None:
            self.ends[which] = ends
            scale = self._scales[which]
            with scale.hold_sync():
                scale.min, scale.max, scale.reverse = min(ends), max(ends), ends[0] > ends[1]
        return ends

    def _extent(self, which):
        values = [curve["xy".index(which)] for curve in self.curves]
        values = [each[np.isfinite(each)] for each in values]
        return (min((float(each.min()) for each in values if len(each)), default=0.0),
                max((float(each.max()) for each in values if len(each)), default=1.0))

    def whole_numbers(self, count):
        """Mark whole numbers only on the vertical axis, which shows 0 to count - 1."""
        self._axis["y"].tick_values = [tick for tick in ticks(max(count - 1, 0)) if tick == int(tick)]


class Sheet:
    """What a program calls a figure: one or several axes in a grid."""

    def __init__(self, number=None, figsize=None):
        self.number, self.figsize, self.axes, self.current = number, figsize, [], None
        self._grid = None
        cells.adopt(self)

    def subplot(self, rows, columns, index):
        """Go to the axes at a place of the grid; those that lie under new ones are taken away."""
        place = (rows, columns, index)
        for axes in self.axes:
            if axes.place == place:
                self.current = axes
                return
        covered = [axes for axes in self.axes if _overlap(axes.place, place)]
        for axes in covered:
            self.axes.remove(axes)
            close_all(axes.figure)
        height = int(self.figsize[1] * 80) if self.figsize else HEIGHT if rows == 1 else max(HEIGHT * 1.5, 200 * rows)
        self.current = Axes(place, max(round(height / rows), 160))
        self.axes.append(self.current)

    def drawn(self):
        """The axes to draw in."""
        if self.current is None:
            self.subplot(1, 1, 1)
        return self.current

    def show(self):
        """Display the sheet in the running cell's output."""
        widest = f"{int(self.figsize[0] * 80) if self.figsize else WIDEST}px"
        if len(self.axes) == 1:
            layout = self.axes[0].figure.layout
            # A width with a limit, and not 100 %, fills a cell also where the page shrinks outputs to their content.
            layout.width, layout.max_width = widest, "100%"
            display(self.axes[0].figure)
            return
        rows, columns = (math.lcm(*(axes.place[which] for axes in self.axes)) for which in (0, 1))
        for axes in self.axes:
            top, bottom, left, right = _span(axes.place)
            axes.figure.layout.grid_area = (f"{int(top * rows) + 1} / {int(left * columns) + 1} / "
                                            f"{int(bottom * rows) + 1} / {int(right * columns) + 1}")
            axes.figure.layout.width, axes.figure.layout.min_width = "100%", "0"
        self._grid = widgets.GridBox([axes.figure for axes in self.axes], layout={
            "width": widest, "max_width": "100%", "grid_template_columns": f"repeat({columns}, minmax(0, 1fr))"})
        display(self._grid)

    def close(self):
        """Take the sheet off the page and out of the kernel."""
        for axes in self.axes:
            close_all(axes.figure)
        if self._grid is not None:
            close_all(self._grid)


class Notebook:
    """The figures that the running cell has drawn and that are not displayed yet.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
        Tells when a cell, or what a control has called, is done.
    """

    def __init__(self, shell):
        self._open, self._current, self._last = [], None, None
        shell.events.register("post_execute", self.show)

    @property
    def sheet(self):
        """The current figure, or else the one displayed last."""
        return self._current or self._last

    def is_blank(self):
        """Whether the current figure, if there is one, is still empty."""
        return self._current is None or not self._current.axes

    def figure(self, number=None, figsize=None):
        """Begin a figure, or go back to one of this cell."""
        for sheet in self._open:
            if number is not None and sheet.number == number:
                self._current = sheet
                return
        self._current = Sheet(len(self._open) + 1 if number is None else number, figsize)
        self._open.append(self._current)

    def _sheet(self):
        if self._current is None:
            self.figure()
        return self._current

    def subplot(self, rows, columns, index):
        self._sheet().subplot(rows, columns, index)

    def plot(self, x, y, style):
        self._sheet().drawn().plot(x, y, style)

    def label(self, which, text):
        self._sheet().drawn().label(which, text)

    def legend(self, labels, place):
        self._sheet().drawn().legend(labels, place)

    def limits(self, which, low=None, high=None):
        return self._sheet().drawn().limits(which, low, high)

    def whole_numbers(self, count):
        self._sheet().drawn().whole_numbers(count)

    def show(self):
        """Display the figures drawn since the last time, in their order."""
        sheets, self._open = self._open, []
        self._current, self._last = None, self._current or self._last
        for sheet in sheets:
            if sheet.axes:
                sheet.show()


def _area(style):
    """Size of a marker as bqplot counts it, in square pixels; points are 4/3 pixels."""
    points = style.size if style.size is not None else _SMALL.get(style.marker, 6.0)
    return max(1, round((points * 4 / 3 * (0.6 if style.size is not None and style.marker in _SMALL else 1)) ** 2 * 0.8))


def _legend_place(place):
    name = _NUMBERED_PLACES[place] if isinstance(place, int) and 0 <= place <= 10 else place
    words = [_PLACES.get(word, word) for word in str(name).split()]
    found = "-".join(word for word in words if word)
    if name in ("best", "center"):
        found = "top-right"
    if found not in bqplot.Figure.legend_location.values:
        raise ParseError(f"'{place}' is not a place for a legend", where="legend", expected="'upper left', say")
    return found


def _span(place):
    """Top, bottom, left and right of a place in its grid, as fractions of the sheet."""
    rows, columns, index = place
    row, column = divmod(index - 1, columns)
    return Fraction(row, rows), Fraction(row + 1, rows), Fraction(column, columns), Fraction(column + 1, columns)


def _overlap(first, second):
    top, bottom, left, right = _span(first)
    other_top, other_bottom, other_left, other_right = _span(second)
    return top < other_bottom and other_top < bottom and left < other_right and other_left < right
