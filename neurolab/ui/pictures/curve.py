"""A curve of the traces, and how it looks."""

from dataclasses import dataclass

from ...array_types import FloatArray
from ...palette import COLOURS as PALETTE

# Variables of CSS, so that a dark scheme only needs other values.
COLOURS = tuple(f"var(--nl-curve-{place}, {colour})" for place, colour in enumerate(PALETTE))
"""Colours of variables, as values of CSS."""
DASHES = ("solid", "dashed", "dash_dotted", "dotted")
_SAMPLE_DASHES = {"solid": "", "dashed": "7 4", "dash_dotted": "7 3 2 3", "dotted": "2 3"}


@dataclass(frozen=True, eq=False)
class Curve:
    """One curve of a figure.

    Attributes
    ----------
    label : str
    times : ndarray, shape (points,)
        In ms; twice the same at a jump.
    values : ndarray, shape (points,)
        In the unit of the figure.
    style : int
        Index of the variable among those of all groups; it determines colour and dash.
    neuron : int
        Index among the neurons shown; later ones are thinner and paler.

    Examples
    --------
    >>> import numpy as np
    >>> curve = Curve("Vb", np.arange(3.0), np.zeros(3), style=1)
    >>> curve.colour, curve.dash, curve.width
    ('var(--nl-curve-1, #2a8a2a)', 'dashed', 2.4)
    """

    label: str
    times: FloatArray
    values: FloatArray
    style: int = 0
    neuron: int = 0

    @property
    def colour(self) -> str:
        """Colour as a value of CSS."""
        return COLOURS[self.style % len(COLOURS)]

    @property
    def dash(self) -> str:
        """One of `DASHES`."""
        return DASHES[self.style % len(DASHES)]

    @property
    def width(self) -> float:
        """Width in pixels."""
        return max(1.0, 2.4 - 0.5 * self.neuron)

    @property
    def opacity(self) -> float:
        """From 0 to 1."""
        return max(0.5, 1.0 - 0.15 * self.neuron)

    @property
    def look(self) -> tuple[str, int, int]:
        """All that a mark shows besides the values."""
        return self.label, self.style, self.neuron

    @property
    def sample(self) -> str:
        """A piece of the line for the legend, as HTML."""
        return (
            '<svg width="30" height="10" aria-hidden="true">'
            f'<line x1="1" y1="5" x2="29" y2="5" style="stroke: {self.colour}" '
            f'stroke-width="{self.width}" opacity="{self.opacity}" '
            f'stroke-dasharray="{_SAMPLE_DASHES[self.dash]}"/></svg>'
        )
