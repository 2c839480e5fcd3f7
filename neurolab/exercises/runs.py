"""Runs of a student's experiments, within a limit of computing time."""

from functools import lru_cache

import numpy as np

from ..errors import BlowUpError, LimitError, NeurolabError, ParseError
from ..experiment.checked import check, step_count
from ..experiment.experiment import Experiment
from ..experiment.result import Result
from ..experiment.simulate import simulate
from .curves import AbsentError

_MOST_WORK = 20_000_000  # steps × neurons: about a second
_OF_A_STEP = 1000  # the cost of a step itself, in neurons
_MOST_PARTS = 30  # groups and connections


@lru_cache(maxsize=8)
def run(experiment: Experiment) -> Result:
    """Simulate an experiment; the last few results are cached.

    Raises
    ------
    BlowUpError
        A variable is infinite or not a number at some time, even if a reset ends that.
    NeurolabError
        It cannot be simulated.
    """
    result = simulate(experiment)
    for group in experiment.neurons:
        for state in result.states[group.name]:
            if not np.isfinite(result.trace(group.name, state)).all():
                raise BlowUpError(
                    f"{state} of {group.name} grew beyond all bounds.",
                    mend="Look for a growing term in the equations, or for a division by zero.",
                )
    return result


def experiment_of(plain: object) -> Experiment:
    """Read an experiment from a page or a file, and check that it may be run.

    Raises
    ------
    NeurolabError
        It is not an experiment, or a run would take too long.
    """
    try:
        experiment = Experiment.from_dict(plain)
        check_cost(experiment)
    except NeurolabError:
        raise
    except (TypeError, ValueError, OverflowError, RecursionError, AttributeError):
        raise ParseError(
            "This is not a network of the lab.",
            where="answer",
            mend="Give one as the lab saves it.",
        ) from None
    return experiment


def check_cost(experiment: Experiment) -> None:
    """Refuse an experiment that cannot be simulated or would take too long."""
    if len(experiment.groups) + len(experiment.connections) > _MOST_PARTS:
        raise LimitError(
            f"The network has too many parts to be checked. At most {_MOST_PARTS} are allowed."
        )
    check(experiment)
    work = step_count(experiment) * (_OF_A_STEP + sum(group.size for group in experiment.groups))
    if work > _MOST_WORK:
        raise LimitError(
            "The network takes too long to be checked.",
            mend="Choose a shorter run, or fewer neurons.",
        )


def check_groups(experiment: Experiment, start: Experiment) -> None:
    """Refuse an experiment in which a group of the start is missing or of another kind."""
    kinds = {group.name: type(group) for group in experiment.groups}
    for group in start.groups:
        if kinds.get(group.name) is not type(group):
            raise AbsentError(
                f"There is no group '{group.name}' any more.", mend="Begin again from the start."
            )
