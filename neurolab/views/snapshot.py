"""What the store shows the panels."""

from dataclasses import dataclass

from ..lab.experiment import Experiment
from ..lab.result import Result
from .keys import LOADING


@dataclass(frozen=True)
class Snapshot:
    """The state of a lab at a moment.

    Attributes
    ----------
    experiment : Experiment
        The last one that could be simulated.
    result : Result
        Its result, or as much of it as may be seen.
    errors : dict
        Key of a control → what is wrong with what it holds.
    source : tuple or None
        Key of the control whose edit led here; None after undo, redo and loading, when every control must follow.
    stopped : bool
        Whether the run of what the controls hold was stopped.
    hidden_after : float or None
        In ms, where the result is cut because someone predicts the rest.
    """

    experiment: Experiment
    result: Result
    errors: dict
    source: tuple | None
    stopped: bool = False
    hidden_after: float | None = None

    @property
    def stale(self):
        """Whether a control holds something that the pictures do not show."""
        return self.stopped or bool(self.errors.keys() - {LOADING})

    @property
    def loading_error(self):
        """What was wrong with what was loaded last; empty if nothing was."""
        return self.errors.get(LOADING, "")
