"""The mark of the jump at the time cursor: a bracket between the two values, and a ring."""

from collections.abc import Mapping

import bqplot

from ...grid import Ms
from .event_lights import Jump

LIT = "var(--nl-lit, #b0148c)"
_ARM = 0.018
"""Length of the bracket's arms, as a share of the time axis."""


class JumpMarks:
    """Marks of one figure, which are created when they are first needed.

    Parameters
    ----------
    scales : dict
        The scales ``'x'`` and ``'y'`` of the figure.

    Attributes
    ----------
    marks : list of bqplot.Mark
    """

    def __init__(self, scales: Mapping[str, bqplot.Scale]) -> None:
        self._scales = scales
        self.marks: list[bqplot.Mark] = []

    def draw(self, jump: Jump | None, duration: Ms) -> bool:
        """Show a jump, or none.

        Parameters
        ----------
        jump : Jump or None
        duration : float
            Length of the time axis, in ms.

        Returns
        -------
        bool
            Whether the marks were created in this call.
        """
        is_first = jump is not None and not self.marks
        if is_first:
            self.marks = self._made()
        if self.marks:
            bracket, ring = self.marks
            _draw_bracket(bracket, jump, duration)
            _draw_ring(ring, jump)
        return is_first

    def _made(self) -> list[bqplot.Mark]:
        # Without clipping, they are complete where the value lies on the edge of the plot.
        common = {"scales": self._scales, "colors": [LIT], "apply_clip": False, "visible": False}
        return [
            bqplot.Lines(x=[0.0], y=[0.0], stroke_width=4, **common),
            bqplot.Scatter(
                x=[0.0], y=[0.0], fill=False, stroke_width=3, default_size=150, **common
            ),
        ]


def _draw_bracket(bracket: bqplot.Lines, jump: Jump | None, duration: Ms) -> None:
    with bracket.hold_sync():
        if jump and jump.before is not None:
            # Beside the jump, which is hidden by the line of the time cursor.
            side = jump.time - _ARM * duration
            bracket.x = [jump.time, side, side, jump.time]
            bracket.y = [jump.before, jump.before, jump.after, jump.after]
        bracket.visible = jump is not None and jump.before is not None


def _draw_ring(ring: bqplot.Scatter, jump: Jump | None) -> None:
    with ring.hold_sync():
        if jump:
            ring.x = [jump.time]
            ring.y = [jump.after]
        ring.visible = jump is not None
