"""The distance from a target, and the challenges."""

import json

import numpy as np
import pytest

from neurolab.errors import RangeError, UnknownNameError
from neurolab.experiment.challenges import CHALLENGES
from neurolab.experiment.edits import (
    set_neurons,
    set_parameter,
    set_run,
    set_size,
    set_spikes,
    set_weight,
)
from neurolab.experiment.experiment import Experiment
from neurolab.experiment.presets import PRESETS, TUTORIAL, TWO_TIME_CONSTANTS
from neurolab.experiment.simulate import simulate
from neurolab.explain.comparison import differences
from neurolab.explain.target import distance


def sweep(start, change, values):
    """Distances of experiments with these values from the one that has the middle value."""
    target = simulate(change(start, values[len(values) // 2]))
    return np.array([distance(target, simulate(change(start, value))) for value in values])


def assert_falls_and_rises(distances):
    middle = len(distances) // 2
    assert distances[middle] == 0
    assert (np.diff(distances[: middle + 1]) < 0).all()
    assert (np.diff(distances[middle:]) > 0).all()


@pytest.mark.parametrize("best", [0.5, 3.0, 12.0])
@pytest.mark.parametrize(
    ("experiment", "name"),
    [
        (TUTORIAL, "tau_a"),
        (TUTORIAL, "tau_b"),
        (set_parameter(TWO_TIME_CONSTANTS, "Vt", 1000.0), "tau_e"),
        (set_parameter(TWO_TIME_CONSTANTS, "Vt", 1000.0), "tau_i"),
    ],
)
def test_it_goes_down_on_the_way_to_a_time_constant_and_up_again_behind_it(experiment, name, best):
    values = best * np.geomspace(0.2, 5, 21)
    assert_falls_and_rises(
        sweep(
            set_parameter(experiment, "Vt", 1000.0),
            lambda start, value: set_parameter(start, name, value),
            values,
        )
    )


@pytest.mark.parametrize("best", [-4.0, 0.0, 3.5])
@pytest.mark.parametrize("connection", ["C1", "C2"])
def test_it_goes_down_on_the_way_to_a_weight_and_up_again_behind_it(connection, best):
    assert_falls_and_rises(
        sweep(
            TUTORIAL,
            lambda start, value: set_weight(start, connection, 0, 0, value),
            best + np.linspace(-5, 5, 21),
        )
    )


def test_it_is_the_rms_over_the_peak():
    """With 3 mV more on C1 each Va is half as large again; Vb is the same."""
    target, other = simulate(TUTORIAL), simulate(set_weight(TUTORIAL, "C1", 0, 0, 9.0))
    va = target.trace("target", "Va")[0]
    share = np.sqrt(np.mean((va / 2) ** 2)) / va.max()
    assert distance(target, other) == pytest.approx(np.sqrt(share**2 / 2))


def test_scale_does_not_matter():
    small = [set_weight(TUTORIAL, "C1", 0, 0, weight * 0.01) for weight in (6.0, 5.0)]
    large = [set_weight(TUTORIAL, "C1", 0, 0, weight) for weight in (6.0, 5.0)]
    assert distance(*map(simulate, small)) == pytest.approx(distance(*map(simulate, large)))


def test_a_trace_that_is_flat_in_the_target_counts_by_the_highest_of_the_others():
    flat = set_spikes(TUTORIAL, "inputs", 1, ())
    vb = simulate(TUTORIAL).trace("target", "Vb")[0]
    highest = simulate(flat).trace("target", "Va").max()
    assert distance(simulate(flat), simulate(TUTORIAL)) == pytest.approx(
        np.sqrt(np.mean(vb**2)) / highest / np.sqrt(2)
    )


def test_another_time_step_is_no_distance():
    assert distance(simulate(TUTORIAL), simulate(set_run(TUTORIAL, dt=0.05))) < 1e-12


def test_a_run_that_ends_early_is_not_judged():
    with pytest.raises(RangeError, match="ends before the target does"):
        distance(simulate(TUTORIAL), simulate(set_run(TUTORIAL, duration=5.0)))
    assert distance(simulate(TUTORIAL), simulate(set_run(TUTORIAL, duration=20.0))) == 0


def test_a_run_whose_steps_fall_between_those_of_the_target_is_not_judged():
    with pytest.raises(RangeError, match=r"Choose 0\.1 ms for dt"):
        distance(simulate(TUTORIAL), simulate(set_run(TUTORIAL, dt=0.0371)))


def test_a_run_without_a_variable_of_the_target_is_not_judged():
    renamed = set_neurons(
        TUTORIAL, "target", equations="dVa/dt = -Va/tau_a : volt\ndVc/dt = -Vc/tau_b : volt"
    )
    with pytest.raises(UnknownNameError, match="Vb of target"):
        distance(simulate(TUTORIAL), simulate(renamed))


def test_fewer_neurons_than_the_target_are_not_judged():
    with pytest.raises(UnknownNameError):
        distance(simulate(set_size(TUTORIAL, "target", 2)), simulate(TUTORIAL))


@pytest.mark.parametrize("key", CHALLENGES)
class TestChallenges:
    def test_what_differs_from_the_start_is_what_is_named(self, key):
        challenge = CHALLENGES[key]
        assert {row.what for row in differences(challenge.start, challenge.hidden)} == set(
            challenge.controls
        )

    def test_the_start_is_far_from_the_target_and_the_hidden_network_matches(self, key):
        challenge = CHALLENGES[key]
        target = simulate(challenge.hidden)
        assert distance(target, simulate(challenge.start)) > 10 * challenge.tolerance
        assert distance(target, simulate(challenge.hidden)) == 0

    def test_the_start_is_a_starting_point_of_the_page(self, key):
        assert any(CHALLENGES[key].start is preset.experiment for preset in PRESETS.values())

    def test_they_are_data(self, key):
        for experiment in (CHALLENGES[key].start, CHALLENGES[key].hidden):
            assert Experiment.from_dict(json.loads(json.dumps(experiment.to_dict()))) == experiment

    def test_each_named_parameter_makes_a_difference(self, key):
        challenge = CHALLENGES[key]
        target = simulate(challenge.hidden)
        for name in challenge.controls:
            if name.startswith("tau"):
                other = set_parameter(
                    challenge.hidden, name, 1.2 * challenge.hidden.parameter(name).value
                )
                assert distance(target, simulate(other)) > challenge.tolerance
