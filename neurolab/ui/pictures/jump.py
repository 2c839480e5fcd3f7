"""The jump in a trace that the time cursor stands on: a bracket from the value before to the value after, and a ring."""

import bqplot

LIT = "var(--nl-lit, #c25700)"
_ARM = 0.018  # length of the bracket's arms, as a part of the time axis


class JumpMarks:
    """Marks of one figure; made when they are first needed.

    Parameters
    ----------
    scales : dict
        Of the figure.

    Attributes
    ----------
    marks : list of bqplot.Mark
    """

    def __init__(self, scales):
        self._scales = scales
        self.marks = []

    def draw(self, jump, duration):
        """Show a jump, or none.

        Parameters
        ----------
        jump : (time, before, after) or None
            In ms and the unit of the figure; `before` is None where a value is only pointed at.
        duration : float
            Length of the time axis, in ms.

        Returns
        -------
        bool
            Whether the marks were made just now.
        """
        new = jump is not None and not self.marks
        if new:
            # Whole where the value lies on the edge of the picture.
            common = {
                "scales": self._scales,
                "colors": [LIT],
                "apply_clip": False,
                "visible": False,
            }
            self.marks = [
                bqplot.Lines(x=[0.0], y=[0.0], stroke_width=4, **common),
                bqplot.Scatter(
                    x=[0.0], y=[0.0], fill=False, stroke_width=3, default_size=150, **common
                ),
            ]
        if self.marks:
            self._draw(*self.marks, jump, duration)
        return new

    def _draw(self, bracket, ring, jump, duration):
        time, before, after = jump or (0.0, None, 0.0)
        with bracket.hold_sync():
            if before is not None:
                # Beside the jump, which the line of the time cursor covers.
                side = time - _ARM * duration
                bracket.x, bracket.y = [time, side, side, time], [before, before, after, after]
            bracket.visible = before is not None
        with ring.hold_sync():
            if jump:
                ring.x, ring.y = [time], [after]
            ring.visible = jump is not None
