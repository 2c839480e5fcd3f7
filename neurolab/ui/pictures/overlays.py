"""The marks of the overlays of one figure: lines that are reused from one drawing to the next."""

import html
from dataclasses import dataclass

import bqplot
import numpy as np

from ...palette import COLOURS as PALETTE
from .overlay import LOOKS

_BEHIND = ("target", "pinned")
"""Looks that lie behind the curves of the present run."""
_PINNED_DASHES = ("dashed", "solid", "dash_dotted", "dotted")
_SAMPLE_DASHES = {"solid": "", "dashed": "5 4", "dotted": "2 5", "dash_dotted": "6 3 2 3"}
# Curves of other runs: the variable's hue, half way to grey.
_PALE = ("#8aa5bd", "#8cb08c", "#bd9d7d", "#a58cb5", "#83a9ad", "#b58a93")


@dataclass(frozen=True)
class _Style:
    width: float
    opacity: float
    dash: str = "solid"
    colour: str = ""
    """Empty: the colour of the variable."""
    pale: bool = False
    marker: str | None = None


_STYLES = {
    "ghost": _Style(1.4, 0.6),
    "sum": _Style(4.0, 1.0, "dotted", "var(--nl-ink, #1d2733)"),
    "exact": _Style(1.2, 1.0, "dashed", "var(--nl-ink, #1d2733)"),
    "pinned": _Style(2.0, 1.0, "dashed", pale=True),
    "difference": _Style(3.0, 1.0, "dotted"),
    "prediction": _Style(2.0, 1.0, colour="var(--nl-prediction, #a32a8c)", marker="circle"),
    "target": _Style(9.0, 0.28),
}


@dataclass(frozen=True, eq=False)
class Drawn:
    """An overlay as a figure draws it.

    Attributes
    ----------
    overlay : Overlay
    values : ndarray
        In the unit of the figure.
    style : int
        The variable's place in the model, as of the curve it belongs to.
    """

    overlay: object
    values: np.ndarray
    style: int

    @property
    def colour(self):
        own = _STYLES[self.overlay.look]
        place = self.style % len(PALETTE)
        if own.pale:
            return f"var(--nl-pale-{place}, {_PALE[place]})"
        return own.colour or f"var(--nl-curve-{place}, {PALETTE[place]})"


class OverlayMarks:
    """Lines for overlays, made when they are first needed and closed when they are not any more.

    Parameters
    ----------
    scales : dict
        Of the figure.

    Attributes
    ----------
    behind, before : list of bqplot.Lines
        Marks to put behind and in front of the curves.
    keys : str
        What the legend says of them, as HTML.
    drawn : list of Drawn
        What was drawn last.
    """

    def __init__(self, scales):
        self._scales = scales
        self._lines = {look: [] for look in LOOKS}
        self.keys, self.drawn = "", []
        self.behind, self.before = [], []

    def draw(self, drawn):
        """Show these overlays and no others; return whether there are other marks now.

        Parameters
        ----------
        drawn : list of Drawn
        """
        self.drawn, changed = drawn, False
        for look, lines in self._lines.items():
            wanted = [item for item in drawn if item.overlay.look == look]
            changed |= len(lines) != len(wanted)
            for line in lines[len(wanted) :]:
                line.close()
            del lines[len(wanted) :]
            lines += [self._made(look) for _ in wanted[len(lines) :]]
            for line, item, dash in zip(lines, wanted, _dashes(look, wanted)):
                with line.hold_sync():
                    line.x, line.y = item.overlay.times, item.values
                    line.colors, line.line_style = [item.colour], dash
        if changed:
            self.behind = [line for look in _BEHIND for line in self._lines[look]]
            self.before = [
                line for look in LOOKS if look not in _BEHIND for line in self._lines[look]
            ]
        self.keys = "".join(
            _key(label, item, dash)
            for look in LOOKS
            for label, item, dash in _labelled(
                look, [item for item in drawn if item.overlay.look == look]
            )
        )
        return changed

    def _made(self, look):
        style = _STYLES[look]
        return bqplot.Lines(
            x=[0.0, 1.0],
            y=[0.0, 0.0],
            scales=self._scales,
            stroke_width=style.width,
            opacities=[style.opacity],
            marker=style.marker,
            marker_size=30,
        )


def _dashes(look, wanted):
    """One dash for all of a look, but for each pinned run its own."""
    labels = list(dict.fromkeys(item.overlay.label for item in wanted))
    return [
        _PINNED_DASHES[labels.index(item.overlay.label) % len(_PINNED_DASHES)]
        if look == "pinned"
        else _STYLES[look].dash
        for item in wanted
    ]


def _labelled(look, wanted):
    """Each label once, with what it looks like; ghosts are named in their own panel, here one stands for all."""
    found = {}
    for item, dash in zip(wanted, _dashes(look, wanted)):
        found.setdefault(
            "what each spike adds" if look == "ghost" else item.overlay.label, (item, dash)
        )
    return [(label, *shown) for label, shown in found.items()]


def _key(label, item, dash):
    style = _STYLES[item.overlay.look]
    line = (
        f'<line x1="2" y1="5" x2="28" y2="5" style="stroke: {item.colour}" stroke-width="{style.width}" '
        f'opacity="{style.opacity}" stroke-dasharray="{_SAMPLE_DASHES[dash]}"/>'
    )
    return f'<span class="nl-key"><svg width="30" height="10" aria-hidden="true">{line}</svg>{html.escape(label)}</span>'
