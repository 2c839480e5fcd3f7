"""Plotting for programs: in a notebook with bqplot, in a plain script with matplotlib.

Neither is loaded before the first call. Quantities are drawn by their SI values; ``M.times / ms``
is a plain array, which is drawn as it is.
"""

import warnings
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..array_types import FloatArray
from ..errors import NeurolabError, NeurolabWarning, RangeError
from ..units import whole_index
from .axis_limits import Range, current_limits
from .drawing import drawing, notebook, paper


def plot(*args: Any, **options: Any) -> None:
    """Draw one or several curves: ``plot(y)``, ``plot(x, y)`` or ``plot(x, y, 'r--')``.

    Parameters
    ----------
    *args
        Quantities, arrays, lists or numbers; a two-dimensional y is one curve for each column. The
        text after them holds any of a colour letter, a line (``-``, ``--``, ``-.``, ``:``) and a
        marker (``.``, ``o``, ``x``, …).
    **options
        `color` (`c`), `linestyle` (`ls`), `linewidth` (`lw`), `marker`, `markersize` (`ms`),
        `alpha`, `label`.

    Raises
    ------
    ShapeError
        x and y differ in length.
    MissingPackageError
        In a plain script: matplotlib is not installed.
    """
    from .plot_arguments import curves

    drawn = curves(args, options)
    backend = drawing()
    for x, y, style in drawn:
        backend.plot(x, y, style)


def _warn_of(where: str, options: dict[str, Any]) -> None:
    """Warn that options of matplotlib, such as fonts, change nothing here."""
    for name in options:
        warnings.warn(
            f"{where}: the option '{name}' changes nothing here.", NeurolabWarning, stacklevel=3
        )


def figure(
    number: int | None = None, figsize: tuple[float, float] | None = None, **options: Any
) -> None:
    """Begin a new figure, or go back to the open figure with this number.

    Parameters
    ----------
    number : int, optional
    figsize : (float, float), optional
        Width and height, in inches.
    """
    _warn_of("figure", options)
    drawing().figure(number, figsize)


def subplot(*place: Any, **options: Any) -> None:
    """Go to a part of the figure: ``subplot(rows, columns, index)`` or ``subplot(223)``.

    The index counts from 1.

    Raises
    ------
    RangeError
        The place is not in the grid.
    """
    _warn_of("subplot", options)
    place = tuple(whole_index(number) for number in place)
    wanted = (
        tuple(int(digit) for digit in str(place[0]))
        if len(place) == 1 and str(place[0]).isdigit()
        else place or (1, 1, 1)
    )
    whole = len(wanted) == 3 and all(
        isinstance(number, (int, np.integer)) and number > 0 for number in wanted
    )
    if not whole or wanted[2] > wanted[0] * wanted[1]:
        raise RangeError(
            f"subplot{place if len(place) != 1 else f'({place[0]})'} is not a place in a grid.",
            where="subplot",
            mend="Give rows, columns and an index from 1 to rows × columns, such as "
            "subplot(2, 1, 1).",
        )
    drawing().subplot(*(int(number) for number in wanted))


def xlabel(text: object, **options: Any) -> None:
    """Name the horizontal axis."""
    _warn_of("xlabel", options)
    drawing().label("x", str(text))


def ylabel(text: object, **options: Any) -> None:
    """Name the vertical axis."""
    _warn_of("ylabel", options)
    drawing().label("y", str(text))


def title(text: object, **options: Any) -> None:
    """Write a title above the axes."""
    _warn_of("title", options)
    drawing().label("title", str(text))


def legend(*labels: Any, loc: Any = "best", **options: Any) -> None:
    """Show the legend.

    Parameters
    ----------
    *labels
        The labels in the order of drawing, as in ``legend(['Va', 'Vb'], 'upper right')``. Without
        any, the `label` of each curve counts.
    loc : str or int
        Place of the legend, as in matplotlib.
    """
    lists = [each for each in labels if not isinstance(each, str)]
    if lists and isinstance(labels[-1], str):
        loc = labels[-1]
    given = options.pop("labels", None)
    _warn_of("legend", options)
    shown = given or (lists[-1] if lists else labels)
    drawing().legend([str(label) for label in shown], loc)


def hist(
    values: ArrayLike, bins: Any = 10, range: Range | None = None, **options: Any
) -> tuple[Any, FloatArray, None]:
    """Draw how many values lie in each bin, as an outline.

    Returns
    -------
    counts, edges : ndarray
    None
        In place of the bars.
    """
    try:
        counts, edges = np.histogram(np.asarray(values, dtype=float).ravel(), bins, range)
    except (TypeError, ValueError) as error:
        raise RangeError(
            f"A histogram cannot be drawn: {error}.",
            where="hist",
            mend="Give numbers, and a number of bins.",
        ) from None
    plot(np.repeat(edges, 2), np.pad(np.repeat(counts, 2), 1), **_line_options(options))
    return counts, edges, None


def bar(left: ArrayLike, height: ArrayLike, width: ArrayLike = 0.8, **options: Any) -> None:
    """Draw bars, as an outline; each is centred on its place in `left`."""
    left, height = (np.atleast_1d(np.asarray(values, dtype=float)) for values in (left, height))
    x = np.add.outer(left, np.array([-0.5, -0.5, 0.5, 0.5]) * width)
    y = np.multiply.outer(np.broadcast_to(height, left.shape), [0, 1, 1, 0])
    plot(x.ravel(), y.ravel(), **_line_options(options))


def scatter(x: ArrayLike, y: ArrayLike, **options: Any) -> None:
    """Draw points."""
    plot(x, y, "o", **_line_options(options))


def axhline(y: Any = 0, **options: Any) -> None:
    """Draw a horizontal line across the axes."""
    low, high = current_limits("x")
    plot([low, high], [y, y], **options)


def axvline(x: Any = 0, **options: Any) -> None:
    """Draw a vertical line across the axes."""
    low, high = current_limits("y")
    plot([x, x], [low, high], **options)


def _line_options(options: dict[str, Any]) -> dict[str, Any]:
    kept = ("color", "c", "alpha", "label", "linewidth", "lw")
    _warn_of("plot", {name: value for name, value in options.items() if name not in kept})
    return {
        name: value
        for name, value in options.items()
        if name in ("color", "c", "alpha", "label", "linewidth", "lw")
    }


def ion(*args: Any, **options: Any) -> None:
    """Do nothing: figures appear by themselves, and curves are added to the current figure."""


ioff = hold = grid = draw = ion


def clf(*args: Any) -> None:
    """Continue with an empty figure."""
    if not drawing().is_blank():
        drawing().figure()


close = clf


def show(*args: Any, **options: Any) -> None:
    """Show the figures now; in a notebook they also appear by themselves at the end of the cell.

    A function that a control calls (`ipywidgets.interact`) ends with it.
    """
    drawing().show()


def savefig(path: Any, **options: Any) -> None:
    """Write the current figure to a file; matplotlib must be installed.

    Parameters
    ----------
    path : str or path-like
        Its ending is the format: .png, .svg or .pdf.
    **options
        As matplotlib takes them.

    Raises
    ------
    NeurolabError
        There is no figure yet.
    """
    in_notebook = notebook()
    if in_notebook is None:
        paper().savefig(path, options)
        return
    if in_notebook.sheet is None:
        raise NeurolabError(
            "There is no figure to keep.", where="savefig", mend="Call it after plot."
        )
    paper().copy(in_notebook.sheet, path, options)
