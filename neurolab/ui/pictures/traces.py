"""The traces: state variables over time, one bqplot figure for each unit."""

import html
from dataclasses import dataclass

import bqplot
import ipywidgets as widgets
import numpy as np

from ...palette import COLOURS as PALETTE
from ..controls.set_traits import update
from .jump import JumpMarks
from .overlays import OverlayMarks
from .readout import Readout
from .timeaxis import LEFT, RIGHT, limits, ticks, ticks_between

# Variables of the page's style, so that a dark scheme only needs other values.
COLOURS = tuple(f"var(--nl-curve-{place}, {colour})" for place, colour in enumerate(PALETTE))
DASHES = ("solid", "dashed", "dash_dotted", "dotted")
_SAMPLE_DASHES = {"solid": "", "dashed": "7 4", "dash_dotted": "7 3 2 3", "dotted": "2 3"}
INK, GRID = "var(--nl-ink, #1d2733)", "var(--nl-grid, #edf0f3)"
QUIET = "var(--nl-quiet, #5b6875)"
MARGIN = {"top": 10, "bottom": 42, "left": LEFT, "right": RIGHT}
# A threshold further up than this many times the peak would only squeeze the curves.
_THRESHOLD_IN_VIEW = 2.0
# One that is in view stays a little longer, so that it does not come and go while a slider is moved.
_THRESHOLD_STAYS = 2.5
_DIMMED = 0.4
_NO_LABEL = 18  # pixels that an axis without its label takes less


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
        Further neurons of one variable are drawn thinner and paler.
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
    def opacity(self):
        return max(0.5, 1.0 - 0.15 * self.neuron)

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
        self._in_view, self._roomy = set(), False
        self._x = bqplot.LinearScale(min=0.0, max=1.0, allow_padding=False)
        self._y = bqplot.LinearScale(min=0.0, max=1.0, allow_padding=False)
        scales = {"x": self._x, "y": self._y}
        self._jump = JumpMarks(scales)
        self._overlays, self._layer = OverlayMarks(scales), None
        self._levels = bqplot.Lines(
            x=[0.0, 1.0],
            y=[0.0, 0.0],
            scales=scales,
            colors=[QUIET],
            stroke_width=1,
            line_style="dashed",
            visible=False,
        )
        self._level_names = bqplot.Label(
            x=[0.0],
            y=[0.0],
            text=[""],
            scales=scales,
            colors=[QUIET],
            align="end",
            default_size=12,
            font_weight="normal",
            y_offset=-9,
            visible=False,
        )
        self._spikes = bqplot.Scatter(
            x=[0.0],
            y=[0.0],
            scales=scales,
            marker="triangle-down",
            colors=[INK],
            default_size=70,
            visible=False,
        )
        self._x_axis = bqplot.Axis(
            scale=self._x,
            label="time (ms)",
            label_offset="30px",
            grid_lines="none",
            tick_format="~g",
            color=QUIET,
        )
        self._y_axis = bqplot.Axis(
            scale=self._y,
            label=unit,
            side="left",
            label_offset="44px",
            grid_lines="solid",
            grid_color=GRID,
            tick_format="~g",
            color=QUIET,
        )
        self._figure = bqplot.Figure(
            axes=[self._x_axis, self._y_axis],
            fig_margin=MARGIN,
            padding_x=0,
            padding_y=0,
            animation_duration=0,
            min_aspect_ratio=0.01,
            max_aspect_ratio=100,
            display_toolbar=False,
            background_style={"fill": "transparent"},
            layout={"width": "100%", "height": "", "margin": "0"},
        )
        self._figure.add_class("nl-figure")
        self._legend = widgets.HTML()
        self._legend.add_class("nl-legend")
        self._readout = Readout(unit=unit)
        self._readout.add_class("nl-readout")
        self._head = widgets.HBox([self._legend, self._readout])
        self._head.add_class("nl-traces-head")
        self.widget = widgets.VBox([self._head, self._figure])
        self.widget.add_class("nl-traces-figure")

    def fit_anew(self):
        """Have the next curves shown as if none had been before: what was reset or undone looks as it did."""
        self._y_limits = None

    def draw(
        self,
        times,
        curves,
        *,
        duration,
        threshold=(),
        spikes=(),
        stale=False,
        time_label=True,
        room=(),
    ):
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
        time_label : bool
            Whether the time axis is named; once is enough where figures stand above each other.
        room : (float, float)
            Values that must be in view whatever the curves do.
        """
        self._limited, self._told = (duration, curves, threshold, room), (curves, spikes, stale)
        self._label_time(time_label)
        self._set_limits(*self._limited)
        looks = [curve.look for curve in curves]
        if looks != self._looks:
            self._make_lines(curves)
            self._looks = looks
        for line, curve in zip(self._lines, curves):
            update(line, x=times, y=curve.values)
        self._draw_threshold(duration, threshold)
        self._draw_spikes(spikes)
        self._draw_legend(curves, spikes, stale)

    def draw_overlays(self, overlays):
        """Show these beside the curves, a list of `Drawn`; after `draw`, so that the curves need not wait for them."""
        if not (overlays or self._overlays.drawn):
            return
        if self._overlays.draw(overlays):
            self._put_marks()
        self._set_limits(*self._limited)
        self._draw_legend(*self._told)

    def hold(self, layer):
        """Lay something over the figure on which can be drawn, or take it away (None)."""
        if layer is not self._layer:
            self._layer = layer
            self.widget.children = [self._head, self._figure, *([layer] if layer else [])]

    def _make_lines(self, curves):
        for line in self._lines:
            line.close()
        scales = {"x": self._x, "y": self._y}
        self._lines = [
            bqplot.Lines(
                x=[0.0, 1.0],
                y=[0.0, 0.0],
                scales=scales,
                colors=[curve.colour],
                line_style=curve.dash,
                stroke_width=curve.width,
                opacities=[curve.opacity],
                labels=[curve.label],
            )
            for curve in curves
        ]
        self._put_marks()
        self._readout.follow(
            self._lines, [curve.label for curve in curves], [curve.colour for curve in curves]
        )

    def _put_marks(self):
        self._figure.marks = [
            *self._overlays.behind,
            self._levels,
            *self._lines,
            *self._overlays.before,
            self._spikes,
            self._level_names,
            *self._jump.marks,
        ]

    def light(self, jump):
        """Point at a jump (time, before, after) of one of the curves, in ms and the figure's unit; None for no jump."""
        if self._jump.draw(jump, self._duration):
            self._put_marks()

    def _label_time(self, wanted):
        label = "time (ms)" if wanted else ""
        if self._x_axis.label != label:
            self._x_axis.label = label
            self._figure.fig_margin = {
                **MARGIN,
                "bottom": MARGIN["bottom"] - (0 if wanted else _NO_LABEL),
            }

    def _set_limits(self, duration, curves, threshold, room):
        low, high = _range([*curves, *self._overlays.drawn])
        low, high = min((low, *room)), max((high, *room))
        if bool(room) != self._roomy:  # limits that stay would tell what is hidden
            self._roomy, self._y_limits = bool(room), None
        peak = max(high, -low, 1e-12)
        in_view = set()
        for label, value in threshold:
            if abs(value) <= peak * (
                _THRESHOLD_STAYS if label in self._in_view else _THRESHOLD_IN_VIEW
            ):
                in_view.add(label)
                low, high = min(low, value), max(high, value)
        self._in_view = in_view
        found = limits(low, high, self._y_limits)
        if found != self._y_limits:
            self._y_limits = found
            update(self._y, min=found[0], max=found[1])
            self._y_axis.tick_values = ticks_between(*found)
            self._readout.fit(*found)
        if self._layer:
            self._layer.fit(*self._y_limits, self._figure.fig_margin["bottom"])
        if duration != self._duration:
            self._duration = duration
            self._x.max = self._readout.duration = duration
            self._x_axis.tick_values = ticks(duration)

    def _draw_threshold(self, duration, threshold):
        shown = [
            (label, value)
            for label, value in threshold
            if self._y_limits[0] <= value <= self._y_limits[1]
        ]
        for mark in (self._levels, self._level_names):
            update(mark, visible=bool(shown))
        if shown:
            # bqplot keeps a single line without its outer dimension.
            update(
                self._levels,
                x=[0.0, duration],
                y=np.squeeze([[value, value] for _, value in shown]),
            )
            update(
                self._level_names,
                x=[duration] * len(shown),
                y=[value for _, value in shown],
                text=[f"{label} threshold" for label, _ in shown],
            )

    def _draw_spikes(self, spikes):
        if spikes:
            update(
                self._spikes,
                visible=True,
                x=[time for time, _, _ in spikes],
                y=[value for _, value, _ in spikes],
            )
        else:
            update(self._spikes, visible=False)

    def _draw_legend(self, curves, spikes, stale):
        parts = [
            f'<span class="nl-key">{sample(curve)}{html.escape(curve.label)}</span>'
            for curve in curves
        ]
        parts.append(self._overlays.keys)
        if spikes:
            parts.append('<span class="nl-key"><b aria-hidden="true">▼</b> output spike</span>')
        if stale:
            parts.append('<span class="nl-stale" role="status">last good run</span>')
        text = "".join(parts)
        update(self._legend, value=text)
        for line, curve in zip(self._lines, curves):
            update(line, opacities=[curve.opacity * (_DIMMED if stale else 1.0)])


def _range(curves):
    """Lowest and highest value, 0 among them."""
    values = [curve.values[np.isfinite(curve.values)] for curve in curves]
    return (
        min((float(part.min()) for part in values if part.size), default=0.0),
        max((float(part.max()) for part in values if part.size), default=0.0),
    )


def sample(curve):
    return (
        f'<svg width="30" height="10" aria-hidden="true"><line x1="1" y1="5" x2="29" y2="5" style="stroke: {curve.colour}" '
        f'stroke-width="{curve.width}" opacity="{curve.opacity}" '
        f'stroke-dasharray="{_SAMPLE_DASHES[curve.dash]}"/></svg>'
    )
