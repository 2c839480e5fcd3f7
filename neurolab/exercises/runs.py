"""Runs of experiments that a student made, within the time that a check may take."""

from functools import lru_cache

from ..errors import LimitError, ParseError
from ..lab.experiment import Experiment
from ..lab.simulate import simulate
from ..lab.validate import step_count, validate
from .curves import AbsentError

_MOST_WORK = 20_000_000  # steps × neurons: a second or so
_OF_A_STEP = 1000  # what a step costs by itself, in neurons
_MOST_PARTS = 30  # groups and connections

run = lru_cache(maxsize=8)(simulate)
"""`simulate`, remembering the last few."""


def experiment_of(plain):
    """An experiment that may be run, from what a page or a file holds.

    Raises
    ------
    NeurolabError
        It is none, or a run would take too long.
    """
    try:
        experiment = Experiment.from_dict(plain)
        check_cost(experiment)
    except (TypeError, ValueError, OverflowError, RecursionError, AttributeError):
        raise ParseError("this is no network of the lab", where="answer", expected="one as the lab saves it") from None
    return experiment


def check_cost(experiment):
    """Refuse what cannot be simulated or would take too long."""
    if len(experiment.groups) + len(experiment.connections) > _MOST_PARTS:
        raise LimitError("the network has too many parts to be checked", expected=f"at most {_MOST_PARTS}")
    validate(experiment)
    work = step_count(experiment) * (_OF_A_STEP + sum(group.size for group in experiment.groups))
    if work > _MOST_WORK:
        raise LimitError("the network takes too long to be checked", mend="Choose a shorter run, or fewer neurons.")


def check_groups(experiment, start):
    """Refuse an experiment that lacks a group of the start, or has another kind of group in its place."""
    kinds = {group.name: type(group) for group in experiment.groups}
    for group in start.groups:
        if kinds.get(group.name) is not type(group):
            raise AbsentError(f"there is no group '{group.name}' any more", mend="Begin again from the start.")
