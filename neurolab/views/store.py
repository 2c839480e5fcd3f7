"""The one place that holds the state of a lab: the experiment, its last good result, what was undone, what is wrong.

Panels send edits here and are shown what follows; they never call each other.
"""

import asyncio
import logging
import time
from dataclasses import dataclass

from ..errors import NeurolabError
from ..lab.experiment import Experiment
from ..lab.result import Result
from ..lab.simulate import simulate

_LOG = logging.getLogger(__name__)
# Edits of one control that follow each other this quickly (a drag, a word being typed) are one step for undo.
_ONE_GESTURE = 1.0
# A text that is being typed is wrong for a moment on the way to being right ("1," before "1, 4").
_PATIENCE = 0.8
_MOST_UNDO = 200


@dataclass(frozen=True)
class Snapshot:
    """What the panels show.

    Attributes
    ----------
    experiment : Experiment
        The last one that could be simulated.
    result : Result
        Its result.
    errors : dict
        Key of a control → what is wrong with what it holds.
    source : tuple or None
        Key of the control whose edit led here; None after undo, redo and loading, when every control must follow.
    """

    experiment: Experiment
    result: Result
    errors: dict
    source: tuple | None

    @property
    def stale(self):
        """Whether a control holds something that the pictures do not show."""
        return bool(self.errors)


class Store:
    """State of one lab.

    Parameters
    ----------
    experiment : Experiment
    """

    def __init__(self, experiment):
        self.start = experiment
        self.experiment = experiment
        self.result = simulate(experiment)
        self.errors = {}
        self._pending = {}
        self._undo, self._redo = [], []  # of (experiment, starting point)
        self._last_key, self._last_time = None, 0.0
        self._listeners = []
        self._showing = False
        self._timers = {}

    def subscribe(self, listener):
        """Have `listener(snapshot)` called after every change."""
        self._listeners.append(listener)

    @property
    def can_undo(self):
        return bool(self._undo)

    @property
    def can_redo(self):
        return bool(self._redo)

    def edit(self, key, change, typing=False):
        """Apply a change that came from a control, if the experiment that results can be simulated.

        Parameters
        ----------
        key : tuple
            Names the control; its error is filed under it.
        change : callable
            Takes the experiment and gives the changed one; may raise a NeurolabError.
        typing : bool
            The text may still be on its way: a complaint waits a moment.
        """
        if self._showing:
            return  # a panel was set by the program, not by a person
        error = self._apply(key, change)
        if error is None:
            self._forget_what_is_gone()
            self._retry_pending()
            self._notify(key)
        else:
            self._pending[key] = (change, error)
            if len(self._pending) > 1 and self._apply_together(key):
                self._notify(key)
                return
            self._complain(key, error, typing and key not in self.errors)

    def _apply(self, key, change):
        """Try a change; return what is wrong with it, or None."""
        try:
            changed = change(self.experiment)
            result = simulate(changed) if changed != self.experiment else self.result
        except NeurolabError as error:
            return error.advice
        except Exception:
            _LOG.exception("an edit of %s failed", key)
            return "The lab could not work with this. It has been set aside; the picture shows the last good run."
        self._pending.pop(key, None)
        self.errors.pop(key, None)
        if changed != self.experiment:
            self._remember(key)
            self.experiment, self.result = changed, result
        return None

    def _remember(self, key):
        now = time.monotonic()
        if key != self._last_key or now - self._last_time > _ONE_GESTURE or not self._undo:
            self._undo = [*self._undo[-_MOST_UNDO:], (self.experiment, self.start)]
        self._last_key, self._last_time = key, now
        self._redo = []

    def _retry_pending(self):
        # What was wrong may be right now: a shorter duration made a time step too long, say.
        for key, (change, _) in list(self._pending.items()):
            error = self._apply(key, change)
            if error is not None and key in self.errors:
                self.errors[key] = error

    def _apply_together(self, key):
        """Try all that waits at once: a variable can only be renamed in equations, threshold and reset together."""
        waiting = [change for change, _ in self._pending.values()]

        def all_of_them(experiment):
            for change in waiting:
                experiment = change(experiment)
            return experiment

        if self._apply(key, all_of_them) is not None:
            return False
        self.errors, self._pending = {}, {}
        return True

    def _forget_what_is_gone(self):
        """A complaint about a neuron, a connection or a parameter that exists no longer would stand nowhere."""
        for key in [key for key in (*self._pending, *self.errors) if not _exists(key, self.experiment)]:
            self._pending.pop(key, None)
            self.errors.pop(key, None)

    def _complain(self, key, error, wait):
        try:
            loop = asyncio.get_running_loop() if wait else None
        except RuntimeError:
            loop = None
        if loop is None:
            self.errors[key] = error
            self._notify(key)
            return
        if key in self._timers:
            self._timers[key].cancel()
        self._timers[key] = loop.call_later(_PATIENCE, self._complain_late, key)

    def _complain_late(self, key):
        if key in self._pending:
            self.errors[key] = self._pending[key][1]
            self._notify(key)

    def undo(self):
        """Go back one step."""
        self._travel(self._undo, self._redo)

    def redo(self):
        """Take back the last undo."""
        self._travel(self._redo, self._undo)

    def _travel(self, away, back):
        if away:
            back.append((self.experiment, self.start))
            experiment, self.start = away.pop()
            self._show_experiment(experiment)

    def reset(self):
        """Go back to the starting point; can be undone."""
        self.load(self.start)

    def load(self, experiment):
        """Show another experiment and take it as the starting point; can be undone.

        Raises
        ------
        NeurolabError
            It cannot be simulated; nothing is changed.
        """
        simulate(experiment)
        if experiment != self.experiment or experiment is not self.start:
            self._undo.append((self.experiment, self.start))
            self._redo = []
        self.start = experiment
        self._show_experiment(experiment)

    def _show_experiment(self, experiment):
        self.experiment, self.result = experiment, simulate(experiment)
        self.errors, self._pending = {}, {}
        self._last_key = None
        self._notify(None)

    def refresh(self):
        """Show the panels the present state, as after loading."""
        self._notify(None)

    def refresh_pictures(self):
        """Have the present run drawn again, for a panel that draws into the traces and has changed its mind."""
        self._notify(("view",))

    def _notify(self, source):
        snapshot = Snapshot(self.experiment, self.result, dict(self.errors), source)
        self._showing = True
        try:
            for listener in self._listeners:
                try:
                    listener(snapshot)
                except Exception:  # one panel that fails must not keep the others from following
                    _LOG.exception("a panel could not show the experiment")
        finally:
            self._showing = False


def _exists(key, experiment):
    """Whether the control that a key names is still on the page."""
    kind, *names = key
    sizes = {group.name: group.size for group in experiment.groups}
    if kind == "spikes":
        return names[1] < sizes.get(names[0], 0)
    if kind in ("weight", "state"):
        found = next((c for c in experiment.connections if c.name == names[0]), None)
        return found is not None and (kind == "state" or (names[1] < sizes[found.source] and names[2] < sizes[found.target]))
    if kind == "parameter":
        return names[0] in ("new", "unused") or any(parameter.name == names[0] for parameter in experiment.parameters)
    return kind == "run" or names[0] in sizes
