"""Notices beside controls: input that is valid and does not do what it seems to do, and nothing else."""

from dataclasses import replace

import pytest

from neurolab.exercises.loading import load, names
from neurolab.experiment.edits import (
    set_connection,
    set_neurons,
    set_parameter,
    set_run,
    set_size,
    set_spikes,
    set_weight,
)
from neurolab.experiment.experiment import Experiment, Inputs, Neurons, Parameter, Synapses
from neurolab.experiment.presets import BALANCED, PRESETS, TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.explain.notices import notices

from ..experiment.any_network import any_network

SPIKES = ("spikes", "inputs", 0)
STARTS = {
    f"{name}/{exercise.name}": exercise.start
    for name in names()
    for exercise in load(name).exercises
    if exercise.start
}


def spikes(*times, experiment=TUTORIAL):
    return notices(set_spikes(experiment, "inputs", 0, times))


@pytest.mark.parametrize(
    "experiment", [preset.experiment for preset in PRESETS.values()], ids=list(PRESETS)
)
def test_the_presets_have_no_notice(experiment):
    assert notices(experiment) == {}


@pytest.mark.parametrize("experiment", STARTS.values(), ids=list(STARTS))
def test_the_starts_of_exercises_have_no_notice(experiment):
    assert notices(experiment) == {}


@pytest.mark.parametrize(
    "experiment",
    [
        set_weight(TUTORIAL, "C1", 0, 0, 0.0),
        set_weight(set_weight(TUTORIAL, "C1", 0, 0, 0.0), "C2", 1, 0, 0.0),
        set_spikes(TUTORIAL, "inputs", 0, ()),
        set_spikes(set_spikes(TUTORIAL, "inputs", 0, ()), "inputs", 1, ()),
        set_neurons(TUTORIAL, "target", threshold="", reset=""),
        set_size(TUTORIAL, "inputs", 5),
        set_size(TUTORIAL, "target", 3),
        set_parameter(TUTORIAL, "Vt", 1000.0),
        set_parameter(TUTORIAL, "Vt", -5.0),
        set_run(TUTORIAL, dt=0.05),
        set_run(TUTORIAL, duration=100.0),
        set_neurons(TUTORIAL, "target", threshold="Vb > Vt", reset="Vb = Vr"),
        set_connection(TUTORIAL, "C1", delay=0.3),
        set_connection(BALANCED, "Ce", delay=1.5),
    ],
)
def test_states_that_teach_something_have_no_notice(experiment):
    assert notices(experiment) == {}


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ((1.0, 12.0), "The spike at 12 ms comes after the end of the run (10 ms)."),
        ((10.0,), "The spike at 10 ms comes after the end of the run (10 ms)."),
        ((9.95,), "The spike at 9.95 ms comes after the end of the run (10 ms)."),
        (
            (12.0, 14.0, 1.0),
            "2 spikes come after the end of the run (10 ms), the first of them at 12 ms.",
        ),
        (
            (1.25,),
            "The spike at 1.25 ms falls between two time steps. It fires at the next one, 1.3 ms.",
        ),
        (
            (1.25, 2.11, 3.0),
            "2 spikes fall between two time steps and fire at the next one: the one at 1.25 ms fires at 1.3 ms.",
        ),
        (
            (1.22, 1.25),
            "The spikes at 1.22, 1.25 ms fall into one time step of 0.1 ms and count as one.",
        ),
        (
            (1.22, 1.25, 2.22, 2.25),
            "The spikes at 1.22, 1.25 ms fall into one time step of 0.1 ms and count as one. "
            "Later spikes share a time step too.",
        ),
    ],
)
def test_spikes_that_never_fire_or_fire_later_are_told(times, said):
    assert spikes(*times) == {SPIKES: said}


@pytest.mark.parametrize("step", range(100))
def test_every_time_on_the_grid_is_on_the_grid_whatever_its_float(step):
    assert spikes(step * 0.1) == spikes(float(f"{step / 10}")) == {}


@pytest.mark.parametrize("time", [0.03, 1.25, 3.99, 9.85])
def test_a_spike_between_two_steps_fires_when_the_notice_says(time):
    experiment = set_spikes(TUTORIAL, "inputs", 0, (time,))
    fired = simulate(experiment).spikes("inputs")
    when = [1e3 * at for neuron, at in zip(*fired) if neuron == 0]
    assert f"{when[0]:.12g} ms." in notices(experiment)[SPIKES]


def test_a_shorter_run_leaves_spikes_after_its_end_which_are_told():
    assert notices(set_run(TUTORIAL, duration=3.5)) == {
        SPIKES: "The spike at 4 ms comes after the end of the run (3.5 ms)."
    }


def test_spikes_that_repeat_do_not_end():
    inputs = replace(TUTORIAL.group("inputs"), period=5.0)
    assert notices(set_run(TUTORIAL.with_group(inputs), duration=3.5)) == {}


QUIET = "dVa/dt = -Va/tau_a : volt\ndVb/dt = -Vb/tau_b : volt\ndVc/dt = -Vc/tau_a : volt"
NEVER = ("threshold", "target")


def with_threshold(threshold, equations=QUIET):
    return set_neurons(TUTORIAL, "target", equations=equations, threshold=threshold, reset="")


@pytest.mark.parametrize("threshold", ["Vc > Vt", "Vc + 2*Vc > Vt", "Vc >= Vt", "abs(Vc) > Vt"])
def test_a_threshold_on_a_variable_that_nothing_moves_is_told(threshold):
    experiment = with_threshold(threshold)
    assert notices(experiment) == {
        NEVER: "Nothing changes Vc: it starts at rest and no connection that can fire adds to it. "
        "So this threshold is never reached."
    }
    assert len(simulate(experiment).spikes("target")[0]) == 0


@pytest.mark.parametrize(
    "experiment",
    [
        with_threshold("Va > Vt"),
        with_threshold("Va + Vc > Vt"),
        with_threshold("Vc < Vt"),
        with_threshold("t > 5*ms"),
        with_threshold("Vc > Vt", QUIET.replace("-Vc/tau_a", "(Va - Vc)/tau_a")),
        with_threshold("Vc > Vt", QUIET.replace("-Vc/tau_a", "(11*mV - Vc)/tau_a")),
        with_threshold("Vc > Vt", QUIET.replace("-Vc/tau_a", "-Vc/tau_a + mV*xi/tau_a**0.5")),
        with_threshold("Vd > Vt", QUIET + "\nVd = Va + Vc : volt"),
        with_threshold("Vc > Vt").with_group(
            replace(with_threshold("Vc > Vt").group("target"), initial=(("Vc", (12.0,)),))
        ),
    ],
)
def test_a_threshold_that_something_can_move_has_no_notice(experiment):
    assert notices(experiment) == {}


def test_a_threshold_on_a_sum_that_nothing_moves_is_told():
    assert set(notices(with_threshold("Vd > Vt", QUIET + "\nVd = 2*Vc : volt"))) == {NEVER}


def test_a_connection_from_neurons_that_never_fire_is_told():
    silent = Neurons("silent", 1, "dV/dt = -V/tau_a : volt")
    experiment = replace(
        TUTORIAL,
        groups=(*TUTORIAL.groups, silent),
        connections=(*TUTORIAL.connections, Synapses("C3", "silent", "target", "Va", ((5.0,),))),
    )
    assert notices(experiment) == {
        ("state", "C3"): "silent has no threshold and never fires, so C3 never adds anything."
    }


def test_inputs_without_a_connection_are_told():
    more = replace(TUTORIAL, groups=(*TUTORIAL.groups, Inputs("more", ((1.0,),))))
    assert notices(more) == {
        ("size", "more"): "No connection starts at more, so its spikes have no effect."
    }


@pytest.mark.parametrize(
    ("delay", "arrives"),
    [(0.27, 0.3), (0.25, 0.3), (0.21, 0.3), (0.15, 0.2), (0.05, 0.1), (0.01, 0.1)],
)
def test_a_delay_between_two_steps_is_told_with_the_next_step(delay, arrives):
    assert notices(set_connection(TUTORIAL, "C1", delay=delay)) == {
        (
            "delay",
            "C1",
        ): f"{delay:g} ms is not a whole number of time steps. Each spike arrives after {arrives:g} ms."
    }


@pytest.mark.parametrize("delay", [0.3, 0.1 + 0.2, 0.7, 1.1, 2.3, 3 * 0.1])
def test_a_delay_of_whole_steps_has_no_notice_whatever_its_rounding_error(delay):
    assert notices(set_connection(TUTORIAL, "C1", delay=delay)) == {}


def test_a_delay_beyond_the_end_is_told():
    assert notices(set_connection(TUTORIAL, "C1", delay=12.0)) == {
        ("delay", "C1"): "With this delay, no spike arrives before the end of the run (10 ms)."
    }


@pytest.mark.parametrize("refractory", [0.27, 0.25, 0.21])
def test_a_refractory_period_between_two_steps_is_told_with_the_next_step(refractory):
    held = TUTORIAL.with_group(replace(TUTORIAL.group("target"), refractory=refractory))
    assert notices(held) == {
        (
            "run",
            "dt",
        ): f"The refractory period of target ({refractory:g} ms) is not a whole number of "
        "time steps. It lasts 0.3 ms."
    }


def test_a_duration_between_two_steps_is_told_with_the_next_step():
    assert notices(set_run(TUTORIAL, duration=10.05)) == {
        (
            "run",
            "duration",
        ): "10.05 ms is not a whole number of time steps. The run has 101 steps and lasts 10.1 ms."
    }


@pytest.mark.parametrize("seed", range(30))
def test_any_network_gets_its_notices_and_no_threshold_that_is_reached_is_called_unreachable(seed):
    experiment = any_network(seed)
    for key in notices(experiment):
        if key[0] == "threshold":
            assert len(simulate(experiment).spikes(key[1])[0]) == 0


def test_a_current_that_is_a_value_of_each_neuron_counts():
    lif = Neurons(
        "cell",
        2,
        "dV/dt = (I - V)/tau : volt\nI : volt",
        "V > 10*mV",
        "V = 0*mV",
        initial=(("I", (20.0, 0.0)),),
    )
    experiment = Experiment((lif,), parameters=(Parameter("tau", 5.0, "ms"),))
    assert notices(experiment) == {}
    assert len(simulate(experiment).spikes("cell")[0]) > 0
    quiet = experiment.with_group(replace(lif, initial=()))
    assert set(notices(quiet)) == {("threshold", "cell")}
