"""The store: the experiment of a lab, its last valid result, the undo stack and the errors.

Panels send edits to the store, and it shows them the new state. Panels never call each other.
"""

import logging

from ...errors import NeurolabError
from ...experiment.experiment import Experiment
from ...experiment.result import Result
from ...experiment.session import Session
from .complaints import Complaints, Refused
from .curtain import Curtain
from .edit import Change, Edit, State
from .keys import LOADING, VIEW, Key
from .pins_and_target import Kept
from .present_run import SURPRISE, PresentRun, Step
from .publisher import Listener, Publisher
from .snapshot import Snapshot
from .undo_stack import History

_LOG = logging.getLogger(__name__)


class Store:
    """The state of one lab.

    Parameters
    ----------
    experiment : Experiment

    Attributes
    ----------
    runner : Runner
        Reports the progress of a long run.
    kept : Kept
        Runs beside the present one.
    curtain : Curtain

    Examples
    --------
    >>> from neurolab.experiment.edits import set_parameter
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> store = Store(TUTORIAL)
    >>> store.subscribe(lambda snapshot: print(snapshot.experiment.parameter("tau_a").value))
    >>> store.edit(("parameter", "tau_a"), lambda now: set_parameter(now, "tau_a", 2.0))
    2.0
    >>> store.last_edit.text
    'tau_a: 1 → 2 ms'
    >>> store.undo()
    1.0
    """

    def __init__(self, experiment: Experiment) -> None:
        self._present = PresentRun(experiment, self._ended)
        self.runner = self._present.runner
        self.curtain = Curtain()
        self.kept = Kept(self.refresh_pictures)
        self._complaints = Complaints()
        self._gesture = 0
        self._publisher = Publisher()

    def subscribe(self, listener: Listener, ahead: bool = False) -> None:
        """Call ``listener(snapshot)`` after every change.

        Parameters
        ----------
        listener : callable
        ahead : bool
            For controls: show the experiment of a long run already during the run, together with
            the last result. Other listeners see a result and the experiment to which it belongs.
        """
        self._publisher.subscribe(listener, ahead)

    @property
    def experiment(self) -> Experiment:
        """The present experiment.

        During a long run, or after it was stopped, the result is still that of an earlier one,
        ``result.experiment``.
        """
        return self._present.state.experiment

    @property
    def start(self) -> Experiment:
        """The experiment that `reset` restores."""
        return self._present.state.start

    @property
    def result(self) -> Result:
        """The last valid result."""
        return self._present.result

    @property
    def errors(self) -> dict[Key, str]:
        """Key of a control → the error beside it."""
        return self._complaints.errors

    @property
    def waiting(self) -> frozenset[Key]:
        """Keys of controls whose input is refused as it is."""
        return frozenset(self._complaints.waiting)

    @property
    def last_edit(self) -> Edit | None:
        """The edit that `undo` reverts; None if there is none."""
        return self._present.history.last

    @property
    def undone_edit(self) -> Edit | None:
        """The edit that `redo` repeats; None if there is none."""
        return self._present.history.next

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to undo."""
        return self.last_edit is not None

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to redo."""
        return self.undone_edit is not None

    @property
    def follows(self) -> bool:
        """Whether the result is that of the experiment."""
        return self._present.is_done

    def begin_gesture(self) -> None:
        """Begin a gesture: the edits of one control in one gesture are one step of undo."""
        self._gesture += 1

    def edit(self, key: Key, change: Change, typing: bool = False) -> None:
        """Apply the change of a control, if the changed experiment can be simulated.

        Parameters
        ----------
        key : tuple
            The control; an error is shown beside it.
        change : callable
            Takes the experiment and returns the changed one; may raise a `NeurolabError`.
        typing : bool
            Whether the text may be incomplete: then an error is shown after a moment.
        """
        if self._publisher.is_showing:
            return  # the program has set a widget, not a person
        error = self._apply(key, change)
        if error is None:
            self._complaints.forget_what_is_gone(self.experiment)
            self._retry()
            self._notify(key)
            return
        complaints = self._complaints
        complaints.waiting[key] = Refused(change, error)
        if len(complaints.waiting) > 1 and self._apply_together(key):
            self._notify(key)
        elif typing and key not in self.errors:
            complaints.say_later(key, self._notify)
        else:
            complaints.say(key, error)
            self._notify(key)

    def _apply(self, key: Key, change: Change) -> str | None:
        """Try a change; return its error, or None."""
        try:
            changed = change(self.experiment)
            if changed != self.experiment:
                state = State(changed, self.start)
                history = self._history_with(key, state)
                self._present.go(state, history, key, change)
        except NeurolabError as error:
            return error.advice
        except Exception:
            _LOG.exception("an edit of %s failed", key)
            return SURPRISE
        self._complaints.mended(key)
        return None

    def _history_with(self, key: Key | None, state: State) -> History:
        """Return the history after an edit that leads from the present state to another one."""
        present = self._present
        return present.history.after(key, present.state, state, self._gesture)

    def _ended(self, step: Step, error: str) -> None:
        """Show what a long run has led to."""
        if error:
            self._complaints.say(step.key or LOADING, error, step.change if step.key else None)
        self._notify(step.key)

    def stop(self) -> None:
        """End the run that is under way; the plots keep the last result."""
        if self.runner.busy:
            self.runner.stop()
            self._notify(None)

    def run_again(self) -> None:
        """Start the run that was stopped."""
        if not (self.runner.busy or self.follows):
            self._present.run_again()
            self._notify(None)

    def close(self) -> None:
        """End all runs."""
        self.runner.close()
        self.kept.close()

    def _retry(self) -> None:
        """Try the refused changes again: a longer duration can make a long time step valid."""
        for key, (change, _) in list(self._complaints.waiting.items()):
            error = self._apply(key, change)
            if error is not None and key in self.errors:
                self._complaints.say(key, error)

    def _apply_together(self, key: Key) -> bool:
        """Try all refused changes at once; return whether they are valid together.

        A variable can only be renamed in equations, threshold and reset at the same time.
        """
        if self._apply(key, self._complaints.all_changes()) is not None:
            return False
        self._complaints.clear()
        return True

    def undo(self) -> None:
        """Revert the last edit."""
        if self.can_undo:
            self._travel(*self._present.history.back())

    def redo(self) -> None:
        """Repeat the edit that was undone last."""
        if self.can_redo:
            self._travel(*self._present.history.forth())

    def _travel(self, state: State, history: History) -> None:
        try:
            self._show_state(state, history)
        except NeurolabError as error:  # its run never ended, because another one replaced it
            self.refuse(error.advice)

    def reset(self) -> None:
        """Restore the starting point; can be undone."""
        self.load(self.start)

    def load(self, experiment: Experiment) -> None:
        """Show another experiment and take it as the starting point; can be undone.

        Raises
        ------
        NeurolabError
            It cannot be simulated; nothing is changed.
        """
        state = State(experiment, experiment)
        history = self._present.history
        if experiment != self.experiment or experiment is not self.start:
            history = self._history_with(None, state)
        self._show_state(state, history)

    def begin(self, start: Experiment, experiment: Experiment | None = None) -> None:
        """Show a starting point, or an experiment that was made from it, with nothing to undo.

        Raises
        ------
        NeurolabError
            It cannot be simulated; nothing is changed.
        """
        self._show_state(State(experiment or start, start), History())

    @property
    def session(self) -> Session:
        """The part of the state that a link or a reload restores."""
        return self.kept.session(self.experiment, self.start)

    def open(self, session: Session) -> None:
        """Show a session; its experiment can be undone.

        Raises
        ------
        NeurolabError
            Its experiment cannot be simulated; nothing is changed.
        """
        state = State(session.experiment, session.start or session.experiment)
        self._present.go(state, self._history_with(None, state))
        self._complaints.clear()
        self.kept.take(session)
        self._notify(None)

    def _show_state(self, state: State, history: History) -> None:
        self._present.go(state, history)
        self._complaints.clear()
        self._notify(None)

    def refuse(self, advice: str) -> None:
        """Show why something cannot be loaded; the present state stays."""
        self._complaints.say(LOADING, advice)
        self._notify(None)

    def refresh(self) -> None:
        """Show the present state to all panels, as after loading."""
        self._notify(None)

    def refresh_pictures(self) -> None:
        """Draw the present run again, for a panel that has changed what it draws into it."""
        self._notify(VIEW)

    def _notify(self, source: Key | None) -> None:
        is_busy = self.runner.busy
        snapshot = Snapshot(
            self.result.experiment,
            self.curtain.seen(self.result),
            dict(self.errors),
            self.waiting,
            source,
            stopped=not (is_busy or self.follows),
            hidden_after=self.curtain.hidden_after,
        )
        self._publisher.publish(snapshot, self.experiment, is_busy)
