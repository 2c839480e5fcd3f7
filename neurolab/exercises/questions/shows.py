"""An experiment that must show something."""

import json
from dataclasses import dataclass
from typing import Any, Self

from ...experiment.experiment import Experiment
from ..changes import check_changes
from ..checks import Checks, checks_of
from ..runs import check_groups, experiment_of, run
from ..starts import edited
from ..tables import Table, built
from .entries import entry, is_blank
from .question import Answer, Question, network_of


@dataclass(frozen=True)
class Shows(Question[Experiment]):
    """A question for a network, which is judged by its behaviour.

    Attributes
    ----------
    checks : Checks
        All of them must hold.
    only : tuple of str
        The settings that may be changed, as in `neurolab.exercises.changes`; empty: all.
    example : Experiment
        One that passes.
    """

    checks: Checks
    only: tuple[str, ...] = ()
    example: Any = None

    @classmethod
    def from_table(cls, table: Table, start: Experiment | None) -> Self:
        """Read the table; its ``solution`` is a table of edits to the start."""
        start = network_of(start)
        table = dict(table)
        example = edited(start, table.pop("solution"))
        found = built(cls, table, checks=checks_of(table, start), example=example)
        check_changes(start, example, found.only)
        return found

    def is_empty(self, answer: Answer) -> bool:
        """Return whether there is no network."""
        return is_blank(answer, "experiment")

    def read(self, answer: Answer, start: Experiment | None) -> Experiment:
        """Return the experiment, which can be simulated and has only allowed changes."""
        start = network_of(start)
        experiment = experiment_of(entry(answer, "experiment"))
        check_groups(experiment, start)
        check_changes(start, experiment, self.only)
        run(experiment)
        return experiment

    def judge(self, given: Experiment, start: Experiment | None) -> tuple[bool, str]:
        """Check the behaviour of the network."""
        return self.checks.judge(given)

    def solution(self, start: Experiment | None) -> Answer:
        """Return the example, with lists as in a file."""
        return {"experiment": json.loads(json.dumps(self.example.to_dict()))}
