"""The matrix of one exact step of a coupled model, against closed forms."""

import mpmath
import numpy as np
import pytest

from neurolab.engine.linear_integrators import step_matrix
from neurolab.errors import RangeError

DT = 2e-4


def step_of(matrix, constants=(0.0, 0.0), dt=DT):
    """The step matrix of dx/dt = matrix x + constants, for two states."""
    coefficients = [
        ({"x": row[0], "y": row[1]}, constant) for row, constant in zip(matrix, constants)
    ]
    shape = np.broadcast_shapes(*(np.shape(entry) for row in matrix for entry in row))
    return step_matrix(["x", "y"], coefficients, dt, shape)


@pytest.mark.parametrize("angle", [0.0, 1e-9, 0.1, 1.0, 3.0, 10.0])
def test_an_oscillation_turns_by_its_angle(angle):
    rate = angle / DT
    rotation = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    found = step_of([[0.0, -rate], [rate, 0.0]])[:2, :2]
    np.testing.assert_allclose(found, rotation, rtol=0, atol=1e-15 * (5 + angle))


@pytest.mark.parametrize("rate", [-500.0, -20.0, -1e-4, 0.0, 1e-12, 2.0, 300.0])
def test_a_decay_and_what_drives_it_are_exact_to_rounding(rate):
    found = step_of([[rate, 0.0], [0.0, 0.0]], (2.0, 0.0), dt=1.0)
    driven = 2.0 if rate == 0 else 2.0 * np.expm1(rate) / rate
    np.testing.assert_allclose(
        found[0, [0, 2]], [np.exp(rate), driven], rtol=1e-14 + 5e-15 * abs(rate)
    )


def test_the_constant_stays_exactly_one():
    found = step_of([[2.0, 1.0], [0.5, -1.0]], (2.0, 3.0), dt=1.0)
    assert found[-1].tolist() == [0, 0, 1]


def test_a_resistance_in_ohm_beside_rates_costs_no_digits():
    # dV/dt = (R I - V)/tau, dI/dt = -I/tau_s over a step of h: V gets R/tau (e^(-h/tau) - e^(-h/tau_s))/(1/tau_s - 1/tau).
    resistance, tau, tau_s = 1.2e8, 5.459e-3, 5.772e-3
    found = step_of([[-1 / tau, resistance / tau], [0.0, -1 / tau_s]])
    expected = (
        resistance * tau_s / (tau_s - tau) * -np.expm1(DT / tau_s - DT / tau) * np.exp(-DT / tau_s)
    )
    assert found[0, 1] == pytest.approx(expected, rel=1e-13)


def test_each_neuron_has_the_matrix_of_its_own_rates():
    rates = np.random.default_rng(1).normal(size=(2, 2, 5))
    found = step_of([[rates[0, 0], rates[0, 1]], [rates[1, 0], rates[1, 1]]], dt=1.0)
    for neuron in range(5):
        expected = np.array(mpmath.expm(rates[..., neuron]).tolist(), dtype=float)
        np.testing.assert_allclose(found[neuron, :2, :2], expected, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("rate", [800.0, -1e200, np.inf, np.nan])
def test_a_step_beyond_all_bounds_is_an_error(rate):
    with pytest.raises(RangeError, match="beyond all bounds"):
        step_of([[rate, 1.0], [1.0, -1.0]], dt=1.0)
