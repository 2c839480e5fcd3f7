"""Edits as values: which control made an edit, and what it changed from what to what."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

from ...experiment.experiment import Experiment
from ...explain.comparison import Difference, differences
from .keys import Key

_LOG = logging.getLogger(__name__)
_LONGEST_VALUE = 30
"""Longer values are shortened, such as equations."""

Change: TypeAlias = Callable[[Experiment], Experiment]
"""A function from `neurolab.experiment.edits` with its arguments; may raise a `NeurolabError`."""


class State(NamedTuple):
    """The part of a lab's state that undo restores."""

    experiment: Experiment
    start: Experiment
    """The experiment that a reset restores."""


@dataclass(frozen=True)
class Edit:
    """One step of the undo stack.

    Attributes
    ----------
    key : tuple or None
        The control that made the edit; None for loading and for a reset.
    before, after : State

    Examples
    --------
    >>> from neurolab.experiment.edits import set_parameter
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> slower = set_parameter(TUTORIAL, "tau_a", 2.0)
    >>> key = ("parameter", "tau_a")
    >>> Edit(key, State(TUTORIAL, TUTORIAL), State(slower, TUTORIAL)).text
    'tau_a: 1 → 2 ms'
    """

    key: Key | None
    before: State
    after: State

    @cached_property
    def text(self) -> str:
        """What changed, from what to what; it is computed when it is first read."""
        if self.key is None:
            if self.before.start is self.after.start:
                return "resetting all"
            title = self.after.start.title
            return f"starting from “{title}”" if title else "starting from another network"
        try:
            changes = differences(self.before.experiment, self.after.experiment)
        except Exception:  # undo must work nevertheless
            _LOG.exception("an edit of %s could not be described", self.key)
            changes = []
        if not changes:
            return "the last change"
        first, *rest = changes
        text = f"{first.what.replace(': ', ' ')}: {_from_to(first)}"
        if not rest:
            return text
        return f"{text}, and {len(rest)} more change{'' if len(rest) == 1 else 's'}"


def _from_to(change: Difference) -> str:
    """Write both values; a unit that they share is written once."""
    before, _, unit = change.before.rpartition(" ")
    if before and change.after.rpartition(" ")[2] == unit and " " not in before:
        return f"{_short(before)} → {_short(change.after)}"
    return f"{_short(change.before)} → {_short(change.after)}"


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[: _LONGEST_VALUE - 1]}…"
