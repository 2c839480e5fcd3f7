"""Trials: the same answer under other conditions, and wrong ideas that a check recognises."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import BlowUpError, LimitError
from ..experiment.experiment import Experiment
from .curves import AbsentError
from .properties import check_sights, properties_of
from .properties.sight import Property
from .runs import run
from .starts import edited
from .tables import Table


@dataclass(frozen=True)
class Trial:
    """Properties that must hold after the answer's network was edited.

    A student sees one pattern of spikes; trials test the answer with others.

    Attributes
    ----------
    name : str
        The condition in words, such as ``'If only input 0 fires'``.
    edits : dict
        As in `neurolab.exercises.starts.edited`.
    properties : tuple of Property
    """

    name: str
    edits: Table
    properties: tuple[Property, ...]

    def check(self, experiment: Experiment) -> tuple[bool, str]:
        """Return whether the properties hold under the condition, and what was seen."""
        passed, words = _check(self.properties, edited(experiment, self.edits))
        return passed, f"{self.name}: {words}"


@dataclass(frozen=True)
class WrongIdea:
    """A wrong idea that is recognised because certain properties hold for the answer.

    Attributes
    ----------
    properties : tuple of Property
    says : str
        The wrong idea in words, without the right one.
    edits : dict
        Edits of the answer's network before the properties are tested.
    """

    properties: tuple[Property, ...]
    says: str
    edits: Table

    def is_seen(self, experiment: Experiment) -> bool:
        """Return whether an answer shows this idea."""
        return _check(self.properties, edited(experiment, self.edits))[0]


@dataclass(frozen=True)
class Checks:
    """The whole check of a network: its properties, the trials, and the wrong ideas."""

    properties: tuple[Property, ...]
    trials: tuple[Trial, ...] = ()
    wrong_ideas: tuple[WrongIdea, ...] = ()

    def judge(self, experiment: Experiment) -> tuple[bool, str]:
        """Return whether everything holds, and sentences on what was seen."""
        passed, words = _check(self.properties, experiment)
        results = [trial.check(experiment) for trial in self.trials] if passed else []
        failing = [said for holds, said in results if not holds]
        if passed and not failing:
            return True, words
        seen = failing[:1] if failing else [words]
        ideas = [idea.says for idea in self.wrong_ideas if idea.is_seen(experiment)]
        return False, " ".join([*seen, *ideas[:1]])


def checks_of(table: Table, start: Experiment) -> Checks:
    """Take the entries ``check``, ``trials`` and ``mistakes`` out of an exercise's table."""
    trials = tuple(
        Trial(each["name"], each.get("edits", {}), _tried(each, start))
        for each in table.pop("trials", [])
    )
    ideas = tuple(
        WrongIdea(_tried(each, start), each["says"], each.get("edits", {}))
        for each in table.pop("mistakes", [])
    )
    return Checks(properties_of(table.pop("check"), start), trials, ideas)


def _tried(table: Table, start: Experiment) -> tuple[Property, ...]:
    return properties_of(table["check"], edited(start, table.get("edits", {})))


def _check(properties: Iterable[Property], experiment: Experiment) -> tuple[bool, str]:
    """Check whether all properties hold for an experiment.

    The sentences are those of the properties that do not hold; if all hold, those of all.
    """
    try:
        sights = [each.see(run(experiment)) for each in properties]
    except (AbsentError, BlowUpError, LimitError) as error:  # caused by the student's change
        return False, error.advice
    check_sights(sights)
    failing = [sight for sight in sights if not sight.holds]
    return not failing, " ".join(dict.fromkeys(sight.words for sight in failing or sights))
