"""The traces: state variables over time, one bqplot figure for each unit."""

import html
from dataclasses import dataclass

import bqplot
import ipywidgets as widgets
import numpy as np

from ..lab.parsing import format_number
from .curves import COLOURS
from .readout import Readout
from .timeaxis import LEFT, RIGHT, limits, ticks, ticks_between

DASHES = ("solid", "dashed", "dash_dotted", "dotted")
_SAMPLE_DASHES = {"solid": "", "dashed": "7 4", "dash_dotted": "7 3 2 3", "dotted": "2 3"}
QUIET = "#5b6875"
MARGIN = {"top": 10, "bottom": 42, "left": LEFT, "right": RIGHT}
# A threshold further up than this many times the peak would only squeeze the curves.
_THRESHOLD_IN_VIEW = 2.0
_MOST_READ = 4


@dataclass(frozen=True, eq=False)
class Curve:
    """One line of the picture.

    Attributes
    ----------
    label : str
    values : ndarray
        In the unit of the figure.
    style : int
        Which colour and dash: the variable's place in the model.
    neuron : int
        Further neurons of one variable are drawn thinner.
    """

    label: str
    values: np.ndarray
    style: int = 0
    neuron: int = 0

    @property
    def colour(self):
        return COLOURS[self.style % len(COLOURS)]

    @property
    def dash(self):
        return DASHES[self.style % len(DASHES)]

    @property
    def width(self):
        return max(1.0, 2.4 - 0.5 * self.neuron)

    @property
    def look(self):
        """All that a mark shows beside its values."""
        return self.label, self.style, self.neuron


class TracesFigure:
    """Curves of one unit over time, with legend, threshold, spikes and a readout under the pointer.

    Parameters
    ----------
    unit : str
    """

    def __init__(self, unit):
        self.unit = unit
        self._looks, self._lines = None, []
        self._y_limits = self._duration = None
        self._curves, self._times = [], np.empty(0)
        self._x = bqplot.LinearScale(min=0.0, max=1.0, allow_padding=False)
        self._y = bqplot.LinearScale(min=0.0, max=1.0, allow_padding=False)
        scales = {"x": self._x, "y": self._y}
        self._levels = bqplot.Lines(x=[0.0, 1.0], y=[0.0, 0.0], scales=scales, colors=[QUIET], stroke_width=1,
                                    line_style="dashed", visible=False)
        self._level_names = bqplot.Label(x=[0.0], y=[0.0], text=[""], scales=scales, colors=[QUIET], align="end",
                                         default_size=12, font_weight="normal", y_offset=-9, visible=False)
        self._spikes = bqplot.Scatter(x=[0.0], y=[0.0], scales=scales, marker="triangle-down", colors=["#1d2733"],
                                      default_size=70, visible=False)
        self._x_axis = bqplot.Axis(scale=self._x, label="time (ms)", label_offset="30px", grid_lines="none",
                                   tick_format="~g", color=QUIET)
        self._y_axis = bqplot.Axis(scale=self._y, label=unit, side="left", label_offset="44px",
                                   grid_lines="solid", grid_color="#edf0f3", tick_format="~g", color=QUIET)
        self._figure = bqplot.Figure(
            axes=[self._x_axis, self._y_axis], fig_margin=MARGIN, padding_x=0, padding_y=0, animation_duration=0,
            min_aspect_ratio=0.01, max_aspect_ratio=100, display_toolbar=False,
            background_style={"fill": "transparent"}, layout={"width": "100%", "height": "", "margin": "0"})
        self._figure.add_class("nl-figure")
        self._legend = widgets.HTML()
        self._legend.add_class("nl-legend")
        self._readout = Readout(self._values_at)
        head = widgets.HBox([self._legend, self._readout])
        head.add_class("nl-traces-head")
        self.widget = widgets.VBox([head, self._figure])
        self.widget.add_class("nl-traces-figure")

    def draw(self, times, curves, *, duration, threshold=(), spikes=(), stale=False):
        """Show these curves.

        Parameters
        ----------
        times : ndarray
            In ms.
        curves : list of Curve
        duration : float
            Right end of the time axis, in ms.
        threshold : list of (label, value)
        spikes : list of (time, value, label)
            Output spikes, marked at this height.
        stale : bool
            Whether a control holds something newer that could not be run.
        """
        self._curves, self._times = curves, times
        self._set_limits(duration, curves, threshold)
        looks = [curve.look for curve in curves]
        if looks != self._looks:
            self._make_lines(curves)
            self._looks = looks
        for line, curve in zip(self._lines, curves):
            with line.hold_sync():
                line.x, line.y = times, curve.values
        self._draw_threshold(duration, threshold)
        self._draw_spikes(spikes)
        self._draw_legend(curves, spikes, stale)
        self._readout.refresh()

    def _make_lines(self, curves):
        for line in self._lines:
            line.close()
        scales = {"x": self._x, "y": self._y}
        self._lines = [bqplot.Lines(x=[0.0, 1.0], y=[0.0, 0.0], scales=scales, colors=[curve.colour], line_style=curve.dash,
                                    stroke_width=curve.width, labels=[curve.label]) for curve in curves]
        self._figure.marks = [self._levels, *self._lines, self._spikes, self._level_names]

    def _set_limits(self, duration, curves, threshold):
        low = min(float(curve.values.min()) for curve in curves)
        high = max(float(curve.values.max()) for curve in curves)
        peak = max(high, -low, 1e-12)
        for _, value in threshold:
            if abs(value) <= _THRESHOLD_IN_VIEW * peak:
                low, high = min(low, value), max(high, value)
        found = limits(low, high, self._y_limits)
        if found != self._y_limits:
            self._y_limits = found
            with self._y.hold_sync():
                self._y.min, self._y.max = found
            self._y_axis.tick_values = ticks_between(*found)
        if duration != self._duration:
            self._duration = self._readout.duration = duration
            self._x.max = duration
            self._x_axis.tick_values = ticks(duration)

    def _draw_threshold(self, duration, threshold):
        shown = [(label, value) for label, value in threshold if self._y_limits[0] <= value <= self._y_limits[1]]
        for mark in (self._levels, self._level_names):
            if mark.visible != bool(shown):
                mark.visible = bool(shown)
        if shown:
            with self._levels.hold_sync(), self._level_names.hold_sync():
                self._levels.x, self._levels.y = [0.0, duration], [[value, value] for _, value in shown]
                self._level_names.x, self._level_names.y = [duration] * len(shown), [value for _, value in shown]
                self._level_names.text = [f"{label} threshold" for label, _ in shown]

    def _draw_spikes(self, spikes):
        if self._spikes.visible != bool(spikes):
            self._spikes.visible = bool(spikes)
        if spikes:
            with self._spikes.hold_sync():
                self._spikes.x, self._spikes.y = [time for time, _, _ in spikes], [value for _, value, _ in spikes]

    def _draw_legend(self, curves, spikes, stale):
        parts = [f'<span class="nl-key">{_sample(curve)}{html.escape(curve.label)}</span>' for curve in curves]
        if spikes:
            parts.append('<span class="nl-key"><b aria-hidden="true">▼</b> output spike</span>')
        if stale:
            parts.append('<span class="nl-stale" role="status">last good run</span>')
        text = "".join(parts)
        if self._legend.value != text:
            self._legend.value = text
            for line in self._lines:
                line.opacities = [0.45 if stale else 1.0]

    def _values_at(self, time):
        """The recorded moment nearest to `time`, and the curves' values then, each with its colour."""
        index = int(np.abs(self._times - time).argmin())
        values = [(f"{curve.label} {curve.values[index]:.2f} {self.unit}", curve.colour)
                  for curve in self._curves[:_MOST_READ]]
        return [(f"t {format_number(round(float(self._times[index]), 6))} ms", "inherit"), *values]


def _sample(curve):
    return (f'<svg width="30" height="10" aria-hidden="true"><line x1="1" y1="5" x2="29" y2="5" stroke="{curve.colour}" '
            f'stroke-width="{curve.width}" stroke-dasharray="{_SAMPLE_DASHES[curve.dash]}"/></svg>')
