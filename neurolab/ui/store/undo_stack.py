"""What can be undone and redone."""

import time
from dataclasses import dataclass
from typing import NamedTuple

from ...experiment.experiment import Experiment

# Edits of one control that follow each other this quickly (a drag, a word being typed) are one step.
_ONE_GESTURE = 1.0
_MOST = 200


@dataclass(frozen=True)
class History:
    """States before and after the present one; a value, so that a change that fails later can be taken back.

    Attributes
    ----------
    past, future : tuple
        States to go back to and to return to, the nearest one last.
    """

    past: tuple = ()
    future: tuple = ()
    _key: tuple | None = None
    _time: float = 0.0

    def after(self, key, state):
        """The history after an edit by the control `key` (None: by none) of what was `state` before."""
        now = time.monotonic()
        goes_on = (
            key is not None and key == self._key and now - self._time <= _ONE_GESTURE and self.past
        )
        return History(self.past if goes_on else (*self.past[-_MOST:], state), (), key, now)

    def back(self, state):
        """The state that undo leads to, and the history there."""
        return self.past[-1], History(self.past[:-1], (*self.future, state))

    def forth(self, state):
        """The state that redo leads to, and the history there."""
        return self.future[-1], History((*self.past, state), self.future[:-1])


class Step(NamedTuple):
    """A change whose run is under way: what led to it, and what was before."""

    key: tuple | None
    change: object
    experiment: Experiment
    start: Experiment
    history: History
