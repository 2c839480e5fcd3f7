"""What is wrong, control by control, and the changes that wait until it is mended."""

from .keys import LOADING, exists
from .runner import running_loop

# A text that is being typed is wrong for a moment on the way to being right ("1," before "1, 4").
_PATIENCE = 0.8


class Complaints:
    """Errors beside their controls.

    Attributes
    ----------
    errors : dict
        Key of a control → what is said beside it.
    waiting : dict
        Key of a control → (change, error) of what was refused and may be right later.
    """

    def __init__(self):
        self.errors, self.waiting, self._timers = {}, {}, {}

    def say(self, key, advice, change=None):
        """Say what is wrong; where there is a change, it waits."""
        self.errors[key] = advice
        if change:
            self.waiting[key] = (change, advice)

    def say_later(self, key, tell):
        """Say what is wrong with a waiting change, and call `tell`, if it still waits after a moment; else at once."""
        loop = running_loop()
        if loop is None:
            self._say_waiting(key, tell)
            return
        if key in self._timers:
            self._timers[key].cancel()
        self._timers[key] = loop.call_later(_PATIENCE, self._say_waiting, key, tell)

    def _say_waiting(self, key, tell):
        if key in self.waiting:
            self.errors[key] = self.waiting[key][1]
            tell(key)

    def mended(self, key):
        """The control of this key is right."""
        self.waiting.pop(key, None)
        for said in (key, LOADING):
            self.errors.pop(said, None)

    def forget_what_is_gone(self, experiment):
        """A complaint about a neuron, a connection or a parameter that exists no longer would stand nowhere."""
        for key in [key for key in (*self.waiting, *self.errors) if not exists(key, experiment)]:
            self.waiting.pop(key, None)
            self.errors.pop(key, None)

    def clear(self):
        """All is right."""
        self.errors.clear()
        self.waiting.clear()
