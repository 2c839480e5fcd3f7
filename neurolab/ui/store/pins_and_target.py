"""What is kept beside the present run: runs that are pinned, and a target of one's own."""

import logging
from dataclasses import dataclass

from ...errors import NeurolabError
from ...experiment.result import Result
from ...experiment.session import Pinned, Session
from .runner import Runner

_LOG = logging.getLogger(__name__)


@dataclass(eq=False)
class Run:
    """A run that is kept; what came with a link has no result until somebody looks at it.

    Attributes
    ----------
    problem : str
        Why it has none.
    """

    name: str
    experiment: object
    result: Result | None = None
    shown: bool = True
    problem: str = ""


class Kept:
    """The runs that are kept.

    Parameters
    ----------
    changed : callable
        Called once results are there that were missing.

    Attributes
    ----------
    pins : tuple of Run
    target : Run or None
    challenge : str
        As in a `Session`.
    """

    def __init__(self, changed):
        self.pins, self.target, self.challenge = (), None, ""
        self._changed, self._runner, self._listeners = changed, Runner(), []

    def session(self, experiment, start):
        """All that there is, as a value."""
        pins = tuple(Pinned(pin.name, pin.experiment, pin.shown) for pin in self.pins)
        return Session(
            experiment,
            None if start == experiment else start,
            pins,
            self.target.experiment if self.target else None,
            self.challenge,
        )

    def on_taken(self, listener):
        """Have `listener()` called after other runs have come in place of these."""
        self._listeners.append(listener)

    def take(self, session):
        """Keep what a session keeps, in place of what there was."""
        self._runner.stop()
        self.pins = tuple(Run(pin.name, pin.experiment, shown=pin.shown) for pin in session.pins)
        self.target = Run("target", session.target) if session.target else None
        self.challenge = session.challenge
        for listener in self._listeners:
            listener()

    def simulate(self):
        """Have the results that are missing made, one after the other; long ones are under way when this returns."""
        while not self._runner.busy:
            run = next(
                (
                    run
                    for run in (*self.pins, self.target)
                    if run and not (run.result or run.problem)
                ),
                None,
            )
            if run is None:
                return
            try:
                run.result = self._runner.run(
                    run.experiment, lambda outcome, run=run: self._finished(run, outcome)
                )
            except NeurolabError as error:
                self._fail(run, error)

    def _finished(self, run, outcome):
        if isinstance(outcome, Result):
            run.result = outcome
        else:
            self._fail(run, outcome)
        self._changed()

    def _fail(self, run, error):
        if not isinstance(error, NeurolabError):
            _LOG.error("the run %s failed", run.name, exc_info=error)
        run.problem = error.advice if isinstance(error, NeurolabError) else "it could not be run"

    def close(self):
        """End what is under way."""
        self._runner.close()
