"""The errors beside the controls, and the refused changes that can become valid later."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from ...experiment.experiment import Experiment
from .edit import Change
from .keys import LOADING, Key, exists
from .runner import running_loop

_PATIENCE = 0.8
"""Seconds before an error in a text that is being typed is shown.

A text is often wrong for a moment on its way to being right: "1," before "1, 4".
"""


class Refused(NamedTuple):
    """A change that was refused, and its error message."""

    change: Change
    error: str


class Complaints:
    """The errors beside the controls.

    Attributes
    ----------
    errors : dict
        Key of a control → the message that is shown beside it.
    waiting : dict
        Key of a control → the refused change, which is tried again after other edits.

    Examples
    --------
    >>> complaints = Complaints()
    >>> complaints.say(("parameter", "tau_a"), "tau_a must be above 0.")
    >>> complaints.mended(("parameter", "tau_a"))
    >>> complaints.errors
    {}
    """

    def __init__(self) -> None:
        self.errors: dict[Key, str] = {}
        self.waiting: dict[Key, Refused] = {}
        self._timers: dict[Key, asyncio.TimerHandle] = {}

    def say(self, key: Key, advice: str, change: Change | None = None) -> None:
        """Show an error beside a control; a refused change waits to be tried again."""
        self.errors[key] = advice
        if change:
            self.waiting[key] = Refused(change, advice)

    def say_later(self, key: Key, tell: Callable[[Key], None]) -> None:
        """Show the error of a waiting change after a moment, unless it is mended by then.

        Parameters
        ----------
        key : tuple
        tell : callable
            ``tell(key)`` is called once the error is shown. Without an event loop, that is now.
        """
        loop = running_loop()
        if loop is None:
            self._say_waiting(key, tell)
            return
        if key in self._timers:
            self._timers[key].cancel()
        self._timers[key] = loop.call_later(_PATIENCE, self._say_waiting, key, tell)

    def _say_waiting(self, key: Key, tell: Callable[[Key], None]) -> None:
        if key in self.waiting:
            self.errors[key] = self.waiting[key].error
            tell(key)

    def all_changes(self) -> Change:
        """Return one change that makes all waiting changes."""
        changes = [change for change, _ in self.waiting.values()]

        def all_of_them(experiment: Experiment) -> Experiment:
            for change in changes:
                experiment = change(experiment)
            return experiment

        return all_of_them

    def mended(self, key: Key) -> None:
        """Remove the error of a control, and the error of loading."""
        self.waiting.pop(key, None)
        self.errors.pop(key, None)
        self.errors.pop(LOADING, None)

    def forget_what_is_gone(self, experiment: Experiment) -> None:
        """Remove the errors of neurons, connections and parameters that no longer exist."""
        for key in [*self.waiting, *self.errors]:
            if not exists(key, experiment):
                self.waiting.pop(key, None)
                self.errors.pop(key, None)

    def clear(self) -> None:
        """Remove all errors and waiting changes."""
        self.errors.clear()
        self.waiting.clear()
