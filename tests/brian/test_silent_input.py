"""Input that can have no effect in a run is named in a warning; what a teacher writes on purpose is not."""

import warnings
from pathlib import Path

import pytest

from neurolab import *  # noqa: F403
from neurolab.brian.magic import defaultclock
from neurolab.experiment.presets import PRESETS
from neurolab.exports.script import to_script

CORRECTNESS = Path(__file__).parents[1] / "correctness"
MEANT = {"empirical_threshold_state"}  # its refractory period lies between two steps
PROGRAMS = sorted(
    path
    for folder in ("programs", "options", "operations")
    for path in (CORRECTNESS / folder).glob("*.py")
    if path.stem not in MEANT
)
HELD = "dV/dt = 0*volt/second : volt"
DECAY = "dV/dt = -V/(5*ms) : volt"


def bare():
    source = SpikeGeneratorGroup(1, [(0, 1), (0, 4)])
    Network(source, SpikeMonitor(source)).run(10 * ms)


def late():
    Network(SpikeGeneratorGroup(2, [(0, 1 * ms), (1, 20 * ms)])).run(10 * ms)


def past():
    source = SpikeGeneratorGroup(1, [(0, 1 * ms)])
    network = Network(source)
    network.run(10 * ms)
    source.spiketimes = [(0, 1 * ms), (0, 3 * ms)]
    network.run(10 * ms)


def joined_late():
    cell = NeuronGroup(1, DECAY)
    network = Network(cell)
    network.run(10 * ms)
    source = SpikeGeneratorGroup(1, [(0, 1 * ms), (0, 12 * ms)])
    link = Connection(source, cell, "V", weight=1 * mV)
    network.add(source, link)
    network.run(10 * ms)


def still():
    Network(NeuronGroup(1, HELD, threshold=10 * mV, reset=0 * mV)).run(1 * ms)


def decayed():
    Network(NeuronGroup(1, DECAY, threshold="V > 10*mV", reset=0 * mV)).run(1 * ms)


def no_threshold():
    Network(NeuronGroup(1, DECAY, reset=0 * mV)).run(1 * ms)


def refractory():
    Network(NeuronGroup(1, DECAY, refractory=2 * ms)).run(1 * ms)


def blank():
    source, cell = SpikeGeneratorGroup(1, [(0, 0 * ms)]), NeuronGroup(1, DECAY)
    link = Connection(source, cell, "V")
    Network(source, cell, link).run(1 * ms)


def no_rates():
    Network(PoissonGroup(10)).run(1 * ms)


def rare_values():
    cell = NeuronGroup(1, DECAY)
    Network(cell, StateMonitor(cell, "V", record=True, timestep=200)).run(10 * ms)


def wide_bin():
    source = SpikeGeneratorGroup(1, [(0, 1 * ms)])
    Network(source, PopulationRateMonitor(source, bin=20 * ms)).run(10 * ms)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (rare_values, "records only every 200th step, and this run has 100 steps"),
        (
            wide_bin,
            "bins of 20 ms, which is longer than this run [(]10 ms[)]. Its rate is .* too low",
        ),
        (bare, "read in seconds.*Write 1[*]ms"),
        (late, "neuron 1 does not fire in this run.*20 ms"),
        (past, "spike at 3 ms lies before the present time"),
        (joined_late, "spike at 1 ms lies before the present time"),
        (still, "nothing changes V"),
        (decayed, "nothing changes V"),
        (no_threshold, "reset but no threshold"),
        (refractory, "refractory period but no threshold"),
        (blank, "no weight was set"),
        (no_rates, "no rates were given"),
    ],
)
def test_input_without_effect_is_named_once_at_the_line_that_runs(act, words):
    with pytest.warns(NeurolabWarning, match=words) as seen:
        act()
    assert [str(each.message) for each in seen if each.category is not NeurolabWarning] == []
    assert len(seen) == 1
    assert seen[0].filename == __file__


def zero_weight():
    source, cell = SpikeGeneratorGroup(1, [(0, 0 * ms)]), NeuronGroup(1, DECAY)
    link = Connection(source, cell, "V")
    link[0, 0] = 0 * mV
    Network(source, cell, link).run(1 * ms)


def two_runs():
    network = Network(SpikeGeneratorGroup(1, [(0, 15 * ms)]))
    network.run(10 * ms)
    network.run(10 * ms)


def rare_values_of_two_runs():
    cell = NeuronGroup(1, DECAY)
    network = Network(cell, StateMonitor(cell, "V", record=True, timestep=100))
    network.run(6 * ms)
    network.run(6 * ms)


def last_step_only():
    cell = NeuronGroup(1, DECAY)
    Network(cell, StateMonitor(cell, "V", record=True, timestep=50)).run(10 * ms)


def driven():
    Network(
        NeuronGroup(1, "dV/dt = (20*mV - V)/(5*ms) : volt", threshold=10 * mV, reset=0 * mV)
    ).run(1 * ms)


def set_by_an_operation():
    cell = NeuronGroup(1, HELD, threshold=10 * mV, reset=0 * mV)

    @network_operation
    def push():
        cell.V = 20 * mV

    Network(cell, push).run(1 * ms)


@pytest.mark.parametrize(
    "act",
    [zero_weight, two_runs, rare_values_of_two_runs, last_step_only, driven, set_by_an_operation],
)
def test_what_may_be_meant_is_not_warned_of(act):
    with warnings.catch_warnings():
        warnings.simplefilter("error", NeurolabWarning)
        act()


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_a_recorded_program_gives_no_warning(path):
    defaultclock.start_over()
    with warnings.catch_warnings():
        warnings.simplefilter("error", NeurolabWarning)
        exec(compile(path.read_text(), str(path), "exec"), {})


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "balanced"])
def test_a_starting_point_as_a_program_gives_no_warning(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error", NeurolabWarning)
        exec(compile(to_script(PRESETS[name].experiment), name, "exec"), {})


def test_a_run_within_a_function_does_not_speak_of_monitors_outside():
    program = """
from neurolab import *
cell = NeuronGroup(1, 'dV/dt = -V/(5*ms) : volt')
before = StateMonitor(cell, 'V', record=True)
run(1*ms)

def again():
    other = NeuronGroup(1, 'dV/dt = -V/(5*ms) : volt')
    after = StateMonitor(other, 'V', record=True)
    run(2*ms)
    return len(after.times), len(before.times)

found = again()
"""
    names = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error", NeurolabWarning)
        exec(compile(program, "program", "exec"), names)
    assert names["found"] == (20, 10)
