"""The curtain: the time after which the traces are hidden while someone predicts them."""


class Curtain:
    """Hides what happens after a time from all panels that would show it.

    Attributes
    ----------
    hidden_after : float or None
        In ms; None while nothing is hidden.
    """

    def __init__(self):
        self.hidden_after = None
        self._listeners = []

    def subscribe(self, listener):
        """Have ``listener(curtain)`` called after each closing and lifting."""
        self._listeners.append(listener)

    def close(self, time):
        """Hide what happens after this time (ms)."""
        self._set(float(time))

    def lift(self):
        """Show everything again."""
        self._set(None)

    def _set(self, time):
        if time != self.hidden_after:
            self.hidden_after = time
            for listener in self._listeners:
                listener(self)
