"""How long the tutorial's network takes to run again after an edit, beside as many bare numpy calls as it has steps."""

import time

import numpy as np

from neurolab.experiment.edits import set_parameter, set_spikes, set_weight
from neurolab.experiment.presets import TUTORIAL
from neurolab.experiment.simulate import simulate
from tests.benchmarks.report import add, table

EDITS = {
    "time constant": lambda k: set_parameter(TUTORIAL, "tau_a", 1.0 + 1e-3 * k),
    "weight": lambda k: set_weight(TUTORIAL, "C1", 0, 0, 6.0 + 1e-3 * k),
    "spike time": lambda k: set_spikes(TUTORIAL, "inputs", 0, (1.0 + 1e-3 * k, 4.0)),
}
ROUNDS, REPEATS = 15, 100


def microseconds(call):
    """Mean time of a call that is given a new number each time, in the round that was disturbed least."""
    numbers = iter(range(1, ROUNDS * REPEATS + REPEATS + 1))
    for _ in range(REPEATS):
        call(next(numbers))
    rounds = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for _ in range(REPEATS):
            call(next(numbers))
        rounds.append((time.perf_counter() - begin) / REPEATS * 1e6)
    return min(rounds)


def bare_steps(_):
    """What a loop over the 100 steps costs when it does nothing but one product and one comparison a step."""
    state, matrix = np.ones((2, 1)), np.eye(2)
    for _ in range(100):
        state = matrix @ state
        state[0] > 10


def test_a_rerun_after_an_edit_costs_less_than_a_bare_loop_over_the_steps():
    bare = microseconds(bare_steps)
    reruns = {
        edit: microseconds(lambda k, change=change: simulate(change(k)))
        for edit, change in EDITS.items()
    }
    add(
        "2 rerun edits",
        "The tutorial again after an edit, build and all, beside a bare numpy loop over its steps",
        table(
            ("edit of a", "µs", "bare loop = 1"),
            [(edit, f"{each:.0f}", f"{each / bare:.2f}") for edit, each in reruns.items()],
        ),
    )
    assert max(reruns.values()) < 2 * bare
