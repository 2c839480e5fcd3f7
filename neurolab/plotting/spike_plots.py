"""Plots of spikes: rasters, and histograms of intervals."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..brian.checked_calls import checked_call
from ..brian.magic import objects_of_caller
from ..brian.rate_monitors import ISIHistogramMonitor, PopulationRateMonitor
from ..brian.spike_monitors import PopulationSpikeCounter, SpikeCounter, SpikeMonitor
from ..errors import ArgumentError, NeurolabError
from ..units import si_value
from .drawing import Drawing, drawing
from .facade import bar, plot

_COUNTERS = (SpikeCounter, PopulationSpikeCounter, PopulationRateMonitor)
_FEW_SPIKES = 300


def raster_plot(
    *monitors: SpikeMonitor,
    title: str | None = None,
    xlabel: str | None = "Time (ms)",
    ylabel: str | None = "Neuron number",
    newfigure: bool = False,
    showgrouplines: bool = False,
    grouplinecol: str = "#b4bcc4",
    showplot: bool = False,
    spacebetweengroups: float = 0.0,
    **options: Any,
) -> None:
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
                f"Brian 1's option '{name}' is not available here.",
                where="raster_plot",
                mend="A plot is not updated: draw it again after each run(…).",
            )
    drawn = monitors or tuple(_spike_monitors_of_caller())
    for monitor in drawn:
        if not isinstance(monitor, SpikeMonitor):
            raise ArgumentError(
                f"An object of type {type(monitor).__name__} is given.",
                where="raster_plot",
                mend="Give SpikeMonitors.",
            )
    backend = drawing()
    if newfigure and not backend.is_blank():
        backend.figure()
    _draw_spikes(
        backend, drawn, grouplinecol if showgrouplines else None, spacebetweengroups, options
    )
    for which, text in (("x", xlabel), ("y", ylabel), ("title", title)):
        if text is not None:
            backend.label(which, str(text))
    if showplot:
        backend.show()


def _draw_spikes(
    backend: Drawing,
    monitors: Sequence[SpikeMonitor],
    line_colour: str | None,
    space: float,
    options: dict[str, Any],
) -> None:
    few = sum(monitor.nspikes for monitor in monitors) <= _FEW_SPIKES
    dots = {"markersize": 10, **options} if few else options
    first = 0.0
    borders: list[float] = []
    last_time = 0.0
    for monitor in monitors:
        neurons, times = monitor.arrays()
        plot(times * 1e3, neurons + first, ".", **dots)
        first += len(monitor.source) * (1 + space)
        borders.append(first - 0.5)
        last_time = max(last_time, times.max(initial=0.0) * 1e3)
    for border in borders[:-1] if line_colour else ():
        plot([0, last_time], [border, border], color=line_colour, linewidth=1)
    backend.limits("y", -0.5, borders[-1])
    backend.whole_numbers()


def _spike_monitors_of_caller() -> Sequence[SpikeMonitor]:
    monitors = [
        monitor
        for monitor in objects_of_caller((SpikeMonitor,))
        if not isinstance(monitor, _COUNTERS)
    ]
    if not monitors:
        raise NeurolabError(
            "The program has no SpikeMonitor to draw.",
            where="raster_plot",
            mend="Make one before the run: M = SpikeMonitor(G).",
        )
    return monitors


def raster_plot_spiketimes(spiketimes: Sequence[tuple[Any, Any]], **options: Any) -> None:
    """Draw a list of (neuron, time) as dots: the number of the neuron over time in ms."""
    neurons, times = zip(*spiketimes) if len(spiketimes) else ((), ())
    plot(
        [float(si_value(time)) * 1e3 for time in times],
        [float(neuron) for neuron in neurons],
        ".",
        **options,
    )
    drawing().label("x", "Time (ms)")
    drawing().label("y", "Neuron number")


@checked_call
def hist_plot(
    histmon: ISIHistogramMonitor,
    *,
    title: str = "",
    xlabel: str = "Time (ms)",
    ylabel: str = "Count",
    showplot: bool = False,
    newfigure: bool = True,
    **options: Any,
) -> None:
    """Draw the counts of an `ISIHistogramMonitor` as bars.

    Intervals beyond the last edge are left out.

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
            f"An object of type {type(histmon).__name__} is given.",
            where="hist_plot",
            mend="Give an ISIHistogramMonitor.",
        )
    backend = drawing()
    if newfigure and not backend.is_blank():
        backend.figure()
    edges = np.asarray(histmon.bins) * 1e3
    bar((edges[1:] + edges[:-1]) / 2, histmon.count[:-1], np.diff(edges), **options)
    for which, text in (("x", xlabel), ("y", ylabel), ("title", title)):
        backend.label(which, str(text))
    if showplot:
        backend.show()
