"""Exported programs, run by the real Brian 2, give the lab's traces."""

import re

import numpy as np
import pytest

from neurolab.errors import ParseError
from neurolab.experiment.simulate import simulate
from neurolab.exports.brian2 import to_brian2
from tests.benchmarks.report import add
from tests.correctness.test_recorded_programs import PROGRAMS as RECORDED
from tests.experiment.small_presets import SMALL
from tests.experiment.test_from_objects import describe, run_program
from tests.exports import edges, generated
from tests.exports.agreement import RELATIVE, difference, is_chaotic, traces
from tests.exports.record import PEERS, run_by_brian2

DRAWN = 400
WITHOUT_VALUE = re.compile("has no value|divides by zero")
"""Why a drawn formula may be refused."""
FIRST_SEED = 10_000


@pytest.fixture(scope="module", autouse=True)
def peers():
    assert PEERS.exists(), "the peers are not installed: make peers does it"


def farthest(experiments):
    """The largest difference of all experiments; fails where Brian 2 refuses a program or differs."""
    answers = run_by_brian2(
        {name: to_brian2(experiment) for name, experiment in experiments.items()}
    )
    found, wrong = 0.0, {}
    for name, experiment in experiments.items():
        if isinstance(answers[name], str):
            wrong[name] = answers[name]
            continue
        apart = difference(traces(simulate(experiment)), answers[name])
        if apart <= RELATIVE:
            found = max(found, apart)
        elif not (name.startswith("drawn") and is_chaotic(experiment)):
            wrong[name] = f"differs by {apart:.2g} of the peak"
    assert not wrong, "\n".join(f"{name}: {reason}" for name, reason in wrong.items())
    return found


def is_written(experiment):
    """Whether an experiment is written as a program; it may be refused for a formula that has no value."""
    try:
        to_brian2(experiment)
    except ParseError as error:
        if not WITHOUT_VALUE.search(str(error)):
            raise
        return False
    return True


def said(count, apart):
    return [
        f"{count} programs; the largest difference of a trace from the lab's is {apart:.1g} of its peak."
    ]


def test_brian_2_gives_the_traces_of_presets_and_recorded_programs():
    experiments = {**SMALL, **{name: describe(run_program(name)) for name in RECORDED[::2]}}
    add(
        "6 export",
        "Exported programs, run by Brian 2",
        said(len(experiments), farthest(experiments)),
    )


def test_brian_2_gives_the_traces_of_experiments_at_the_edges():
    add(
        "6 export edges",
        "Exported programs at the edges of the grammar",
        said(len(edges.EXACT), farthest(edges.EXACT)),
    )


def test_brian_2_gives_the_traces_of_formulas_drawn_from_the_whole_grammar():
    drawn = {
        f"drawn {seed}": experiment
        for seed, experiment, _ in generated.experiments(DRAWN, FIRST_SEED)
        if is_written(experiment)
    }
    assert len(drawn) > 0.95 * DRAWN
    add(
        "6 export drawn",
        "Exported programs with formulas drawn from the whole grammar",
        said(len(drawn), farthest(drawn)),
    )


def test_brian_2_runs_programs_with_noise_and_random_inputs():
    answers = run_by_brian2(
        {name: to_brian2(experiment) for name, experiment in edges.RANDOM.items()}
    )
    for name, answer in answers.items():
        assert not isinstance(answer, str), f"{name}: {answer}"
        assert all(np.isfinite(trace).all() for trace in answer), name
