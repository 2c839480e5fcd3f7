"""The undo stack: the edits that can be undone and redone."""

import time
from dataclasses import dataclass

from ...grid import Seconds
from .edit import Edit, State
from .keys import Key

_ONE_GESTURE: Seconds = 1.0
"""Edits of one control within this time of each other, such as a drag, are one step."""
_MOST = 200


@dataclass(frozen=True)
class History:
    """The edits before and after the present state.

    It is a value, so that the store can return to an earlier one if a long run fails.

    Attributes
    ----------
    past, future : tuple of Edit
        Edits to undo and to redo, the nearest one last.

    Examples
    --------
    >>> from neurolab.experiment.edits import set_run
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> first, second = (
    ...     State(set_run(TUTORIAL, duration=duration), TUTORIAL) for duration in (10.0, 20.0)
    ... )
    >>> history = History().after(("run", "duration"), first, second)
    >>> [edit.text for edit in history.past]
    ['duration: 10 → 20 ms']
    >>> state, history = history.back()
    >>> state.experiment.duration, len(history.past), len(history.future)
    (10.0, 0, 1)
    """

    past: tuple[Edit, ...] = ()
    future: tuple[Edit, ...] = ()
    _is_open: bool = False
    """Whether the last edit can go on."""
    _gesture: int = 0
    _time: Seconds = 0.0

    @property
    def last(self) -> Edit | None:
        """The edit that undo reverts."""
        return self.past[-1] if self.past else None

    @property
    def next(self) -> Edit | None:
        """The edit that redo repeats."""
        return self.future[-1] if self.future else None

    def after(self, key: Key | None, before: State, after: State, gesture: int = 0) -> "History":
        """Return the history after one more edit.

        An edit that continues the last one is the same step of undo: it has the same key, and the
        same gesture or almost the same time. The page counts gestures (a drag, or all that is typed
        into a field before it is left), because messages on a slow line arrive late.

        Parameters
        ----------
        key : tuple or None
            The control that made the edit; None for loading, which is always a step of its own.
        before, after : State
        gesture : int
            Number of the gesture; 0 if no page counts them.

        Returns
        -------
        History
        """
        now = time.monotonic()
        past = self.past[-_MOST:]
        if self._goes_on(key, gesture, now):
            *earlier, last = self.past
            past = tuple(earlier)
            before = last.before
        return History((*past, Edit(key, before, after)), (), key is not None, gesture, now)

    def _goes_on(self, key: Key | None, gesture: int, now: Seconds) -> bool:
        if not (self._is_open and self.past and self.past[-1].key == key):
            return False
        is_same_gesture = gesture > 0 and gesture == self._gesture
        return is_same_gesture or now - self._time <= _ONE_GESTURE

    def back(self) -> tuple[State, "History"]:
        """Return the state before the last edit, and the history there."""
        edit = self.past[-1]
        return edit.before, History(self.past[:-1], (*self.future, edit))

    def forth(self) -> tuple[State, "History"]:
        """Return the state after the last edit that was undone, and the history there."""
        edit = self.future[-1]
        return edit.after, History((*self.past, edit), self.future[:-1])
