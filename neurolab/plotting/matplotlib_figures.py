"""Figures of scripts, drawn by matplotlib (the extra `plot`)."""

import atexit
import sys
from typing import TYPE_CHECKING, Any

from ..array_types import FloatArray
from ..errors import MissingPackageError, NeurolabError, ParseError
from ..palette import COLOURS
from .drawing import Axis
from .plot_arguments import Style, unlabelled

if TYPE_CHECKING:
    from .bqplot_figures import Sheet

SIZE = (8.0, 4.5)
# With more dots than this, dots of the usual size would merge into one patch.
MANY_DOTS = 2000
INSTALL = 'pip install "neurolab-connections[plot]"'
NO_DISPLAY = "No display here to show the figure on; savefig('name.png') keeps it in a file."


class Paper:
    """The figures of matplotlib, with a note of those that were neither shown nor saved.

    Raises
    ------
    MissingPackageError
        matplotlib is not installed.
    """

    def __init__(self) -> None:
        try:
            from matplotlib import pyplot
        except ImportError as error:
            if (error.name or "matplotlib").partition(".")[0] != "matplotlib":
                raise
            raise MissingPackageError(
                "matplotlib, which draws the figures of scripts and writes figure files, is not "
                "installed.",
                where="plot",
                mend=f"Install it: {INSTALL}",
            ) from None
        self._pyplot: Any = pyplot
        self._unseen: set[int] = set()
        self._finished: Any = None
        # After the import: what is registered last runs first, and matplotlib closes all figures at
        # exit.
        atexit.register(self._at_exit)

    def is_blank(self) -> bool:
        """Return whether the current figure, if there is one, is still empty."""
        return (
            not self._pyplot.get_fignums()
            or self._finished is not None
            or not self._pyplot.gcf().axes
        )

    def figure(self, number: int | None = None, figsize: tuple[float, float] | None = None) -> None:
        """Begin a figure, or go back to an open one."""
        self._finished = None
        new = number is None or not self._pyplot.fignum_exists(number)
        self._pyplot.figure(
            number, **({"figsize": figsize or SIZE, "layout": "tight"} if new else {})
        )

    def subplot(self, rows: int, columns: int, index: int) -> None:
        """Go to a part of the figure."""
        self._current()
        self._plain(self._pyplot.subplot(rows, columns, index))

    def plot(self, x: FloatArray, y: FloatArray, style: Style) -> None:
        """Draw one curve."""
        axes = self._axes()
        look = {"color": style.colour} if style.colour else {}
        size = style.size or (2.0 if style.marker == "." and len(x) > MANY_DOTS else None)
        try:
            axes.plot(
                x,
                y,
                linestyle=style.line or "none",
                marker=style.marker or "none",
                linewidth=style.width or 1.8,
                markersize=size,
                alpha=style.opacity,
                label=style.label or None,
                **look,
            )
        except ValueError as error:
            raise ParseError(str(error), where="plot") from None
        self._unseen.add(self._pyplot.gcf().number)

    def label(self, which: str, text: str) -> None:
        """Name an axis ('x', 'y') or the axes ('title')."""
        axes = self._axes()
        {"x": axes.set_xlabel, "y": axes.set_ylabel, "title": axes.set_title}[which](text)

    def legend(self, labels: list[str], place: Any) -> None:
        """Show the legend, with these labels or the curves' own."""
        axes = self._axes()
        for line, label in zip(axes.lines, labels):
            line.set_label(label)
        if not axes.get_legend_handles_labels()[0]:
            raise unlabelled()
        try:
            axes.legend(loc=place, frameon=False)
        except ValueError:
            raise ParseError(
                f"'{place}' is not a place for a legend.",
                where="legend",
                mend="Give one such as 'upper left'.",
            ) from None

    def limits(
        self, which: Axis, low: float | None = None, high: float | None = None
    ) -> tuple[float, float]:
        """Set the ends of an axis, of which None stays, and return them."""
        axes = self._axes()
        get, put = (
            (axes.get_xlim, axes.set_xlim) if which == "x" else (axes.get_ylim, axes.set_ylim)
        )
        if low is not None or high is not None:
            put(low, high)
        first, last = get()
        return float(first), float(last)

    def whole_numbers(self) -> None:
        """Mark only whole numbers on the vertical axis."""
        from matplotlib.ticker import MaxNLocator

        self._axes().yaxis.set_major_locator(MaxNLocator(integer=True))

    def show(self) -> None:
        """Open the windows; without a display, print one line if figures were not saved."""
        unseen = self._unseen & set(self._pyplot.get_fignums())
        self._unseen = set()
        self._finished = self._pyplot.gcf() if self._pyplot.get_fignums() else self._finished
        if self._has_display():
            self._pyplot.show()
        elif unseen:
            print(NO_DISPLAY)

    def savefig(self, path: Any, options: dict[str, Any]) -> None:
        """Write the current figure, or the one just shown, to a file."""
        figure = self._finished or (self._pyplot.gcf() if self._pyplot.get_fignums() else None)
        if figure is None:
            raise NeurolabError(
                "There is no figure to keep.", where="savefig", mend="Call it after plot."
            )
        try:
            figure.savefig(path, **{"dpi": 150, **options})
        except ValueError as error:
            raise ParseError(
                str(error), where="savefig", mend="Name the file *.png, *.svg or *.pdf."
            ) from None
        self._unseen.discard(figure.number)

    def copy(self, sheet: "Sheet", path: Any, options: dict[str, Any]) -> None:
        """Draw a notebook's figure again with matplotlib, and write it to a file."""
        self.figure(figsize=sheet.figsize)
        drawn = self._pyplot.gcf()
        try:
            for axes in sheet.axes:
                self.subplot(*axes.place)
                for curve in axes.curves:
                    self.plot(*curve)
                for which, text in axes.labels.items():
                    self.label(which, text)
                for which in axes.ends:
                    self.limits(which, *axes.ends[which])
                if axes.counts:
                    self.whole_numbers()
                if axes.legend_place:
                    self.legend([], axes.legend_place)
            self.savefig(path, options)
        finally:
            self._pyplot.close(drawn)

    def call(self, name: str, values: list[Any], options: dict[str, Any]) -> Any:
        """Call a function of matplotlib on the current figure."""
        self._current()
        self._unseen.add(self._pyplot.gcf().number)
        try:
            return getattr(self._pyplot, name)(*values, **options)
        except (TypeError, ValueError, RuntimeError) as error:
            raise ParseError(
                str(error), where=name, mend="See matplotlib's function of this name."
            ) from None

    def _current(self) -> None:
        """Begin a figure unless there is one to draw in."""
        if self._finished is not None or not self._pyplot.get_fignums():
            self.figure()

    def _axes(self) -> Any:
        self._current()
        axes = self._pyplot.gca()
        if not axes.lines:
            self._plain(axes)
        return axes

    def _plain(self, axes: Any) -> None:
        if not axes.lines:
            axes.set_prop_cycle(color=COLOURS)
            axes.spines[["top", "right"]].set_visible(False)

    def _has_display(self) -> bool:
        from matplotlib.backends.registry import BackendFilter, backend_registry

        return self._pyplot.get_backend().lower() not in backend_registry.list_builtin(
            BackendFilter.NON_INTERACTIVE
        )

    def _at_exit(self) -> None:
        # A program that stopped with an error has said what matters; no window should hold it up.
        if self._unseen & set(self._pyplot.get_fignums()) and not hasattr(sys, "last_value"):
            self.show()
