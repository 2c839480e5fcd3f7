"""The state of a lab that the store shows to the panels."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ...experiment.experiment import Experiment
from ...experiment.result import Result
from ...explain.notices import notices
from ...grid import Ms
from .keys import LOADING, Key

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Snapshot:
    """The state of a lab at a moment.

    Attributes
    ----------
    experiment : Experiment
        The last one that could be simulated.
    result : Result
        Its result, or the visible part of it.
    errors : dict
        Key of a control → message about the invalid input in it.
    waiting : frozenset
        Keys of controls with invalid input; it may be a text that is still being typed.
    source : tuple or None
        Key of the control whose edit led here; None after undo, redo and loading, when every
        control must follow.
    stopped : bool
        Whether the run of the present experiment was stopped.
    hidden_after : float or None
        In ms: the result ends here, because a person predicts the rest.
    """

    experiment: Experiment
    result: Result
    errors: Mapping[Key, str]
    waiting: frozenset[Key]
    source: Key | None
    stopped: bool = False
    hidden_after: Ms | None = None

    @property
    def stale(self) -> bool:
        """Whether a control holds something that the plots do not show."""
        return self.stopped or bool(self.errors.keys() - {LOADING})

    @property
    def typing(self) -> bool:
        """Whether a person may be typing: then a field keeps a text that means the same."""
        return self.source is not None

    def wrong(self, key: Key) -> str | None:
        """Return the error of a control.

        Parameters
        ----------
        key : tuple

        Returns
        -------
        str or None
            None: the control must show the value of the experiment. Empty: a person is typing, so
            there is no message yet, and the control must keep its text.
        """
        return self.errors.get(key, "" if key in self.waiting else None)

    @cached_property
    def _notices(self) -> dict[Key, str]:
        try:
            return dict(notices(self.experiment).items())
        except Exception:  # the controls must follow nevertheless
            _LOG.exception("the notices on an experiment failed")
            return {}

    def notice(self, key: Key) -> str:
        """Return the notice beside a control with valid input; empty if there is none."""
        return self._notices.get(key, "")

    @property
    def loading_error(self) -> str:
        """The error of the last loading; empty if it succeeded."""
        return self.errors.get(LOADING, "")
