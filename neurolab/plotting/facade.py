"""Plotting for programs: in a notebook with bqplot, in a plain script with matplotlib.

Neither is loaded before the first call. Quantities are drawn by their SI values; ``M.times / ms``
is a plain array and is drawn as it is.
"""

import sys
import warnings

import numpy as np

from ..brian.checked_calls import checked_call
from ..brian.magic import objects_of_caller
from ..brian.spike_monitors import (
    ISIHistogramMonitor,
    PopulationRateMonitor,
    PopulationSpikeCounter,
    SpikeCounter,
    SpikeMonitor,
)
from ..errors import ArgumentError, NeurolabError, NeurolabWarning, NotAvailableError, RangeError
from ..units import Quantity, si_value, whole_index

_COUNTERS = (SpikeCounter, PopulationSpikeCounter, PopulationRateMonitor)
_FEW_SPIKES = 300
_drawings = {}


def plot(*args, **options):
    """Draw curves: ``plot(y)``, ``plot(x, y)``, ``plot(x, y, 'r--')``, or several of these in a row.

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

    found = curves(args, options)
    drawing = _drawing()
    for x, y, style in found:
        drawing.plot(x, y, style)


def raster_plot(
    *monitors,
    title=None,
    xlabel="Time (ms)",
    ylabel="Neuron number",
    newfigure=False,
    showgrouplines=False,
    grouplinecol="#b4bcc4",
    showplot=False,
    spacebetweengroups=0.0,
    **options,
):
    """Draw spikes as dots: the number of the neuron over the time in ms.

    Parameters
    ----------
    *monitors : SpikeMonitor
        Several are stacked, the first at the bottom; without any, all of the program's.
    title, xlabel, ylabel : str, optional
    newfigure : bool
        True draws in a figure of its own, False where the last drawing was, so that ``subplot`` can
        say where.
    showgrouplines : bool
        Whether lines separate the groups of several monitors.
    grouplinecol : str
        Their colour.
    showplot : bool
        Whether to show the figure now.
    spacebetweengroups : float
        Share of a group's height that is left empty above it, from 0 to 1.
    **options
        As for `plot`.
    """
    for name in ("refresh", "showlast", "redraw"):
        if options.pop(name, None) is not None:
            raise ArgumentError(
                f"Brian 1's option '{name}' is not available here",
                where="raster_plot",
                mend="A plot stands still: draw it again after each run(…).",
            )
    monitors = monitors or _spike_monitors_of_caller()
    for monitor in monitors:
        if not isinstance(monitor, SpikeMonitor):
            raise ArgumentError(
                f"a {type(monitor).__name__} was given",
                where="raster_plot",
                expected="SpikeMonitors",
            )
    drawing = _drawing()
    if newfigure and not drawing.is_blank():
        drawing.figure()
    _draw_spikes(
        drawing, monitors, grouplinecol if showgrouplines else None, spacebetweengroups, options
    )
    for which, text in (("x", xlabel), ("y", ylabel), ("title", title)):
        if text is not None:
            drawing.label(which, str(text))
    if showplot:
        drawing.show()


def _draw_spikes(drawing, monitors, line_colour, space, options):
    few = sum(monitor.nspikes for monitor in monitors) <= _FEW_SPIKES
    dots = {"markersize": 10, **options} if few else options
    first, borders, last_time = 0, [], 0.0
    for monitor in monitors:
        neurons, times = monitor.arrays()
        plot(times * 1e3, neurons + first, ".", **dots)
        first += len(monitor.source) * (1 + space)
        borders.append(first - 0.5)
        last_time = max(last_time, times.max(initial=0.0) * 1e3)
    for border in borders[:-1] if line_colour else ():
        plot([0, last_time], [border, border], color=line_colour, linewidth=1)
    drawing.limits("y", -0.5, borders[-1])
    drawing.whole_numbers()


def _spike_monitors_of_caller():
    found = [
        monitor
        for monitor in objects_of_caller((SpikeMonitor,))
        if not isinstance(monitor, _COUNTERS)
    ]
    if not found:
        raise NeurolabError(
            "the program has no SpikeMonitor to draw",
            where="raster_plot",
            mend="Make one before the run: M = SpikeMonitor(G).",
        )
    return found


def _warn_of(where, options):
    """Say that options of matplotlib change nothing here, as fonts do."""
    for name in options:
        warnings.warn(
            f"{where}: the option '{name}' changes nothing here.", NeurolabWarning, stacklevel=3
        )


def figure(number=None, figsize=None, **options):
    """Begin a new figure, or go back to the open figure with this number; `figsize` is (width, height) in inches."""
    _warn_of("figure", options)
    _drawing().figure(number, figsize)


def subplot(*place, **options):
    """Go to a part of the figure: ``subplot(rows, columns, index)`` or ``subplot(223)``; the index counts from 1."""
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
            f"subplot{place if len(place) != 1 else f'({place[0]})'} is not a place in a grid",
            where="subplot",
            expected="rows, columns and an index from 1 to rows × columns, such as subplot(2, 1, "
            "1)",
        )
    _drawing().subplot(*(int(number) for number in wanted))


def xlabel(text, **options):
    """Name the horizontal axis."""
    _warn_of("xlabel", options)
    _drawing().label("x", str(text))


def ylabel(text, **options):
    """Name the vertical axis."""
    _warn_of("ylabel", options)
    _drawing().label("y", str(text))


def title(text, **options):
    """Write a title above the axes."""
    _warn_of("title", options)
    _drawing().label("title", str(text))


def legend(*labels, loc="best", **options):
    """Show the legend: of the curves' `label`, or ``legend(['Va', 'Vb'], 'upper right')`` in the order of drawing."""
    lists = [each for each in labels if not isinstance(each, str)]
    if lists and isinstance(labels[-1], str):
        loc = labels[-1]
    given = options.pop("labels", None)
    _warn_of("legend", options)
    found = given or (lists[-1] if lists else labels)
    _drawing().legend([str(label) for label in found], loc)


def xlim(low=None, high=None, **ends):
    """Set the ends of the horizontal axis, ``xlim(0, 10)``; without arguments, tell them."""
    return _limits("x", low, high, ends, ("xmin", "left"), ("xmax", "right"))


def ylim(low=None, high=None, **ends):
    """Set the ends of the vertical axis, ``ylim(0, 10)``; without arguments, tell them."""
    return _limits("y", low, high, ends, ("ymin", "bottom"), ("ymax", "top"))


def _limits(which, low, high, ends, low_names, high_names):
    if high is None and np.ndim(low) == 1 and len(low) == 2:
        low, high = low
    for name, value in ends.items():
        if name in low_names:
            low = value
        elif name in high_names:
            high = value
        else:
            raise ArgumentError(
                f"'{name}' is not known",
                where=f"{which}lim",
                expected=f"{low_names[0]} or {high_names[0]}",
            )
    numbers = [None if end is None else float(end) for end in (low, high)]
    if (
        any(end is not None and not np.isfinite(end) for end in numbers)
        or low is not None
        and numbers[0] == numbers[1]
    ):
        raise RangeError(
            f"{low} and {high} are not the ends of an axis",
            where=f"{which}lim",
            expected="two different numbers",
        )
    found = _drawing().limits(which, *numbers)
    return (
        found if numbers == [None, None] else None
    )  # or the ends would stand below a cell that sets them


def axis(ends=None, **options):
    """Set the ends of both axes, ``axis([xmin, xmax, ymin, ymax])``; words such as ``'tight'`` change nothing."""
    if ends is not None and not isinstance(ends, str):
        if np.shape(ends) != (4,):
            raise RangeError(
                f"{ends} are not the ends of two axes",
                where="axis",
                expected="[xmin, xmax, ymin, ymax]",
            )
        xlim(ends[0], ends[1])
        ylim(ends[2], ends[3])


def hist(values, bins=10, range=None, **options):
    """Draw how many values lie in each of some bins, as an outline.

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
            f"there is no histogram of this: {error}",
            where="hist",
            expected="numbers, and a number of bins",
        ) from None
    plot(np.repeat(edges, 2), np.pad(np.repeat(counts, 2), 1), **_line_options(options))
    return counts, edges, None


def bar(left, height, width=0.8, **options):
    """Draw bars, as an outline; each stands over its place in `left`."""
    left, height = (np.atleast_1d(np.asarray(values, dtype=float)) for values in (left, height))
    x = np.add.outer(left, np.array([-0.5, -0.5, 0.5, 0.5]) * width)
    y = np.multiply.outer(np.broadcast_to(height, left.shape), [0, 1, 1, 0])
    plot(x.ravel(), y.ravel(), **_line_options(options))


def scatter(x, y, **options):
    """Draw points."""
    plot(x, y, "o", **_line_options(options))


def axhline(y=0, **options):
    """Draw a horizontal line across the axes."""
    low, high = xlim()
    plot([low, high], [y, y], **options)


def axvline(x=0, **options):
    """Draw a vertical line across the axes."""
    low, high = ylim()
    plot([x, x], [low, high], **options)


def _line_options(options):
    kept = ("color", "c", "alpha", "label", "linewidth", "lw")
    _warn_of("plot", {name: value for name, value in options.items() if name not in kept})
    return {
        name: value
        for name, value in options.items()
        if name in ("color", "c", "alpha", "label", "linewidth", "lw")
    }


def raster_plot_spiketimes(spiketimes, **options):
    """Draw a list of (neuron, time) as dots: the number of the neuron over the time in ms."""
    neurons, times = zip(*spiketimes) if len(spiketimes) else ((), ())
    plot(
        [float(si_value(time)) * 1e3 for time in times],
        [float(neuron) for neuron in neurons],
        ".",
        **options,
    )
    xlabel("Time (ms)")
    ylabel("Neuron number")


@checked_call
def hist_plot(
    histmon,
    *,
    title="",
    xlabel="Time (ms)",
    ylabel="Count",
    showplot=False,
    newfigure=True,
    **options,
):
    """Draw the counts of an `ISIHistogramMonitor` as bars; intervals beyond the last edge are left out.

    Parameters
    ----------
    histmon : ISIHistogramMonitor
    title, xlabel, ylabel : str
    newfigure : bool
        False draws where the last drawing was.
    showplot : bool
        Whether to show the figure now.
    **options
        As for `bar`.
    """
    if not isinstance(histmon, ISIHistogramMonitor):
        raise ArgumentError(
            f"a {type(histmon).__name__} was given",
            where="hist_plot",
            expected="an ISIHistogramMonitor",
        )
    drawing = _drawing()
    if newfigure and not drawing.is_blank():
        drawing.figure()
    edges = np.asarray(histmon.bins) * 1e3
    bar((edges[1:] + edges[:-1]) / 2, histmon.count[:-1], np.diff(edges), **options)
    for which, text in (("x", xlabel), ("y", ylabel), ("title", title)):
        drawing.label(which, str(text))
    if showplot:
        drawing.show()


def _of_matplotlib(name):
    """A function of matplotlib that has no form of our own: scripts draw with it, notebooks are told how to."""

    def draw(*values, **options):
        drawing = _drawing()
        if hasattr(drawing, "sheet"):
            raise NotAvailableError(
                f"the figures of a notebook have no {name}",
                where=name,
                mend="Draw this one with matplotlib: import matplotlib.pyplot as plt; "
                f"plt.{name}(…).",
            )
        return drawing.call(
            name,
            [_bare(value) for value in values],
            {key: _bare(value) for key, value in options.items()},
        )

    draw.__name__ = draw.__qualname__ = name
    draw.__doc__ = f"matplotlib's {name}, in a script; quantities are drawn by their SI values."
    return draw


def _bare(value):
    return np.asarray(value) if isinstance(value, Quantity) else value


MATPLOTLIB = (
    "imshow xticks yticks colorbar text errorbar semilogx semilogy loglog specgram psd cla gca "
    "gcf setp axes contour "
    "contourf pcolor pcolormesh matshow fill fill_between boxplot step stem quiver annotate "
    "suptitle figtext vlines "
    "hlines axvspan axhspan subplots_adjust tight_layout twinx twiny xscale yscale clim pie polar "
    "barh acorr xcorr "
    "arrow rc hot gray jet hsv pause spy delaxes minorticks_on"
).split()
"""Functions that a script takes from matplotlib."""
globals().update({_name: _of_matplotlib(_name) for _name in MATPLOTLIB})


def ion(*args, **options):
    """There is nothing to do: figures appear by themselves, and curves are added to what is drawn."""


ioff = hold = grid = draw = ion


def clf(*args):
    """Go on with an empty figure."""
    if not _drawing().is_blank():
        _drawing().figure()


close = clf


def show(*args, **options):
    """Show the figures now; in a notebook they also appear by themselves at the end of the cell.

    A function that a control calls (`ipywidgets.interact`) ends with it.
    """
    _drawing().show()


def savefig(path, **options):
    """Keep the current figure in a file; the ending of its name says the format: .png, .svg or .pdf (needs matplotlib)."""
    drawing = _drawing()
    if not hasattr(drawing, "sheet"):
        drawing.savefig(path, options)
        return
    if drawing.sheet is None:
        raise NeurolabError(
            "there is no figure to keep", where="savefig", mend="Call it after plot."
        )
    _paper().copy(drawing.sheet, path, options)


def _drawing():
    """What draws here: a notebook's figures or a script's."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if hasattr(ipython, "get_ipython") else None
    if not hasattr(shell, "kernel"):
        return _paper()
    if "notebook" not in _drawings:
        from .bqplot_figures import Notebook

        _drawings["notebook"] = Notebook(shell)
    return _drawings["notebook"]


def _paper():
    if "paper" not in _drawings:
        from .matplotlib_figures import Paper

        _drawings["paper"] = Paper()
    return _drawings["paper"]
