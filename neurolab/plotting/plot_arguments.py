"""The arguments of `plot` as curves: two plain arrays and a style for each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..array_types import FloatArray
from ..errors import ArgumentError, NeurolabError, ParseError, ShapeError
from ..palette import COLOURS

_LETTERS = {
    "b": COLOURS[0],
    "g": COLOURS[1],
    "r": "#c62828",
    "c": COLOURS[4],
    "m": "#a32a8c",
    "y": "#a67c00",
    "k": "#000000",
    "w": "#ffffff",
}
_MARKERS = ".,ov^<>sdDp*hH+xP|_"
_PARTS = re.compile(
    rf"(?P<linestyle>--|-\.|-|:)|(?P<color>C\d|[bgrcmykw])|(?P<marker>[{_MARKERS}])"
)
_LINES = {
    "solid": "-",
    "dashed": "--",
    "dashdot": "-.",
    "dotted": ":",
    "none": "",
    "": "",
    "-": "-",
    "--": "--",
    "-.": "-.",
    ":": ":",
}
_SHORT = {"c": "color", "colour": "color", "ls": "linestyle", "lw": "linewidth", "ms": "markersize"}
_OPTIONS = ("color", "linestyle", "linewidth", "marker", "markersize", "alpha", "label")
# Options of matplotlib that programs name and that change nothing a figure says.
_FINE_POINTS = {
    "antialiased",
    "aa",
    "zorder",
    "clip_on",
    "markeredgecolor",
    "mec",
    "markeredgewidth",
    "mew",
    "markerfacecolor",
    "mfc",
    "fillstyle",
    "rasterized",
    "hold",
}


@dataclass(frozen=True)
class Style:
    """How a curve is drawn.

    Attributes
    ----------
    colour : str or None
        A CSS colour; None is the next one of `COLOURS`.
    line : str
        ``'-'``, ``'--'``, ``'-.'``, ``':'``, or ``''`` for none.
    marker : str
        A letter as in matplotlib, or ``''`` for none.
    width, size : float or None
        Of the line and of the marker, in points.
    opacity : float
    label : str
        For the legend.
    """

    colour: str | None = None
    line: str = "-"
    marker: str = ""
    width: float | None = None
    size: float | None = None
    opacity: float = 1.0
    label: str = ""


Curve = tuple[FloatArray, FloatArray, Style]
"""x, y and how to draw them."""


def curves(args: Sequence[Any], options: Mapping[str, Any]) -> list[Curve]:
    """Return the curves that ``plot(*args, **options)`` asks for.

    Returns
    -------
    list of (x, y, Style)
        x and y are float arrays of equal length, in SI units.

    Raises
    ------
    ShapeError, ParseError, ArgumentError

    Examples
    --------
    >>> [(x, y, style)] = curves([[1, 2], [3, 4], "r--"], {"lw": 2})
    >>> x.tolist(), y.tolist(), style.line, style.width
    ([1.0, 2.0], [3.0, 4.0], '--', 2)
    """
    drawn: list[Curve] = []
    for values, text in _groups(args):
        style = _style(text, options)
        y = _numbers(values[-1], "y")
        x = _numbers(values[0], "x") if len(values) == 2 else np.arange(len(y), dtype=float)
        drawn += [(*pair, style) for pair in _pairs(x, y)]
    return drawn


def _groups(args: Sequence[Any]) -> list[tuple[list[Any], str]]:
    """Split ``x, y, 'r-', x2, y2`` into ([x, y], 'r-') and ([x2, y2], '')."""
    groups: list[tuple[list[Any], str]] = []
    values: list[Any] = []
    for arg in args:
        if isinstance(arg, str):
            if not values:
                raise ParseError(
                    f"The text '{arg}' is in the place of values.",
                    where="plot",
                    mend="Write plot(x, y, 'r--').",
                )
            groups.append((values, arg))
            values = []
        elif len(values) == 2:
            groups.append((values, ""))
            values = [arg]
        else:
            values.append(arg)
    return [*groups, (values, "")] if values else groups


def _numbers(values: Any, name: str) -> FloatArray:
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise ParseError(
            f"{name} contains something that is not a number: {str(values)[:60]}.",
            where="plot",
            mend="Give numbers or quantities, in one array.",
        ) from None
    if array.ndim > 2:
        raise ShapeError(
            f"{name} has {array.ndim} dimensions.",
            where="plot",
            mend="Give one dimension, or two with a curve in each column.",
        )
    return np.atleast_1d(array)


def _pairs(x: FloatArray, y: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
    if len(x) != len(y):
        turned = y.ndim == 2 and y.shape[1] == len(x)
        raise ShapeError(
            f"x has {len(x)} values and y has {len(y)}{' rows' if y.ndim == 2 else ''}. They "
            "must be equally long.",
            where="plot",
            mend="The rows of y are the curves: pass y.T."
            if turned
            else "Plot y against its own times.",
        )
    xs, ys = (array[:, None] if array.ndim == 1 else array for array in (x, y))
    if xs.shape[1] not in (1, ys.shape[1]):
        raise ShapeError(
            f"x has {xs.shape[1]} columns and y has {ys.shape[1]}.",
            where="plot",
            mend="Give as many columns of x as of y.",
        )
    return [(xs[:, column % xs.shape[1]], ys[:, column]) for column in range(ys.shape[1])]


def _style(text: str, options: Mapping[str, Any]) -> Style:
    given = _options_in(text)
    for name, value in options.items():
        full = _SHORT.get(name, name)
        if full in _OPTIONS:
            given[full] = value
        elif name not in _FINE_POINTS:
            raise ArgumentError(
                f"plot has no option '{name}'.",
                where="plot",
                mend=f"Use one of {', '.join(_OPTIONS)}.",
            )
    marker = str(given.get("marker") or "")
    marker = "" if marker.strip().lower() in ("none", "") else marker
    if marker and (len(marker) > 1 or marker not in _MARKERS):
        raise ParseError(
            f"'{marker}' is not a marker.", where="plot", mend=f"Use one of {' '.join(_MARKERS)}"
        )
    line = given.get("linestyle", "" if text and marker else "-")
    line = str(line if line is not None else "-").strip().lower()
    if line not in _LINES:
        raise ParseError(
            f"'{line}' is not a kind of line.", where="plot", mend="Use one of - -- -. :"
        )
    return Style(
        colour=_colour(given.get("color")),
        line=_LINES[line],
        marker=marker,
        width=given.get("linewidth"),
        size=given.get("markersize"),
        opacity=1.0 if given.get("alpha") is None else float(given["alpha"]),
        label=str(given.get("label") or ""),
    )


def _options_in(text: str) -> dict[str, Any]:
    """Split a format such as ``'r--o'`` into options."""
    given: dict[str, Any] = {}
    rest = text.strip()
    if rest.isalpha() and len(rest) > 2:
        return {"color": rest}
    while rest:
        part = _PARTS.match(rest)
        if not part or not part.lastgroup or part.lastgroup in given:
            raise ParseError(
                f"'{text}' is not a way to draw a curve.",
                where="plot",
                mend="Give a colour letter, a line and a marker, such as 'r--' or 'k.'.",
            )
        given[part.lastgroup] = part.group()
        rest = rest[part.end() :]
    return given


def _colour(value: Any) -> str | None:
    """Return a colour as CSS writes it.

    Letters, C0 … C9, greys ('0.5') and tuples of numbers are translated.
    """
    if value is None or isinstance(value, str) and not value:
        return None
    if isinstance(value, str):
        if re.fullmatch(r"C\d", value):
            return COLOURS[int(value[1]) % len(COLOURS)]
        if not re.fullmatch(r"[01]?\.\d+|[01]", value):
            return _LETTERS.get(value, value)
        value = [float(value)] * 3
    try:
        parts = [round(255 * min(max(float(part), 0.0), 1.0)) for part in value][:3]
        return "#{:02x}{:02x}{:02x}".format(*parts)
    except (TypeError, ValueError, IndexError):
        raise ParseError(
            f"{value!r} is not a colour.", where="plot", mend="Give a name such as 'red'."
        ) from None


def unlabelled() -> NeurolabError:
    """Return the error for a legend without any label."""
    return NeurolabError(
        "No curve here has a label.",
        where="legend",
        mend="Use plot(x, y, label='Va'), or legend(['Va', 'Vb']) after the plots.",
    )
