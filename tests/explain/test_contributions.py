"""What each spike contributed: curves with one cause each that add up to the trace."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from neurolab.errors import BlowUpError, LimitError, NeurolabError
from neurolab.experiment.edits import (
    set_connection,
    set_neurons,
    set_parameter,
    set_run,
    set_size,
    set_spikes,
    set_weight,
)
from neurolab.experiment.experiment import Inputs, Rule
from neurolab.experiment.presets import COUPLED, TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.explain.contributions import contributions
from neurolab.explain.linear_system import NotLinearError

from ..experiment.linear_experiments import linear_experiments
from ..experiment.small_presets import SMALL


def parts_of(experiment, neuron=0):
    return contributions(simulate(experiment), experiment.neurons[0], neuron)


def assert_they_add_up(experiment, neuron=0):
    result = simulate(experiment)
    group = experiment.neurons[0]
    traces = result.recorded[group.name][:, :, neuron].T
    total = sum(
        (part.values for part in contributions(result, group, neuron)), np.zeros(traces.shape)
    )
    np.testing.assert_allclose(
        total, traces, rtol=0, atol=1e-12 * max(np.abs(traces).max(), 1e-300)
    )


def only(experiment, neuron, time):
    """The experiment with this one input spike."""
    for other in range(2):
        experiment = set_spikes(experiment, "inputs", other, (time,) if other == neuron else ())
    return experiment


@pytest.mark.parametrize("key", SMALL)
@pytest.mark.parametrize(
    "change",
    [
        lambda e: e,
        lambda e: set_parameter(e, "Vt", 4.0),
        lambda e: set_neurons(set_parameter(e, "Vt", 3.0), "target", refractory=2.0),
    ],
    ids=["as it is", "firing", "refractory"],
)
def test_they_add_up_to_the_trace_in_every_preset(key, change):
    assert_they_add_up(change(SMALL[key]))


@settings(max_examples=60)
@given(linear_experiments())
def test_they_add_up_to_the_trace_in_any_linear_experiment(experiment):
    try:
        simulate(experiment)
    except BlowUpError:
        return
    assert_they_add_up(experiment)


def test_each_decays_from_its_own_spike_on():
    """6 mV exp(-(t - tₛ)/tau_a) from tₛ on and nothing before."""
    result = simulate(TUTORIAL)
    t = result.times * 1e3
    first, second, third, fourth = parts_of(TUTORIAL)
    for part, row, weight, tau, begin in (
        (first, 0, 6e-3, 1.0, 1.0),
        (second, 1, 3e-3, 10.0, 2.0),
        (third, 1, 3e-3, 10.0, 3.0),
        (fourth, 0, 6e-3, 1.0, 4.0),
    ):
        expected = np.where(t >= begin - 1e-9, weight * np.exp(-(t - begin) / tau), 0.0)
        np.testing.assert_allclose(part.values[row], expected, rtol=0, atol=1e-16)
        assert not part.values[1 - row].any()
        assert part.begin == pytest.approx(begin)


@settings(max_examples=25)
@given(linear_experiments(fires=False))
def test_a_spike_contributes_what_it_would_do_alone(experiment):
    group = experiment.group("cells")
    silent = replace(experiment, groups=(Inputs("inputs", ((), ())), group))
    try:
        rest = simulate(silent).recorded["cells"][:, :, 0].T
        parts = [part for part in parts_of(experiment) if part.kind == "spike"]
    except BlowUpError:
        return
    for neuron, train in enumerate(experiment.group("inputs").spikes):
        for time in train:
            alone = simulate(only(experiment, neuron, time)).recorded["cells"][:, :, 0].T - rest
            label = f"inputs {neuron} at {time:g} ms through"
            found = sum(
                (part.values for part in parts if part.label.startswith(label)),
                np.zeros(rest.shape),
            )
            np.testing.assert_allclose(
                found,
                alone,
                rtol=0,
                atol=1e-11 * max(np.abs(rest).max(), np.abs(alone).max(), 1e-3),
            )


def test_in_a_coupled_model_a_spike_on_one_variable_reaches_the_other():
    part = next(part for part in parts_of(COUPLED) if "inputs 1 at 2 ms" in part.label)
    assert part.values[0].max() > 0
    assert part.values[1].max() == pytest.approx(3e-3)


def test_a_reset_ends_what_came_before_it_in_the_variable_that_it_sets():
    fired = set_parameter(set_parameter(COUPLED, "Vt", 4.0), "Vr", 1.0)
    result = simulate(fired)
    step = result.firings["target"][0][0]
    parts = parts_of(fired)
    spike = next(part for part in parts if "inputs 0 at 1 ms" in part.label)
    reset = next(part for part in parts if part.kind == "reset")
    assert spike.values[0, step - 1] > 3e-3
    assert spike.values[0, step] == 0
    assert reset.values[0, step] == pytest.approx(1e-3)
    assert reset.label == "target 0 is reset at 1.1 ms"
    later = next(part for part in parts if "inputs 1 at 2 ms" in part.label)
    assert later.values[0, 30] > 0


def test_what_arrives_while_the_variable_is_held_adds_nothing_but_is_named():
    held = set_neurons(set_parameter(TUTORIAL, "Vt", 4.0), "target", refractory=4.0)
    last = next(part for part in parts_of(held) if "inputs 0 at 4 ms" in part.label)
    assert not last.values.any()


def test_initial_values_and_constant_terms_are_causes_of_their_own():
    driven = set_neurons(
        TUTORIAL,
        "target",
        initial=(("Vb", (2.0,)),),
        equations="dVa/dt = (5*mV - Va)/tau_a : volt\ndVb/dt = -Vb/tau_b : volt",
        threshold="",
        reset="",
    )
    start, drive = parts_of(driven)[:2]
    t = (simulate(driven).times + 1e-4) * 1e3  # a state is recorded one step on
    np.testing.assert_allclose(start.values[1], 2e-3 * np.exp(-t / 10), atol=1e-16)
    np.testing.assert_allclose(drive.values[0], 5e-3 * (1 - np.exp(-t)), atol=1e-16)
    assert (start.kind, drive.kind) == ("start", "drive")


def test_a_delayed_spike_says_when_it_arrives():
    delayed = set_connection(TUTORIAL, "C1", delay=1.5)
    part = next(
        part
        for part in parts_of(delayed)
        if part.label == "inputs 0 at 1 ms through C1, arriving at 2.5 ms"
    )
    assert part.begin == pytest.approx(2.5)
    assert not part.values[0, :25].any()
    assert part.values[0, 25] == pytest.approx(6e-3)


def test_one_of_several_neurons_has_its_own_spikes_only():
    two = set_weight(set_size(TUTORIAL, "target", 2), "C1", 1, 1, 2.5)
    assert [part.label for part in parts_of(two, 1)] == [
        "inputs 1 at 2 ms through C1",
        "inputs 1 at 3 ms through C1",
    ]
    assert_they_add_up(two, 1)


@pytest.mark.parametrize(
    "weights", [Rule("full", 2.0), Rule("one_to_one", 2.0), Rule("random", 2.0, 0.5, 3)]
)
def test_they_add_up_with_connections_that_are_rules(weights):
    experiment = set_size(TUTORIAL, "target", 2)
    experiment = experiment.with_connection(replace(experiment.connection("C1"), weights=weights))
    for neuron in range(2):
        assert_they_add_up(experiment, neuron)


@pytest.mark.parametrize(
    ("equations", "term"),
    [
        ("dVa/dt = -Va**2/(tau_a*mV) : volt", "Va**2"),
        ("dVa/dt = (-Va + mV*exp(Va/mV - 3))/tau_a : volt", "exp(Va/mV - 3)"),
        ("dVa/dt = -g/tau_a : volt\ng = Va*Vb/mV : volt", "g holds Va*Vb"),
        ("dVa/dt = (-Va + mV*sin(t/ms))/tau_a : volt", "the time t"),
        ("dVa/dt = -Va/tau_a + xi*mV/ms**0.5 : volt", "the noise xi"),
        ("dVa/dt = (-Va + (Vb > Vt)*mV)/tau_a : volt", "Vb > Vt"),
    ],
)
def test_a_model_that_is_not_linear_is_refused_with_the_term_that_is_to_blame(equations, term):
    experiment = set_neurons(
        TUTORIAL, "target", equations=f"{equations}\ndVb/dt = -Vb/tau_b : volt"
    )
    with pytest.raises(NotLinearError) as refused:
        parts_of(experiment)
    assert term in refused.value.advice


def test_too_many_spikes_are_refused_in_words():
    many = set_spikes(
        set_run(TUTORIAL, duration=2000.0),
        "inputs",
        0,
        tuple(float(time) for time in range(1, 400)),
    )
    with pytest.raises(LimitError, match="too many for a curve each") as refused:
        parts_of(many)
    assert isinstance(refused.value, NeurolabError)
