"""The curtain: the time after which the traces are hidden while someone predicts them."""


class Curtain:
    """Hides what happens after a time from all panels: the store shows them the run as it is up to there.

    Attributes
    ----------
    hidden_after : float or None
        In ms; None while nothing is hidden.
    unit : str
        Of the figure on which the prediction is drawn.
    layer : DrawingLayer or None
        What it is drawn on.
    """

    def __init__(self):
        self.hidden_after, self.unit, self.layer = None, "", None
        self._cut = None, None, None  # a result, when it was cut, and what was left

    def close(self, time, unit="", layer=None):
        """Hide what happens after this time (ms), and lay `layer` over the figure of `unit`."""
        self.hidden_after, self.unit, self.layer = float(time), unit, layer

    def lift(self):
        """Show everything again."""
        self.hidden_after, self.unit, self.layer = None, "", None

    def seen(self, result):
        """What is to be seen of a result; the same object for the same result."""
        if self.hidden_after is None:
            return result
        if self._cut[:2] != (result, self.hidden_after):
            self._cut = result, self.hidden_after, result.until(self.hidden_after)
        return self._cut[2]
