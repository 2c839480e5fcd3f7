"""The present state of a lab and its run, which can be a long one."""

import logging
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from ...errors import NeurolabError
from ...experiment.experiment import Experiment
from ...experiment.result import Result
from ...experiment.simulate import simulate
from .edit import Change, State
from .keys import Key
from .runner import Runner
from .undo_stack import History

_LOG = logging.getLogger(__name__)
SURPRISE = (
    "The lab could not work with this. It has been set aside; the picture shows the last good run."
)
"""Message about an error that is no `NeurolabError`."""


class Step(NamedTuple):
    """A change whose run is under way, and the state before it."""

    key: Key | None
    change: Change | None
    before: State
    history: History


OnEnd: TypeAlias = Callable[[Step, str], object]
"""Called when a long run ends: with its last change, and with an error if the run failed."""


class PresentRun:
    """The present state, the last valid result, and the run that leads from one to the other.

    Parameters
    ----------
    experiment : Experiment
    on_end : callable
        ``on_end(step, error)`` after a long run; the error is empty if there is a result. If the
        run failed, the state is that before the change again.

    Attributes
    ----------
    state : State
    history : History
    result : Result
    runner : Runner
    """

    def __init__(self, experiment: Experiment, on_end: OnEnd) -> None:
        self.state = State(experiment, experiment)
        self.history = History()
        self.result = simulate(experiment)
        self.runner = Runner()
        self._on_end = on_end
        self._under_way: tuple[Step, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether the result is that of the state."""
        return self.state.experiment == self.result.experiment

    def go(
        self,
        state: State,
        history: History,
        key: Key | None = None,
        change: Change | None = None,
    ) -> None:
        """Take a state, and its result as soon as there is one.

        Parameters
        ----------
        state : State
        history : History
            The history of the new state.
        key : tuple, optional
            The control that caused this.
        change : callable, optional
            Its change, which is tried again later if its run fails.

        Raises
        ------
        NeurolabError
            It cannot be simulated; nothing is changed.
        """
        step = Step(key, change, self.state, self.history)
        if state.experiment == self.result.experiment:
            self.runner.stop()
            result: Result | None = self.result
        else:
            result = self.runner.run(state.experiment, self._finished)
        self.state = state
        self.history = history
        if result is None:
            self._under_way = (*self._under_way, step)
        else:
            self.result = result
            self._under_way = ()

    def run_again(self) -> None:
        """Start the run of the state, after it was stopped."""
        self.runner.begin(self.state.experiment, self._finished)

    def _finished(self, outcome: Result | Exception) -> None:
        """Take the result of a long run, or go back to the state before it."""
        steps = self._under_way
        self._under_way = ()
        if isinstance(outcome, Result):
            self.result = outcome
            self._on_end(steps[-1], "")
        else:
            self._take_back(steps, outcome)

    def _take_back(self, steps: tuple[Step, ...], error: Exception) -> None:
        """Go back to the state before the last gesture, whose run failed."""
        last = steps[-1]
        if isinstance(error, NeurolabError):
            advice = error.advice
        else:
            _LOG.error("the run after an edit of %s failed", last.key, exc_info=error)
            advice = SURPRISE
        first = len(steps) - 1
        while first and steps[first - 1].key == last.key:
            first -= 1
        self.state = steps[first].before
        self.history = steps[first].history
        if first:  # earlier changes have no result yet either
            self._under_way = steps[:first]
            self.run_again()
        self._on_end(last, advice)
