"""What the store shows the panels."""

import logging
from dataclasses import dataclass
from functools import cached_property

from ...experiment.experiment import Experiment
from ...experiment.result import Result
from ...explain.notices import notices
from .keys import LOADING

_LOG = logging.getLogger(__name__)


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
    waiting : frozenset
        Keys of controls that hold what cannot be taken as it is; it may still be on its way to being right.
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
    waiting: frozenset
    source: tuple | None
    stopped: bool = False
    hidden_after: float | None = None

    @property
    def stale(self):
        """Whether a control holds something that the pictures do not show."""
        return self.stopped or bool(self.errors.keys() - {LOADING})

    @property
    def typing(self):
        """Whether a person may be typing: a text that says what the experiment holds, in whatever way, stays as it is."""
        return self.source is not None

    def wrong(self, key):
        """What is said beside a control: None where it is to show what the experiment holds.

        Empty where a person is typing: nothing is said yet, and what the control holds is not to be written over.
        """
        return self.errors.get(key, "" if key in self.waiting else None)

    @cached_property
    def _notices(self) -> dict[tuple, str]:
        try:
            return notices(self.experiment)
        except Exception:  # the controls must follow all the same
            _LOG.exception("the notices on an experiment failed")
            return {}

    def notice(self, key: tuple) -> str:
        """What is said beside a control whose input is valid; empty for nothing."""
        return self._notices.get(key, "")

    @property
    def loading_error(self):
        """What was wrong with what was loaded last; empty if nothing was."""
        return self.errors.get(LOADING, "")
