"""The simulator agrees with solutions that are known in closed form."""

from dataclasses import replace

import numpy as np
import pytest

from neurolab.experiment.edits import set_neurons, set_spikes
from neurolab.experiment.experiment import Experiment, Inputs, Neurons, Parameter, Synapses
from neurolab.experiment.presets import COUPLED, TUTORIAL
from neurolab.experiment.simulate import simulate

TWO = Experiment(
    groups=(
        Inputs("inputs", ((1.0, 4.0), (2.0, 3.0))),
        Neurons("target", 1, "dx/dt = (-x + k*y)/tau_x : volt\ndy/dt = (-y - k*x)/tau_y : volt"),
    ),
    connections=(
        Synapses("C1", "inputs", "target", "x", ((6.0,), (0.0,))),
        Synapses("C2", "inputs", "target", "y", ((0.0,), (3.0,))),
    ),
    parameters=(Parameter("tau_x", 2.0, "ms"), Parameter("tau_y", 5.0, "ms"), Parameter("k", 0.7)),
)


def trace(experiment, state):
    return simulate(experiment).trace("target", state)[0]


def test_a_single_decay_is_the_exponential_from_each_spike_on():
    """Va(t) = Σ 6 mV · exp(-(t - tₛ)/tau_a) over the spikes tₛ ≤ t."""
    result = simulate(TUTORIAL)
    t = result.times
    expected = sum(
        np.where(t >= s - 1e-9, 6e-3 * np.exp(-(t - s) / 1e-3), 0.0) for s in (1e-3, 4e-3)
    )
    np.testing.assert_allclose(result.trace("target", "Va")[0], expected, rtol=0, atol=1e-16)


def test_a_coupled_linear_system_follows_its_eigenvalues():
    """With tau_x = tau_y = tau the system turns and decays: (x, y)(t) = exp(-t/tau) R(k t/tau) (x, y)(0)."""
    tau, k, x0 = 3.0, 0.7, 2.0
    experiment = replace(
        TWO,
        parameters=(
            Parameter("tau_x", tau, "ms"),
            Parameter("tau_y", tau, "ms"),
            Parameter("k", k),
        ),
        connections=(),
    )
    experiment = set_neurons(experiment, "target", initial=(("x", (x0,)),))
    result = simulate(experiment)
    t = (result.times + 1e-4) * 1e3  # a state is recorded one step on
    np.testing.assert_allclose(
        result.trace("target", "x")[0] * 1e3,
        x0 * np.exp(-t / tau) * np.cos(k * t / tau),
        atol=1e-13,
    )
    np.testing.assert_allclose(
        result.trace("target", "y")[0] * 1e3,
        -x0 * np.exp(-t / tau) * np.sin(k * t / tau),
        atol=1e-13,
    )


def test_the_coupled_preset_follows_the_difference_of_two_exponentials():
    """After one spike of w on Vb: Va(t) = w tau_b/(tau_b - tau_a) (exp(-t/tau_b) - exp(-t/tau_a))."""
    experiment = set_spikes(set_spikes(COUPLED, "inputs", 0, ()), "inputs", 1, (2.0,))
    result = simulate(experiment)
    t = np.maximum(result.times * 1e3 - 2.0, 0.0)
    expected = 3.0 * 10 / 9 * (np.exp(-t / 10) - np.exp(-t / 1))
    np.testing.assert_allclose(result.trace("target", "Va")[0] * 1e3, expected, atol=1e-13)


def test_a_constant_drive_is_approached_exponentially():
    """dV/dt = (E - V)/tau from 0: V(t) = E (1 - exp(-t/tau))."""
    experiment = Experiment(
        (Neurons("target", 1, "dV/dt = (E - V)/tau : volt"),),
        parameters=(Parameter("E", 4.0, "mV"), Parameter("tau", 3.0, "ms")),
    )
    result = simulate(experiment)
    t = (result.times + 1e-4) * 1e3
    np.testing.assert_allclose(
        result.trace("target", "V")[0] * 1e3, 4.0 * (1 - np.exp(-t / 3.0)), rtol=1e-12
    )


@pytest.mark.parametrize("state", ["x", "y"])
def test_the_trace_of_all_spikes_is_the_sum_of_the_traces_of_each(state):
    total = 0.0
    for neuron, time in ((0, 1.0), (0, 4.0), (1, 2.0), (1, 3.0)):
        alone = set_spikes(set_spikes(TWO, "inputs", 0, ()), "inputs", 1, ())
        total = total + trace(set_spikes(alone, "inputs", neuron, (time,)), state)
    np.testing.assert_allclose(total, trace(TWO, state), rtol=0, atol=1e-16)


def test_shifting_all_spikes_shifts_the_trace():
    later = set_spikes(set_spikes(TWO, "inputs", 0, (3.5, 6.5)), "inputs", 1, (4.5, 5.5))
    np.testing.assert_allclose(trace(later, "x")[25:], trace(TWO, "x")[:-25], rtol=0, atol=1e-16)


LOGISTIC = Experiment(
    (Neurons("target", 1, "dx/dt = x*(1 - x)/tau : 1", initial=(("x", (0.1,)),)),),
    parameters=(Parameter("tau", 1.0, "ms"),),
    duration=4.0,
)


def logistic_error(method, dt):
    """Largest distance to the logistic curve 1/(1 + 9 exp(-t/tau)), which solves dx/dt = x (1 - x)/tau from 0.1."""
    result = simulate(replace(set_neurons(LOGISTIC, "target", method=method), dt=dt))
    t = (result.times + dt * 1e-3) / 1e-3
    return np.abs(result.trace("target", "x")[0] - 1 / (1 + 9 * np.exp(-t))).max()


@pytest.mark.parametrize(("method", "order"), [("euler", 1), ("rk2", 2), ("rk4", 4)])
def test_halving_the_step_divides_the_error_by_two_to_the_order_of_the_method(method, order):
    observed = np.log2(logistic_error(method, 0.1) / logistic_error(method, 0.05))
    assert observed == pytest.approx(order, abs=0.15)


def test_exponential_euler_is_of_first_order_on_a_coupled_system():
    coupled = set_neurons(COUPLED, "target", threshold="", reset="")
    exact = simulate(coupled).trace("target", "Va")[0]
    errors = []
    for dt in (0.1, 0.05):
        experiment = replace(set_neurons(coupled, "target", method="exponential_euler"), dt=dt)
        errors.append(
            np.abs(simulate(experiment).trace("target", "Va")[0][:: round(0.1 / dt)] - exact).max()
        )
    assert errors[0] / errors[1] == pytest.approx(2, abs=0.2)


def test_exponential_euler_is_exact_where_the_variables_are_apart():
    other = set_neurons(TUTORIAL, "target", method="exponential_euler")
    np.testing.assert_allclose(trace(other, "Va"), trace(TUTORIAL, "Va"), rtol=0, atol=1e-16)


def test_nonlinear_equations_are_integrated_by_euler_unless_told_otherwise():
    assert logistic_error("", 0.1) == logistic_error("euler", 0.1) != logistic_error("rk2", 0.1)
