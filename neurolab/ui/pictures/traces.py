"""The traces: state variables over time, one bqplot figure for each unit."""

import html
from collections.abc import Sequence

import bqplot
import numpy as np

from ...grid import Ms
from ..controls import plain_widgets as widgets
from ..controls.set_traits import update
from .curve import Curve
from .drawing_layer import DrawingLayer
from .event_lights import Jump
from .jump import JumpMarks
from .overlays import Drawn, OverlayMarks
from .plot_axes import QUIET, PlotAxes
from .plot_contents import SpikeMark
from .readout import Readout
from .timeaxis import LEFT, RIGHT

INK = "var(--nl-ink, #1d2733)"
MARGIN = {"top": 10, "bottom": 42, "left": LEFT, "right": RIGHT}
_NO_LABEL = 18
"""Pixels that a time axis without its label saves."""
_DIMMED = 0.4


class TracesFigure:
    """Curves of one unit over time, with legend, threshold, spikes and a readout under the pointer.

    Parameters
    ----------
    unit : str

    Attributes
    ----------
    widget : ipywidgets.VBox
    """

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self._axes = PlotAxes(unit)
        scales = self._axes.scales
        self._curves: Sequence[Curve] = []
        self._lines: list[bqplot.Lines] = []
        self._looks: list[tuple[str, int, int]] | None = None
        self._thresholds: Sequence[tuple[str, float]] = ()
        self._peaks: Sequence[SpikeMark] = ()
        self._missed: Sequence[SpikeMark] = ()
        self._room: Sequence[float] = ()
        self._stale = False
        self._is_steady = False
        self._jump = JumpMarks(scales)
        self._overlays = OverlayMarks(scales)
        self._layer: DrawingLayer | None = None
        self._levels, self._level_names = _level_marks(scales)
        self._peak_marks: list[bqplot.Scatter] = []
        self._figure = _figure(self._axes.axes)
        self._legend = widgets.HTML()
        self._legend.add_class("nl-legend")
        self._readout = Readout(unit=unit)
        self._readout.add_class("nl-readout")
        self._head = widgets.HBox([self._legend, self._readout])
        self._head.add_class("nl-traces-head")
        self.widget = widgets.VBox([self._head, self._figure])
        self.widget.add_class("nl-traces-figure")

    def fit_anew(self) -> None:
        """Choose the next limits as if there were none before, after undo or reset."""
        self._axes.forget()

    def draw(
        self,
        curves: Sequence[Curve],
        *,
        duration: Ms,
        threshold: Sequence[tuple[str, float]] = (),
        peaks: Sequence[SpikeMark] = (),
        missed: Sequence[SpikeMark] = (),
        stale: bool = False,
        time_label: bool = True,
        room: Sequence[float] = (),
        is_steady: bool = False,
    ) -> None:
        """Show these curves.

        Parameters
        ----------
        curves : sequence of Curve
        duration : float
            Right end of the time axis, in ms.
        threshold : sequence of (label, value)
        peaks : sequence of (time, value)
            Peaks that made a neuron fire, in ms and in the unit of the figure.
        missed : sequence of (time, value)
            Peaks above a threshold at which no neuron fires.
        stale : bool
            Whether a control holds a newer value that could not be simulated.
        time_label : bool
            Whether the time axis has a label; one is enough for figures one above the other.
        room : (float, float)
            Values that must be in view in any case.
        is_steady : bool
            Whether the value axis must not move, because a person is moving a control.
        """
        self._curves = curves
        self._thresholds = threshold
        self._peaks = peaks
        self._missed = missed
        self._room = room
        self._stale = stale
        self._is_steady = is_steady
        if self._axes.name_time(time_label):
            below = MARGIN["bottom"] - (0 if time_label else _NO_LABEL)
            self._figure.fig_margin = {**MARGIN, "bottom": below}
        self._fit(duration)
        looks = [curve.look for curve in curves]
        if looks != self._looks:
            self._make_lines(curves)
            self._looks = looks
        for line, curve in zip(self._lines, curves):
            update(line, x=curve.times, y=curve.values)
        self._draw_threshold()
        self._draw_peaks()
        self._draw_legend()

    def draw_overlays(self, overlays: Sequence[Drawn]) -> None:
        """Show these beside the curves; call it after `draw`, so that the curves are sent first."""
        if not (overlays or self._overlays.drawn):
            return
        if self._overlays.draw(overlays):
            self._put_marks()
        self._fit(self._axes.duration)
        self._draw_legend()

    def hold(self, layer: DrawingLayer | None) -> None:
        """Put a layer on which a person draws over the figure, or remove it (None)."""
        if layer is not self._layer:
            self._layer = layer
            self.widget.children = [self._head, self._figure, *([layer] if layer else [])]

    def light(self, jump: Jump | None) -> None:
        """Mark a jump of one of the curves; None for no jump."""
        if self._jump.draw(jump, self._axes.duration):
            self._put_marks()

    def _make_lines(self, curves: Sequence[Curve]) -> None:
        for line in self._lines:
            line.close()
        self._lines = [
            bqplot.Lines(
                x=[0.0, 1.0],
                y=[0.0, 0.0],
                scales=self._axes.scales,
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

    def _put_marks(self) -> None:
        self._figure.marks = [
            *self._overlays.behind,
            self._levels,
            *self._lines,
            *self._overlays.before,
            *self._peak_marks,
            self._level_names,
            *self._jump.marks,
        ]

    def _fit(self, duration: Ms) -> None:
        low, high = _range([*self._curves, *self._overlays.drawn])
        axes = self._axes
        axes.fit(duration, low, high, self._thresholds, self._room, self._is_steady)
        self._readout.fit(*axes.limits)
        update(self._readout, duration=duration)
        if self._layer:
            self._layer.fit(*axes.limits, self._figure.fig_margin["bottom"])

    def _draw_threshold(self) -> None:
        low, high = self._axes.limits
        shown = [(label, value) for label, value in self._thresholds if low <= value <= high]
        for mark in (self._levels, self._level_names):
            update(mark, visible=bool(shown))
        if shown:
            end = self._axes.duration
            # bqplot keeps a single line without its outer dimension.
            levels = np.squeeze([[value, value] for _, value in shown])
            update(self._levels, x=[0.0, end], y=levels)
            update(
                self._level_names,
                x=[end] * len(shown),
                y=[value for _, value in shown],
                text=[f"{label} threshold" for label, _ in shown],
            )

    def _draw_peaks(self) -> None:
        if not self._peak_marks:
            if not (self._peaks or self._missed):
                return
            scales = self._axes.scales
            self._peak_marks = [_triangles(scales, fill=True), _triangles(scales, fill=False)]
            self._put_marks()
        for mark, points in zip(self._peak_marks, (self._peaks, self._missed)):
            if points:
                times, values = zip(*points)
                update(mark, visible=True, x=list(times), y=list(values))
            else:
                update(mark, visible=False)

    def _draw_legend(self) -> None:
        parts = [
            f'<span class="nl-key">{curve.sample}{html.escape(curve.label)}</span>'
            for curve in self._curves
        ]
        parts.append(self._overlays.keys)
        if self._peaks:
            parts.append('<span class="nl-key"><b aria-hidden="true">▼</b> output spike</span>')
        if self._missed:
            parts.append('<span class="nl-key"><b aria-hidden="true">▽</b> no spike</span>')
        if self._stale:
            parts.append('<span class="nl-stale" role="status">last good run</span>')
        update(self._legend, value="".join(parts))
        for line, curve in zip(self._lines, self._curves):
            update(line, opacities=[curve.opacity * (_DIMMED if self._stale else 1.0)])


def _triangles(scales: dict[str, bqplot.Scale], fill: bool) -> bqplot.Scatter:
    """Return marks of peaks: filled for a spike, hollow for none."""
    return bqplot.Scatter(
        x=[0.0],
        y=[0.0],
        scales=scales,
        marker="triangle-down",
        colors=[INK],
        fill=fill,
        stroke=INK,
        stroke_width=1.5,
        default_size=70,
        visible=False,
    )


def _level_marks(scales: dict[str, bqplot.Scale]) -> tuple[bqplot.Lines, bqplot.Label]:
    """Return the marks of thresholds: their lines and their names."""
    lines = bqplot.Lines(
        x=[0.0, 1.0],
        y=[0.0, 0.0],
        scales=scales,
        colors=[QUIET],
        stroke_width=1,
        line_style="dashed",
        visible=False,
    )
    names = bqplot.Label(
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
    return lines, names


def _figure(axes: Sequence[bqplot.Axis]) -> bqplot.Figure:
    figure = bqplot.Figure(
        axes=list(axes),
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
    figure.add_class("nl-figure")
    return figure


def _range(curves: Sequence[Curve | Drawn]) -> tuple[float, float]:
    """Return the lowest and the highest finite value; 0 and 0 without curves."""
    values = [curve.values[np.isfinite(curve.values)] for curve in curves]
    return (
        min((float(part.min()) for part in values if part.size), default=0.0),
        max((float(part.max()) for part in values if part.size), default=0.0),
    )
