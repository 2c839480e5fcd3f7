"""What draws the figures of a program: bqplot in a notebook, matplotlib in a script.

Each is loaded when the first figure is drawn.
"""

import sys
from typing import TYPE_CHECKING, Any, Literal, Protocol

from ..array_types import FloatArray

if TYPE_CHECKING:
    from .bqplot_figures import Notebook
    from .matplotlib_figures import Paper
    from .plot_arguments import Style

Axis = Literal["x", "y"]
_backends: dict[str, Any] = {}


class Drawing(Protocol):
    """What `facade` needs of a backend: figures, of which one is current, with current axes."""

    def is_blank(self) -> bool:
        """Return whether the current figure, if there is one, is still empty."""

    def figure(self, number: int | None = None, figsize: tuple[float, float] | None = None) -> None:
        """Begin a figure, or go back to an open one; `figsize` is in inches."""

    def subplot(self, rows: int, columns: int, index: int) -> None:
        """Go to a part of the figure; `index` counts from 1."""

    def plot(self, x: FloatArray, y: FloatArray, style: "Style") -> None:
        """Draw one curve; x and y have the same length."""

    def label(self, which: str, text: str) -> None:
        """Name an axis ('x', 'y') or the axes ('title')."""

    def legend(self, labels: list[str], place: Any) -> None:
        """Show the legend, with these labels or the curves' own."""

    def limits(
        self, which: Axis, low: float | None = None, high: float | None = None
    ) -> tuple[float, float]:
        """Set the ends of an axis, of which None stays, and return them."""

    def whole_numbers(self) -> None:
        """Mark only whole numbers on the vertical axis."""

    def show(self) -> None:
        """Show the figures that were drawn since the last call."""


def drawing() -> Drawing:
    """Return the backend of this process."""
    return notebook() or paper()


def notebook() -> "Notebook | None":
    """Return the figures of the notebook that runs the program; None in a script."""
    ipython = sys.modules.get("IPython")
    get_shell = getattr(ipython, "get_ipython", None)
    shell = get_shell() if get_shell else None
    if not hasattr(shell, "kernel"):
        return None
    if "notebook" not in _backends:
        from .bqplot_figures import Notebook

        _backends["notebook"] = Notebook(shell)
    return _backends["notebook"]


def paper() -> "Paper":
    """Return the figures of matplotlib.

    Raises
    ------
    MissingPackageError
        matplotlib is not installed.
    """
    if "paper" not in _backends:
        from .matplotlib_figures import Paper

        _backends["paper"] = Paper()
    return _backends["paper"]
