"""Curves as marks of bqplot: lines, or dots and markers."""

import math
from typing import Any

import bqplot
import numpy as np

from ..array_types import FloatArray
from .plot_arguments import Style

# So many dots or markers make a browser slow as elements of their own; more are drawn as one path
# of short dashes.
MOST_DOTS = 2000
_LINES = {"-": "solid", "--": "dashed", "-.": "dash_dotted", ":": "dotted"}
_MARKERS = {
    "v": "triangle-down",
    "^": "triangle-up",
    "<": "triangle-up",
    ">": "triangle-down",
    "s": "square",
    "d": "diamond",
    "D": "diamond",
    "*": "diamond",
    "+": "plus",
    "P": "plus",
    "x": "crosshair",
    "|": "rectangle",
    "_": "rectangle",
}
_THIN = ("plus", "crosshair")
# Diameters in points, where a program names none; a dot is smaller than its size says, as in
# matplotlib.
_DIAMETERS = {".": 3.5, ",": 1.5}
_DOT = 0.6
Scales = dict[Any, bqplot.LinearScale]
"""The scales of the axes, by 'x' and 'y'."""


def line_mark(x: FloatArray, y: FloatArray, style: Style, scales: Scales) -> bqplot.Mark:
    """Return a curve as a line, with markers if they are not too many."""
    look: dict[str, Any] = {"line_style": _LINES[style.line], "stroke_width": style.width or 2.0}
    if style.marker and len(x) <= MOST_DOTS:
        look.update(marker=_MARKERS.get(style.marker, "circle"), marker_size=_area(style))
    if len(x) == 1:
        x = np.repeat(x, 2)
        y = np.repeat(y, 2)
    return _mark(bqplot.Lines, x, y, style, scales, **look)


def dots_mark(x: FloatArray, y: FloatArray, style: Style, scales: Scales) -> bqplot.Mark:
    """Return a curve as dots or markers; very many dots become short dashes of one path."""
    if len(x) > MOST_DOTS:
        half = (np.nanmax(x) - np.nanmin(x)) / 800 or 0.5
        gap = np.full(len(x), np.nan)
        return _mark(
            bqplot.Lines,
            np.column_stack([x - half, x + half, gap]).ravel(),
            np.column_stack([y, y, gap]).ravel(),
            style,
            scales,
            stroke_width=2.0,
        )
    marker = _MARKERS.get(style.marker, "circle")
    return _mark(
        bqplot.Scatter,
        x,
        y,
        style,
        scales,
        marker=marker,
        default_size=_area(style),
        visible=bool(style.marker),
        stroke_width=1.5 if marker in _THIN else 0.0,
    )


def _mark(
    kind: type[bqplot.Mark], x: FloatArray, y: FloatArray, style: Style, scales: Scales, **look: Any
) -> bqplot.Mark:
    return kind(
        x=x,
        y=y,
        scales=scales,
        colors=[style.colour],
        labels=[style.label],
        opacities=[style.opacity],
        **look,
    )


def _area(style: Style) -> int:
    """Return the size of a marker in square pixels, as bqplot needs it; a point is 4/3 pixels."""
    if style.size:
        diameter = style.size * (_DOT if style.marker in _DIAMETERS else 1)
    else:
        diameter = _DIAMETERS.get(style.marker, 6.0)
    return max(1, round(math.pi / 4 * (diameter * 4 / 3) ** 2))
