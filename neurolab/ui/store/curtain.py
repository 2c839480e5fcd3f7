"""The curtain: the time after which the traces are hidden while a person predicts them."""

from typing import TYPE_CHECKING

from ...experiment.result import Result
from ...grid import Ms

if TYPE_CHECKING:
    from ..pictures.drawing_layer import DrawingLayer


class Curtain:
    """Hides the part of a run after a time from all panels.

    Attributes
    ----------
    hidden_after : float or None
        In ms; None if nothing is hidden.
    unit : str
        Unit of the plot on which the prediction is drawn.
    layer : DrawingLayer or None
        The layer on which it is drawn.

    Examples
    --------
    >>> curtain = Curtain()
    >>> curtain.close(4.0, "mV")
    >>> curtain.hidden_after
    4.0
    """

    def __init__(self) -> None:
        self.hidden_after: Ms | None = None
        self.unit = ""
        self.layer: DrawingLayer | None = None
        self._cut: tuple[Result, Ms, Result] | None = None

    def close(self, time: Ms, unit: str = "", layer: "DrawingLayer | None" = None) -> None:
        """Hide the run after a time in ms, and lay `layer` over the plot of a unit."""
        self.hidden_after = float(time)
        self.unit = unit
        self.layer = layer

    def lift(self) -> None:
        """Show the whole run again."""
        self.hidden_after = None
        self.unit = ""
        self.layer = None

    def seen(self, result: Result) -> Result:
        """Return the visible part of a result; the same object for the same result."""
        time = self.hidden_after
        if time is None:
            return result
        if self._cut is None or self._cut[0] is not result or self._cut[1] != time:
            self._cut = (result, time, result.until(time))
        return self._cut[2]
