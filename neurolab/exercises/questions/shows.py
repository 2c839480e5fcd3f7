"""An experiment that must show something."""

import json
from dataclasses import dataclass
from typing import Any

from ...errors import BlowUpError, LimitError
from ..changes import check_changes
from ..curves import AbsentError
from ..properties import check_sights, properties_of
from ..runs import check_groups, experiment_of, run
from ..starts import edited
from ..tables import built
from .entries import entry, is_blank


@dataclass(frozen=True)
class Shows:
    """What is asked is a network; it is judged by what it does.

    Attributes
    ----------
    properties : tuple
        What must hold; see `neurolab.exercises.properties`.
    only : tuple of str
        What may differ from the start, as `neurolab.exercises.changes` names it; empty: anything.
    example : Experiment
        One that passes.
    """

    properties: tuple[Any, ...]
    only: tuple[str, ...] = ()
    example: Any = None

    @classmethod
    def from_table(cls, table, start):
        """Read it; its ``solution`` is a table of edits to the start."""
        table = dict(table)
        example = edited(start, table.pop("solution"))
        found = built(
            cls, table, properties=properties_of(table.pop("check"), start), example=example
        )
        check_changes(start, example, found.only)
        return found

    def is_empty(self, answer):
        """Whether there is no network."""
        return is_blank(answer, "experiment")

    def read(self, answer, start):
        """The experiment, which can be simulated and differs from the start in nothing but what may be changed."""
        experiment = experiment_of(entry(answer, "experiment"))
        check_groups(experiment, start)
        check_changes(start, experiment, self.only)
        run(experiment)
        return experiment

    def judge(self, given, start):
        """Whether everything holds, and what was seen: of all that does not hold, or of everything."""
        return judged(self.properties, given)

    def solution(self, start):
        """The example."""
        return {
            "experiment": json.loads(json.dumps(self.example.to_dict()))
        }  # lists, as in a file, not tuples


def judged(properties, experiment):
    """Look at an experiment: whether all properties hold, and sentences on those that do not, else on all."""
    try:
        sights = [each.see(run(experiment)) for each in properties]
    except (AbsentError, BlowUpError, LimitError) as error:  # by what the student changed
        return False, error.advice
    check_sights(sights)
    failing = [sight for sight in sights if not sight.holds]
    return not failing, " ".join(dict.fromkeys(sight.words for sight in failing or sights))
