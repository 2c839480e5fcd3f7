"""Figures of programs that run in a notebook, drawn by bqplot and shown at the end of the cell."""

import math
from fractions import Fraction
from typing import Any

import ipywidgets as widgets
from IPython.display import display

from ..array_types import FloatArray
from ..ui.controls.close_widgets import close_all
from ..ui.page import notebook_cells
from .bqplot_axes import Axes, Place
from .drawing import Axis
from .plot_arguments import Style

HEIGHT = 360
WIDEST = 800
INCH = 80
"""Pixels for an inch of `figsize`."""


class Sheet:
    """A figure of a program: one or several axes in a grid."""

    def __init__(
        self, number: int | None = None, figsize: tuple[float, float] | None = None
    ) -> None:
        self.number = number
        self.figsize = figsize
        self.axes: list[Axes] = []
        self.current: Axes | None = None
        self._grid: widgets.GridBox | None = None
        notebook_cells.adopt(self)

    def subplot(self, rows: int, columns: int, index: int) -> None:
        """Go to the axes at a place of the grid; axes that overlap new ones are removed."""
        place = (rows, columns, index)
        for axes in self.axes:
            if axes.place == place:
                self.current = axes
                return
        covered = [axes for axes in self.axes if _overlap(axes.place, place)]
        for axes in covered:
            self.axes.remove(axes)
            close_all(axes.figure)
        if self.figsize:
            height = self.figsize[1] * INCH
        else:
            height = HEIGHT if rows == 1 else max(HEIGHT * 1.5, 200 * rows)
        self.current = Axes(place, max(round(height / rows), 160))
        self.axes.append(self.current)

    def drawn(self) -> Axes:
        """Return the current axes."""
        if self.current is None:
            self.subplot(1, 1, 1)
        assert self.current is not None
        return self.current

    def show(self) -> None:
        """Display the sheet in the running cell's output."""
        widest = f"{round(self.figsize[0] * INCH) if self.figsize else WIDEST}px"
        if len(self.axes) == 1:
            layout = self.axes[0].figure.layout
            # A width with a limit, and not 100 %, fills a cell also where the page shrinks outputs
            # to their content.
            layout.width = widest
            layout.max_width = "100%"
            display(self.axes[0].figure)
            return
        rows, columns = (math.lcm(*(axes.place[which] for axes in self.axes)) for which in (0, 1))
        for axes in self.axes:
            top, bottom, left, right = _span(axes.place)
            axes.figure.layout.grid_area = (
                f"{int(top * rows) + 1} / {int(left * columns) + 1} / "
                f"{int(bottom * rows) + 1} / {int(right * columns) + 1}"
            )
            axes.figure.layout.width = "100%"
            axes.figure.layout.min_width = "0"
        self._grid = widgets.GridBox(
            [axes.figure for axes in self.axes],
            layout={
                "width": widest,
                "max_width": "100%",
                "grid_template_columns": f"repeat({columns}, minmax(0, 1fr))",
            },
        )
        display(self._grid)

    def close(self) -> None:
        """Remove the sheet from the page and from the kernel."""
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

    def __init__(self, shell: Any) -> None:
        self._open: list[Sheet] = []
        self._current: Sheet | None = None
        self._last: Sheet | None = None
        shell.events.register("post_execute", self.show)

    @property
    def sheet(self) -> Sheet | None:
        """The current figure, or else the one displayed last."""
        return self._current or self._last

    def is_blank(self) -> bool:
        """Return whether the current figure, if there is one, is still empty."""
        return self._current is None or not self._current.axes

    def figure(self, number: int | None = None, figsize: tuple[float, float] | None = None) -> None:
        """Begin a figure, or go back to one of this cell."""
        for sheet in self._open:
            if number is not None and sheet.number == number:
                self._current = sheet
                return
        self._current = Sheet(len(self._open) + 1 if number is None else number, figsize)
        self._open.append(self._current)

    def _sheet(self) -> Sheet:
        if self._current is None:
            self.figure()
        assert self._current is not None
        return self._current

    def subplot(self, rows: int, columns: int, index: int) -> None:
        """Go to a part of the figure."""
        self._sheet().subplot(rows, columns, index)

    def plot(self, x: FloatArray, y: FloatArray, style: Style) -> None:
        """Draw one curve."""
        self._sheet().drawn().plot(x, y, style)

    def label(self, which: str, text: str) -> None:
        """Name an axis ('x', 'y') or the axes ('title')."""
        self._sheet().drawn().label(which, text)

    def legend(self, labels: list[str], place: Any) -> None:
        """Show the legend, with these labels or the curves' own."""
        self._sheet().drawn().legend(labels, place)

    def limits(
        self, which: Axis, low: float | None = None, high: float | None = None
    ) -> tuple[float, float]:
        """Set the ends of an axis, of which None stays, and return them."""
        return self._sheet().drawn().limits(which, low, high)

    def whole_numbers(self) -> None:
        """Mark only whole numbers on the vertical axis."""
        self._sheet().drawn().whole_numbers()

    def show(self) -> None:
        """Display the figures drawn since the last time, in their order."""
        sheets = self._open
        self._open = []
        self._current, self._last = None, self._current or self._last
        for sheet in sheets:
            if sheet.axes:
                sheet.show()


def _span(place: Place) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """Return top, bottom, left and right of a place in its grid, as fractions of the sheet."""
    rows, columns, index = place
    row, column = divmod(index - 1, columns)
    return (
        Fraction(row, rows),
        Fraction(row + 1, rows),
        Fraction(column, columns),
        Fraction(column + 1, columns),
    )


def _overlap(first: Place, second: Place) -> bool:
    top, bottom, left, right = _span(first)
    other_top, other_bottom, other_left, other_right = _span(second)
    return top < other_bottom and other_top < bottom and left < other_right and other_left < right
