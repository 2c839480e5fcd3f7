"""Programs that were never recorded give the same numbers here and in a second, naive simulator.

That one agrees with all that was recorded; so what it says of other programs of this kind is what the original would say.
"""

import numpy as np
import pytest

from neurolab.brian.magic import defaultclock
from tests.correctness import naive
from tests.correctness.random_programs import program
from tests.correctness.test_recorded_programs import (
    HERE,
    PROGRAMS,
    assert_spikes_equal,
    assert_traces_agree,
    recorded,
)

IMPORT = "from neurolab import *"
SEEDS = range(80)


def outputs(text, simulator):
    """The monitors of a program, run by ours or by the naive simulator."""
    naive.fresh()
    defaultclock.start_over()
    namespace = {}
    exec(compile(text.replace(IMPORT, f"from {simulator} import *"), "program", "exec"), namespace)
    return namespace["outputs"]


def assert_same_numbers(text):
    expected = outputs(text, naive.__name__)
    for name, monitor in outputs(text, "neurolab").items():
        other = expected[name]
        if isinstance(other, naive.SpikeMonitor):
            assert_spikes_equal(monitor, other.spikes)
        else:
            traces = {"times": np.array(other.times), **{str(i): other[i] for i in other.neurons}}
            assert_traces_agree(monitor, traces, 1e-9)


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_naive_simulator_agrees_with_the_recorded_figure(name, figures):
    text = (HERE / "programs" / f"{name}.py").read_text()
    for label, monitor in outputs(text, naive.__name__).items():
        figure = recorded(figures, name, label)
        if "spikes" in figure:
            assert_spikes_equal(monitor, figure["spikes"])
        else:
            assert_traces_agree(monitor, figure, 1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_program_gives_the_same_numbers_in_both_simulators(seed):
    assert_same_numbers(program(seed))


def test_the_random_programs_are_not_about_nothing():
    spikes = [len(outputs(program(seed), naive.__name__)["S"].spikes) for seed in SEEDS]
    assert sum(count > 0 for count in spikes) > len(spikes) / 4
    assert "Connection(G[" in "".join(map(program, SEEDS))
