"""The marks of the overlays of one figure, which are reused from one drawing to the next."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import bqplot

from ...array_types import FloatArray
from ...palette import COLOURS as PALETTE
from .overlay import LOOKS, Overlay

_BEHIND = ("target", "pinned")
"""Looks that lie behind the curves of the present run."""
_PINNED_DASHES = ("dashed", "solid", "dash_dotted", "dotted")
_SAMPLE_DASHES = {"solid": "", "dashed": "5 4", "dotted": "2 5", "dash_dotted": "6 3 2 3"}
# Curves of other runs: halfway between the colour of the variable and grey.
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
    values : ndarray, shape (times,)
        In the unit of the figure.
    style : int
        Index of the variable among those of all groups, as for its curve.
    """

    overlay: Overlay
    values: FloatArray
    style: int

    @property
    def colour(self) -> str:
        """Colour as a value of CSS."""
        own = _STYLES[self.overlay.look]
        place = self.style % len(PALETTE)
        if own.pale:
            return f"var(--nl-pale-{place}, {_PALE[place]})"
        return own.colour or f"var(--nl-curve-{place}, {PALETTE[place]})"


class OverlayMarks:
    """Lines for overlays, created when they are needed and closed when they are not.

    Parameters
    ----------
    scales : dict
        The scales ``'x'`` and ``'y'`` of the figure.

    Attributes
    ----------
    behind, before : list of bqplot.Lines
        Marks to put behind and in front of the curves.
    keys : str
        Their entries in the legend, as HTML.
    drawn : list of Drawn
        The overlays of the last drawing.
    """

    def __init__(self, scales: Mapping[str, bqplot.Scale]) -> None:
        self._scales = scales
        self._lines: dict[str, list[bqplot.Lines]] = {look: [] for look in LOOKS}
        self.keys = ""
        self.drawn: Sequence[Drawn] = []
        self.behind: list[bqplot.Lines] = []
        self.before: list[bqplot.Lines] = []

    def draw(self, drawn: Sequence[Drawn]) -> bool:
        """Show these overlays and no others; return whether marks were created or closed."""
        self.drawn = drawn
        of_looks = {look: [item for item in drawn if item.overlay.look == look] for look in LOOKS}
        changes = [self._draw_look(look, wanted) for look, wanted in of_looks.items()]
        if any(changes):
            self.behind = [line for look in _BEHIND for line in self._lines[look]]
            self.before = [
                line for look in LOOKS if look not in _BEHIND for line in self._lines[look]
            ]
        self.keys = "".join(_keys(look, wanted) for look, wanted in of_looks.items())
        return any(changes)

    def _draw_look(self, look: str, wanted: Sequence[Drawn]) -> bool:
        """Show the overlays of one look; return whether there are more or fewer than before."""
        lines = self._lines[look]
        changes = len(lines) != len(wanted)
        for line in lines[len(wanted) :]:
            line.close()
        del lines[len(wanted) :]
        lines += [self._made(look) for _ in wanted[len(lines) :]]
        for line, item, dash in zip(lines, wanted, _dashes(look, wanted)):
            with line.hold_sync():
                line.x = item.overlay.times
                line.y = item.values
                line.colors = [item.colour]
                line.line_style = dash
        return changes

    def _made(self, look: str) -> bqplot.Lines:
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


def _dashes(look: str, wanted: Sequence[Drawn]) -> list[str]:
    """Return the dash of each overlay: one for all of a look, but each pinned run has its own."""
    if look != "pinned":
        return [_STYLES[look].dash] * len(wanted)
    labels = list(dict.fromkeys(item.overlay.label for item in wanted))
    places = [labels.index(item.overlay.label) for item in wanted]
    return [_PINNED_DASHES[place % len(_PINNED_DASHES)] for place in places]


def _keys(look: str, wanted: Sequence[Drawn]) -> str:
    """Return the legend's entries of one look: each label once, but one entry for all ghosts."""
    labelled: dict[str, str] = {}
    for item, dash in zip(wanted, _dashes(look, wanted)):
        label = "what each spike adds" if look == "ghost" else item.overlay.label
        labelled.setdefault(label, _key(label, item, dash))
    return "".join(labelled.values())


def _key(label: str, item: Drawn, dash: str) -> str:
    style = _STYLES[item.overlay.look]
    line = (
        f'<line x1="2" y1="5" x2="28" y2="5" style="stroke: {item.colour}" '
        f'stroke-width="{style.width}" opacity="{style.opacity}" '
        f'stroke-dasharray="{_SAMPLE_DASHES[dash]}"/>'
    )
    return (
        f'<span class="nl-key"><svg width="30" height="10" aria-hidden="true">{line}</svg>'
        f"{html.escape(label)}</span>"
    )
