"""Paths as they are drawn: vertical jumps at the time of their events, up to the end of the run."""

from dataclasses import replace

import numpy as np
import pytest

from neurolab.experiment.edits import set_neurons, set_parameter, set_run, set_spikes, set_weight
from neurolab.experiment.presets import FREE_PLAY, ONE_CONNECTION, PRESETS, TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.explain.contributions import contributions
from neurolab.explain.drawn_paths import drawn, path, values_before

REFRACTORY = replace(
    ONE_CONNECTION,
    groups=(ONE_CONNECTION.groups[0], replace(ONE_CONNECTION.groups[1], refractory=2.0)),
)


def path_of(experiment, state, neuron=0):
    return path(simulate(experiment), experiment.neurons[0], state, neuron)


def jumps(times, values):
    """Time, value before and value after each vertical jump."""
    places = np.flatnonzero(np.diff(times) == 0)
    return [
        (round(float(times[i]), 9), float(values[i]) * 1e3, float(values[i + 1]) * 1e3)
        for i in places
    ]


def test_a_jump_is_vertical_at_the_time_of_its_spike():
    (first, second) = jumps(*path_of(TUTORIAL, "Va"))
    assert first == (1.0, 0.0, pytest.approx(6.0))
    rest = 6.0 * np.exp(-3.0)
    assert second == (4.0, pytest.approx(rest), pytest.approx(rest + 6.0))


def test_between_jumps_the_path_has_the_recorded_values():
    result = simulate(TUTORIAL)
    times, values = path_of(TUTORIAL, "Vb")
    after = np.append(np.diff(times) > 0, True)
    np.testing.assert_array_equal(values[after][:-1], result.trace("target", "Vb")[0])


def test_a_reset_falls_from_the_value_that_the_threshold_saw():
    experiment = set_weight(TUTORIAL, "C1", 0, 0, 12.0)
    fired = [item for item in jumps(*path_of(experiment, "Va")) if item[2] == 0.0]
    assert fired[0] == (1.1, pytest.approx(12.0 * np.exp(-0.1)), 0.0)


@pytest.mark.parametrize("key", sorted(PRESETS))
def test_every_preset_is_drawn_to_its_end(key):
    experiment = PRESETS[key].experiment
    result = simulate(experiment)
    for group in experiment.neurons:
        for state in result.states[group.name]:
            times, values = path(result, group, state, 0)
            assert times[-1] == experiment.duration
            assert (np.diff(times) >= 0).all()
            assert np.isfinite(values).all()


def test_the_end_follows_the_equations():
    times, values = path_of(TUTORIAL, "Vb")
    assert values[-1] == pytest.approx(values[-2] * np.exp(-0.01), rel=1e-12)


def test_the_end_follows_equations_that_are_not_linear_too():
    experiment = set_neurons(
        TUTORIAL,
        "target",
        equations="dVa/dt = -Va**3/(tau_a*mV**2) : volt\ndVb/dt = -Vb/tau_b : volt",
    )
    result = simulate(set_run(experiment, duration=10.1))
    _, values = path_of(experiment, "Va")
    assert values[-1] == pytest.approx(result.trace("target", "Va")[0, -1])


def test_a_run_whose_end_is_hidden_is_drawn_to_where_it_is_seen():
    result = simulate(TUTORIAL).until(3.0)
    times, _ = path(result, TUTORIAL.neurons[0], "Va", 0)
    assert times[-1] == pytest.approx(3.0)


def test_a_refractory_variable_is_flat_while_it_is_held():
    result = simulate(set_weight(REFRACTORY, "C", 0, 0, 12.0))
    neurons = result.experiment.neurons[0]
    before = values_before(result, neurons, 0)[:, 0]
    recorded = result.trace("target", "V")[0]
    fired = round(result.spikes("target")[1][0] / 1e-4)
    np.testing.assert_array_equal(before[fired + 1 : fired + 20], recorded[fired + 1 : fired + 20])


@pytest.mark.parametrize(
    "experiment",
    [
        TUTORIAL,
        set_parameter(FREE_PLAY, "tau_a", 3.0),
        ONE_CONNECTION,
        REFRACTORY,
        set_spikes(TUTORIAL, "inputs", 0, (0.0, 9.9)),
    ],
)
def test_contributions_jump_where_the_trace_jumps_and_add_up_to_it_before_and_after(experiment):
    result = simulate(experiment)
    neurons = experiment.neurons[0]
    parts = contributions(result, neurons)
    before = values_before(result, neurons, 0)
    for row, state in enumerate(result.states[neurons.name]):
        summed = drawn(
            result,
            np.sum([part.values[row] for part in parts], axis=0),
            np.sum([part.before_of(row) for part in parts], axis=0),
            float(np.sum([part.end[row] for part in parts])),
        )
        total = np.sum([part.before_of(row) for part in parts], axis=0)
        np.testing.assert_allclose(total, before[:, row], atol=1e-15)
        whole = path(result, neurons, state, 0)
        assert summed.values[-1] == pytest.approx(whole.values[-1], abs=1e-15)
