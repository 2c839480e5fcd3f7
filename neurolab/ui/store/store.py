"""The one place that holds the state of a lab: the experiment, its last good result, what was undone, what is wrong.

Panels send edits here and are shown what follows; they never call each other.
"""

import logging
from dataclasses import replace

from ...errors import NeurolabError
from ...experiment.result import Result
from ...experiment.simulate import simulate
from .complaints import Complaints
from .curtain import Curtain
from .keys import LOADING
from .pins_and_target import Kept
from .runner import Runner
from .snapshot import Snapshot
from .undo_stack import History, Step

_LOG = logging.getLogger(__name__)
_SURPRISE = (
    "The lab could not work with this. It has been set aside; the picture shows the last good run."
)


class Store:
    """State of one lab.

    Parameters
    ----------
    experiment : Experiment

    Attributes
    ----------
    experiment : Experiment
        What the controls hold. While a long run is under way, or after it was stopped, the result is still that of
        another one, ``result.experiment``.
    start : Experiment
        Where `reset` leads.
    result : Result
    runner : Runner
        Says how far a long run is.
    kept : Kept
        Runs beside the present one.
    """

    def __init__(self, experiment):
        self.start = experiment
        self.experiment = experiment
        self.result = simulate(experiment)
        self._complaints = Complaints()
        self.curtain, self.kept = Curtain(), Kept(self.refresh_pictures)
        self._history = History()
        self._under_way = ()
        self._listeners, self._shown = [], None
        self._showing = False
        self.runner = Runner()

    def subscribe(self, listener, ahead=False):
        """Have `listener(snapshot)` called after every change.

        Parameters
        ----------
        listener : callable
        ahead : bool
            For controls: be shown the experiment of a long run while it is still under way, beside the result before
            it. Others are shown a result and the experiment that it is of.
        """
        self._listeners.append((listener, ahead))

    @property
    def errors(self):
        """What is wrong: key of a control → what is said beside it."""
        return self._complaints.errors

    @property
    def waiting(self) -> frozenset:
        """Keys of controls that hold what cannot be taken as it is."""
        return frozenset(self._complaints.waiting)

    @property
    def can_undo(self):
        return bool(self._history.past)

    @property
    def can_redo(self):
        return bool(self._history.future)

    @property
    def follows(self):
        """Whether the result is that of the experiment."""
        return self.experiment == self.result.experiment

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
            self._complaints.forget_what_is_gone(self.experiment)
            self._retry()
            self._notify(key)
            return
        complaints = self._complaints
        complaints.waiting[key] = (change, error)
        if len(complaints.waiting) > 1 and self._apply_together(key):
            self._notify(key)
        elif typing and key not in self.errors:
            complaints.say_later(key, self._notify)
        else:
            complaints.say(key, error)
            self._notify(key)

    def _apply(self, key, change):
        """Try a change; return what is wrong with it, or None."""
        try:
            changed = change(self.experiment)
            if changed != self.experiment:
                self._go(
                    changed,
                    self.start,
                    self._history.after(key, (self.experiment, self.start)),
                    key,
                    change,
                )
        except NeurolabError as error:
            return error.advice
        except Exception:
            _LOG.exception("an edit of %s failed", key)
            return _SURPRISE
        self._complaints.mended(key)
        return None

    def _go(self, experiment, start, history, key=None, change=None):
        """Take this experiment, and its result as soon as there is one.

        Raises
        ------
        NeurolabError
            It cannot be simulated; nothing is changed.
        """
        step = Step(key, change, self.experiment, self.start, self._history)
        if experiment == self.result.experiment:
            self.runner.stop()
            result = self.result
        else:
            result = self.runner.run(experiment, self._finished)
        self.experiment, self.start, self._history = experiment, start, history
        if result is None:
            self._under_way = (*self._under_way, step)
        else:
            self.result, self._under_way = result, ()

    def _finished(self, outcome):
        """A long run has come to its end."""
        steps, self._under_way = self._under_way, ()
        if isinstance(outcome, Result):
            self.result = outcome
            self._notify(steps[-1].key)
        else:
            self._take_back(steps, outcome)

    def _take_back(self, steps, error):
        """Go back to what was before the last gesture, whose run failed, and say so beside its control."""
        key, change = steps[-1][:2]
        if not isinstance(error, NeurolabError):
            _LOG.error("the run after an edit of %s failed", key, exc_info=error)
        advice = error.advice if isinstance(error, NeurolabError) else _SURPRISE
        while steps and steps[-1].key == key:
            *steps, before = steps
        self.experiment, self.start, self._history = before[2:]
        self._complaints.say(key or LOADING, advice, change if key else None)
        if steps:
            # What was changed before it has not been seen either.
            self._under_way = tuple(steps)
            self.runner.begin(self.experiment, self._finished)
        self._notify(key)

    def stop(self):
        """End the run that is under way; the pictures keep the last good one."""
        if self.runner.busy:
            self.runner.stop()
            self._notify(None)

    def run_again(self):
        """Start the run that was stopped."""
        if not (self.runner.busy or self.follows):
            self.runner.begin(self.experiment, self._finished)
            self._notify(None)

    def close(self):
        """End all that is under way."""
        self.runner.close()
        self.kept.close()

    def _retry(self):
        # What was wrong may be right now: a shorter duration made a time step too long, say.
        for key, (change, _) in list(self._complaints.waiting.items()):
            error = self._apply(key, change)
            if error is not None and key in self.errors:
                self._complaints.say(key, error)

    def _apply_together(self, key):
        """Try all that waits at once: a variable can only be renamed in equations, threshold and reset together."""
        waiting = [change for change, _ in self._complaints.waiting.values()]

        def all_of_them(experiment):
            for change in waiting:
                experiment = change(experiment)
            return experiment

        if self._apply(key, all_of_them) is not None:
            return False
        self._complaints.clear()
        return True

    def undo(self):
        """Go back one step."""
        if self.can_undo:
            self._travel(*self._history.back((self.experiment, self.start)))

    def redo(self):
        """Take back the last undo."""
        if self.can_redo:
            self._travel(*self._history.forth((self.experiment, self.start)))

    def _travel(self, state, history):
        try:
            self._show_experiment(*state, history)
        except NeurolabError as error:  # its run was never finished, because another followed
            self._complaints.say(LOADING, error.advice)
            self._notify(None)

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
        history = self._history
        if experiment != self.experiment or experiment is not self.start:
            history = history.after(None, (self.experiment, self.start))
        self._show_experiment(experiment, experiment, history)

    def begin(self, start, experiment=None):
        """Show a starting point, or an experiment that was made from it, with nothing to undo.

        Raises
        ------
        NeurolabError
            It cannot be simulated; nothing is changed.
        """
        self._show_experiment(experiment or start, start, History())

    @property
    def session(self):
        """All that a link or a reload is to bring back."""
        return self.kept.session(self.experiment, self.start)

    def open(self, session):
        """Show a session; that it took the place of an experiment can be undone.

        Raises
        ------
        NeurolabError
            Its experiment cannot be simulated; nothing is changed.
        """
        start = session.start or session.experiment
        self._go(
            session.experiment, start, self._history.after(None, (self.experiment, self.start))
        )
        self._complaints.clear()
        self.kept.take(session)
        self._notify(None)

    def _show_experiment(self, experiment, start, history):
        self._go(experiment, start, history)
        self._complaints.clear()
        self._notify(None)

    def refuse(self, advice):
        """Say why something that was to be loaded cannot be shown; what is shown stays."""
        self._complaints.say(LOADING, advice)
        self._notify(None)

    def refresh(self):
        """Show the panels the present state, as after loading."""
        self._notify(None)

    def refresh_pictures(self):
        """Have the present run drawn again, for a panel that draws into the traces and has changed its mind."""
        self._notify(("view",))

    def _notify(self, source):
        stopped, hidden_after = not (self.runner.busy or self.follows), self.curtain.hidden_after
        shown = Snapshot(
            self.result.experiment,
            self.curtain.seen(self.result),
            dict(self.errors),
            self.waiting,
            source,
            stopped,
            hidden_after,
        )
        ahead_of_it = shown if self.follows else replace(shown, experiment=self.experiment)
        # While the controls are ahead of a run, the pictures have nothing new to show.
        waiting = (
            self.runner.busy
            and source not in (None, ("view",))
            and replace(shown, source=None) == self._shown
        )
        self._showing, self._shown = True, replace(shown, source=None)
        try:
            for listener, ahead in self._listeners:
                try:
                    if ahead or not waiting:
                        listener(ahead_of_it if ahead else shown)
                except Exception:  # one panel that fails must not keep the others from following
                    _LOG.exception("a panel could not show the experiment")
        finally:
            self._showing = False
