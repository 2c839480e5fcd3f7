"""Two experiments side by side."""

from dataclasses import replace

import numpy as np
import pytest

from neurolab.experiment.edits import (
    add_parameter,
    set_connection,
    set_neurons,
    set_parameter,
    set_run,
    set_size,
    set_spikes,
    set_weight,
)
from neurolab.experiment.experiment import Inputs, Rule
from neurolab.experiment.presets import COUPLED, PRESETS, TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.explain.comparison import NOTHING, differences, trace_differences


@pytest.mark.parametrize("key", PRESETS)
def test_an_experiment_does_not_differ_from_itself(key):
    experiment = PRESETS[key].experiment
    assert differences(experiment, replace(experiment, title="another")) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda e: set_parameter(e, "tau_a", 2.0), ("tau_a", "1 ms", "2 ms")),
        (lambda e: set_weight(e, "C1", 0, 0, -3.0), ("C1[0, 0]", "6 mV", "−3 mV")),
        (lambda e: set_spikes(e, "inputs", 0, (1.0,)), ("spikes of inputs 0", "1, 4 ms", "1 ms")),
        (lambda e: set_spikes(e, "inputs", 1, ()), ("spikes of inputs 1", "2, 3 ms", "none")),
        (lambda e: set_connection(e, "C2", state="Va"), ("C2 adds to", "Vb", "Va")),
        (lambda e: set_connection(e, "C2", delay=0.5), ("delay of C2", NOTHING, "0.5 ms")),
        (lambda e: set_run(e, duration=20.0), ("duration", "10 ms", "20 ms")),
        (lambda e: set_run(e, dt=0.05), ("dt", "0.1 ms", "0.05 ms")),
        (lambda e: set_neurons(e, "target", reset=""), ("reset of target", "Va = Vr", NOTHING)),
        (
            lambda e: set_neurons(e, "target", method="euler"),
            ("method of target", NOTHING, "euler"),
        ),
        (
            lambda e: set_neurons(e, "target", refractory=2.0),
            ("refractory period of target", NOTHING, "2 ms"),
        ),
        (
            lambda e: set_neurons(e, "target", initial=(("Vb", (1.5,)),)),
            ("Vb of target at the start", NOTHING, "1.5"),
        ),
        (lambda e: add_parameter(e, "I", 3.0, "nA"), ("I", NOTHING, "3 nA")),
        (
            lambda e: set_neurons(e, "target", equations=COUPLED.group("target").equations),
            ("dVa/dt of target", "-Va/tau_a", "(Vb - Va)/tau_a"),
        ),
        (
            lambda e: e.with_connection(
                replace(e.connection("C1"), weights=Rule("random", 2.0, 0.25, 3))
            ),
            ("weights of C1", NOTHING, "random, 25 % of 2 mV, seed 3"),
        ),
        (
            lambda e: e.with_group(Inputs("inputs", ((), ()), rates=(20.0, 0.0))),
            ("rate of inputs 0", NOTHING, "20 Hz"),
        ),
    ],
)
def test_each_change_is_named_with_both_values(change, expected):
    assert expected in differences(TUTORIAL, change(TUTORIAL))


@pytest.mark.parametrize(
    "change",
    [
        lambda e: set_parameter(e, "tau_a", 2.0),
        lambda e: set_weight(e, "C1", 0, 0, -3.0),
        lambda e: set_neurons(e, "target", reset=""),
        lambda e: set_run(e, dt=0.05),
    ],
)
def test_one_change_is_one_row(change):
    assert len(differences(TUTORIAL, change(TUTORIAL))) == 1


def test_another_size_names_what_came_with_it():
    named = [row.what for row in differences(TUTORIAL, set_size(TUTORIAL, "target", 2))]
    assert named == ["target: size", "C1[0, 1]", "C1[1, 1]", "C2[0, 1]", "C2[1, 1]"]


def test_the_difference_of_two_traces_is_that_of_their_closed_forms():
    """6 mV (exp(-s/2) - exp(-s)) after one spike at 1 ms; its largest value is 1.5 mV, at s = 2 ln 2."""
    once = set_spikes(TUTORIAL, "inputs", 0, (1.0,))
    found = {
        part.state: part
        for part in trace_differences(simulate(once), simulate(set_parameter(once, "tau_a", 2.0)))
    }
    s = np.maximum(found["Va"].times - 1.0, 0.0)
    np.testing.assert_allclose(found["Va"].values, 6e-3 * (np.exp(-s / 2) - np.exp(-s)), atol=1e-16)
    largest, when = found["Va"].largest
    assert largest == pytest.approx(1.5e-3, rel=1e-3)
    assert when == pytest.approx(1 + 2 * np.log(2), abs=0.05)
    assert found["Va"].rms == pytest.approx(np.sqrt(np.mean(found["Va"].values ** 2)))
    assert not found["Vb"].values.any()


def test_runs_of_other_steps_and_lengths_are_compared_at_the_times_that_both_have():
    fine = simulate(set_run(TUTORIAL, dt=0.025, duration=5.0))
    part = trace_differences(simulate(TUTORIAL), fine)[0]
    np.testing.assert_allclose(part.times, np.arange(50) * 0.1)
    np.testing.assert_allclose(part.values, 0, atol=1e-16)


def test_a_variable_that_only_one_run_has_is_left_out():
    renamed = set_neurons(
        TUTORIAL, "target", equations="dVa/dt = -Va/tau_a : volt\ndVc/dt = -Vc/tau_b : volt"
    )
    assert [part.state for part in trace_differences(simulate(TUTORIAL), simulate(renamed))] == [
        "Va"
    ]
