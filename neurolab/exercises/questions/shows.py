"""An experiment that must show something."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from ...errors import BlowUpError, LimitError
from ...experiment.experiment import Experiment
from ..changes import check_changes
from ..curves import AbsentError
from ..properties import Property, check_sights, properties_of
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
    properties : tuple of Property
        All of them must hold.
    only : tuple of str
        The settings that may be changed, as in `neurolab.exercises.changes`; empty: all.
    example : Experiment
        One that passes.
    """

    properties: tuple[Property, ...]
    only: tuple[str, ...] = ()
    example: Any = None

    @classmethod
    def from_table(cls, table: Table, start: Experiment | None) -> Self:
        """Read the table; its ``solution`` is a table of edits to the start."""
        start = network_of(start)
        table = dict(table)
        example = edited(start, table.pop("solution"))
        found = built(
            cls, table, properties=properties_of(table.pop("check"), start), example=example
        )
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
        """Check all properties."""
        return judged(self.properties, given)

    def solution(self, start: Experiment | None) -> Answer:
        """Return the example, with lists as in a file."""
        return {"experiment": json.loads(json.dumps(self.example.to_dict()))}


def judged(properties: Iterable[Property], experiment: Experiment) -> tuple[bool, str]:
    """Check whether all properties hold for an experiment.

    The sentences are those of the properties that do not hold; if all hold, those of all.
    """
    try:
        sights = [each.see(run(experiment)) for each in properties]
    except (AbsentError, BlowUpError, LimitError) as error:  # by what the student changed
        return False, error.advice
    check_sights(sights)
    failing = [sight for sight in sights if not sight.holds]
    return not failing, " ".join(dict.fromkeys(sight.words for sight in failing or sights))
