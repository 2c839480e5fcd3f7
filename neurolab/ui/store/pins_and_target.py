"""Runs that are kept beside the present one: pinned runs, and a person's own target."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from ...errors import NeurolabError
from ...experiment.experiment import Experiment
from ...experiment.result import Result
from ...experiment.session import Pinned, Session
from .runner import Runner

_LOG = logging.getLogger(__name__)


@dataclass(eq=False)
class Run:
    """A run that is kept.

    Attributes
    ----------
    name : str
    experiment : Experiment
    result : Result or None
        None for a run from a link until a panel needs its result.
    shown : bool
        Whether its traces are drawn.
    problem : str
        Why it has no result.
    """

    name: str
    experiment: Experiment
    result: Result | None = None
    shown: bool = True
    problem: str = ""


class Kept:
    """The runs that are kept.

    Parameters
    ----------
    changed : callable
        Called when a missing result has been computed.

    Attributes
    ----------
    pins : tuple of Run
    target : Run or None
    challenge : str
        As in a `Session`.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> kept = Kept(changed=print)
    >>> kept.take(Session(TUTORIAL, pins=(Pinned("run 1", TUTORIAL),)))
    >>> kept.simulate()
    >>> kept.pins[0].name, kept.pins[0].result.experiment is TUTORIAL
    ('run 1', True)
    """

    def __init__(self, changed: Callable[[], object]) -> None:
        self.pins: tuple[Run, ...] = ()
        self.target: Run | None = None
        self.challenge = ""
        self._changed = changed
        self._runner = Runner()
        self._listeners: list[Callable[[], object]] = []

    def session(self, experiment: Experiment, start: Experiment) -> Session:
        """Return the present experiment and all kept runs as a value."""
        pins = tuple(Pinned(pin.name, pin.experiment, pin.shown) for pin in self.pins)
        return Session(
            experiment,
            None if start == experiment else start,
            pins,
            self.target.experiment if self.target else None,
            self.challenge,
        )

    def on_taken(self, listener: Callable[[], object]) -> None:
        """Call ``listener()`` after the runs of another session have replaced these."""
        self._listeners.append(listener)

    def take(self, session: Session) -> None:
        """Replace all kept runs with those of a session."""
        self._runner.stop()
        self.pins = tuple(Run(pin.name, pin.experiment, shown=pin.shown) for pin in session.pins)
        self.target = Run("target", session.target) if session.target else None
        self.challenge = session.challenge
        for listener in self._listeners:
            listener()

    def simulate(self) -> None:
        """Compute the missing results, one after the other; long runs continue in the thread."""
        while not self._runner.busy:
            run = self._next_run()
            if run is None:
                return
            try:
                run.result = self._runner.run(run.experiment, self._finishing(run))
            except NeurolabError as error:
                self._fail(run, error)

    def _next_run(self) -> Run | None:
        """Return the first run without a result."""
        runs = [*self.pins, *([self.target] if self.target else [])]
        return next((run for run in runs if not (run.result or run.problem)), None)

    def _finishing(self, run: Run) -> Callable[[Result | Exception], None]:
        """Return the function that is called with the outcome of a run."""

        def finish(outcome: Result | Exception) -> None:
            if isinstance(outcome, Result):
                run.result = outcome
            else:
                self._fail(run, outcome)
            self._changed()

        return finish

    def _fail(self, run: Run, error: Exception) -> None:
        if isinstance(error, NeurolabError):
            run.problem = error.advice
        else:
            _LOG.error("the run %s failed", run.name, exc_info=error)
            run.problem = "it could not be run"

    def close(self) -> None:
        """End the run that is under way."""
        self._runner.close()
