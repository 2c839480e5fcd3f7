"""What happens in a time step, rule by rule (each measured on the original simulator)."""

from dataclasses import replace

import numpy as np
import pytest

from neurolab.experiment.edits import set_neurons, set_spikes, set_weight
from neurolab.experiment.experiment import Experiment, Inputs, Neurons, Parameter, Synapses
from neurolab.experiment.presets import TUTORIAL
from neurolab.experiment.simulate import simulate


def output_spikes(experiment, group="target"):
    return [round(time * 1e4) for time in simulate(experiment).spikes(group)[1]]


def peak(experiment, state):
    return simulate(experiment).trace("target", state).max() * 1e3


def test_a_spike_shows_in_its_own_step_at_full_height():
    result = simulate(TUTORIAL)
    assert result.trace("target", "Va")[0, 9] == 0
    assert result.trace("target", "Va")[0, 10] == pytest.approx(6e-3, rel=1e-15)
    assert result.times[10] == pytest.approx(1e-3)


def test_the_tutorial_peaks_are_as_measured_and_nothing_fires():
    assert peak(TUTORIAL, "Va") == pytest.approx(6.30, abs=0.005)
    assert peak(TUTORIAL, "Vb") == pytest.approx(5.71, abs=0.005)
    assert output_spikes(TUTORIAL) == []


@pytest.mark.parametrize(("weight", "spikes"), [(10.5, 0), (10.6, 1), (11.0, 1), (11.1, 2)])
def test_the_tutorial_neuron_fires_from_the_measured_weights_on(weight, spikes):
    assert len(output_spikes(set_weight(TUTORIAL, "C1", 0, 0, weight))) == spikes


@pytest.mark.parametrize(
    ("dt", "apart", "fires"),
    [(0.1, 0.1, True), (0.1, 0.2, False), (0.01, 0.37, True), (0.01, 0.5, False)],
)
def test_two_spikes_sum_to_a_firing_only_when_close_and_dt_shows(dt, apart, fires):
    experiment = replace(set_spikes(TUTORIAL, "inputs", 0, (1.0, 1.0 + apart)), dt=dt)
    assert bool(output_spikes(experiment)) is fires


def test_a_neuron_fires_one_step_after_the_input_that_lifts_it():
    assert output_spikes(
        set_weight(set_spikes(TUTORIAL, "inputs", 0, (1.0,)), "C1", 0, 0, 20.0)
    ) == [11]


def test_firing_resets_only_the_variable_of_the_threshold():
    result = simulate(set_weight(set_weight(TUTORIAL, "C1", 0, 0, 20.0), "C2", 0, 0, 3.0))
    assert result.trace("target", "Va")[0, 11] == 0
    assert result.trace("target", "Vb")[0, 11] == pytest.approx(3e-3 * np.exp(-0.01))


def test_what_arrives_on_the_reset_variable_in_the_step_of_firing_is_lost():
    lost = set_weight(set_spikes(TUTORIAL, "inputs", 0, (1.0, 1.1)), "C1", 0, 0, 20.0)
    assert output_spikes(lost) == [11]
    assert simulate(lost).trace("target", "Va")[0, 11] == 0


def test_the_threshold_must_be_exceeded_not_reached():
    at = set_neurons(
        TUTORIAL, "target", equations="dVa/dt = 0*Va/tau_a : volt\ndVb/dt = -Vb/tau_b : volt"
    )
    assert output_spikes(set_weight(set_spikes(at, "inputs", 0, (1.0,)), "C1", 0, 0, 10.0)) == []


def test_refractory_neurons_are_held_and_do_not_fire():
    experiment = set_neurons(
        set_spikes(TUTORIAL, "inputs", 0, tuple(1 + 0.5 * k for k in range(10))),
        "target",
        refractory=2.0,
    )
    experiment = set_weight(experiment, "C1", 0, 0, 20.0)
    assert output_spikes(experiment) == [11, 36]
    held = simulate(experiment).trace("target", "Va")[0]
    assert not held[11:32].any()  # the firing step and 20 more
    assert held[35] > 0


def test_a_spike_between_two_steps_fires_at_the_next_and_one_on_a_step_at_that_step():
    times = simulate(set_spikes(TUTORIAL, "inputs", 0, (1.3, 1.31, 2.05))).spikes("inputs")[1]
    assert {round(time * 1e4) for time in times} >= {13, 14, 21}


def test_two_spikes_of_one_neuron_in_one_step_count_once():
    assert peak(set_spikes(TUTORIAL, "inputs", 0, (1.0, 1.0, 0.95)), "Va") == pytest.approx(6.0)


def test_a_delayed_spike_arrives_whole_and_later():
    late = TUTORIAL.with_connection(replace(TUTORIAL.connection("C1"), delay=2.0))
    np.testing.assert_allclose(
        simulate(late).trace("target", "Va")[0, 20:],
        simulate(TUTORIAL).trace("target", "Va")[0, :-20],
        atol=1e-16,
    )


def test_a_period_repeats_the_spikes():
    again = TUTORIAL.with_group(replace(TUTORIAL.group("inputs"), period=5.0))
    assert sorted(round(time * 1e4) for time in simulate(again).spikes("inputs")[1]) == [
        10,
        20,
        30,
        40,
        60,
        70,
        80,
        90,
    ]


def test_stretches_give_what_single_steps_give():
    """Exponential Euler is exact for decays too; an equation that mentions time keeps it to one step at a time."""
    chain = Experiment(
        groups=(
            Inputs("inputs", ((1.0, 1.4, 6.0),)),
            Neurons("first", 2, "dV/dt = -V/tau : volt", "V > Vt", "V = 0*mV"),
            Neurons(
                "second",
                1,
                "dV/dt = -V/tau : volt\ndw/dt = 0*w/tau : 1",
                "V > Vt",
                "V = 0*mV; w += 1",
            ),
        ),
        connections=(
            Synapses("C1", "inputs", "first", "V", ((6.0, 11.0),)),
            Synapses("C2", "first", "second", "V", ((8.0,), (8.0,)), delay=0.5),
        ),
        parameters=(Parameter("tau", 5.0, "ms"), Parameter("Vt", 10.0, "mV")),
        duration=20.0,
    )
    stepped = set_neurons(
        chain,
        "second",
        equations="dV/dt = -V/tau : volt\ndw/dt = 0*w/tau + 0*t/tau**2 : 1",
        method="exponential_euler",
    )
    fast, slow = simulate(chain), simulate(stepped)
    assert output_spikes(chain, "second") == output_spikes(stepped, "second") != []
    np.testing.assert_allclose(fast.trace("second", "V"), slow.trace("second", "V"), atol=1e-15)
    assert fast.trace("second", "w")[0, -1] == len(output_spikes(chain, "second"))


def test_the_same_experiment_gives_the_same_bits():
    first, second = (simulate(replace(TUTORIAL, title=title)) for title in ("a", "b"))
    assert first.recorded["target"].tobytes() == second.recorded["target"].tobytes()


def test_a_neuron_may_fire_again_when_its_refractory_time_is_over():
    # Above threshold from the first step on; held at 0 mV up to 1 ms after each spike, and looked at in that very step.
    neurons = Neurons(
        "target", 1, "dV/dt = -V/(10*ms) : volt", "V > -1*mV", "V = 0*mV", refractory=1.0
    )
    assert output_spikes(Experiment((neurons,), duration=3.5)) == [0, 10, 20, 30]


def test_only_a_reset_of_one_variable_to_a_constant_is_held():
    driven = Neurons(
        "target",
        1,
        "dV/dt = (20*mV - V)/(5*ms) : volt\ndw/dt = -w/(50*ms) : volt",
        "V > 10*mV",
        "V = 1*mV",
        refractory=2.0,
    )
    held, free = (
        Experiment((replace(driven, reset=reset),), duration=8.0)
        for reset in ("V = 1*mV", "V = 1*mV; w += 1*mV")
    )
    first = output_spikes(held)[0]
    np.testing.assert_array_equal(simulate(held).trace("target", "V")[0, first : first + 21], 1e-3)
    # The other goes on towards 20 mV from where it was reset, and does not fire before 2 ms have passed.
    passed = np.arange(20) * 1e-4
    np.testing.assert_allclose(
        simulate(free).trace("target", "V")[0, first : first + 20],
        20e-3 - 19e-3 * np.exp(-passed / 5e-3),
        rtol=1e-12,
    )
    assert output_spikes(free)[:2] == [first, first + round(5e-3 * np.log(19 / 10) / 1e-4 + 0.5)]
