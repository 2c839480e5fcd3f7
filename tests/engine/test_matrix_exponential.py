"""The matrix exponential against scipy's, and against closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.linalg import expm

from neurolab.engine.matrix_exponential import matrix_exponential


@given(arrays(float, (4, 4), elements=st.floats(-3, 3)), st.floats(0, 30))
def test_it_is_that_of_scipy(matrix, factor):
    expected = expm(factor * matrix)
    np.testing.assert_allclose(
        matrix_exponential(factor * matrix),
        expected,
        rtol=1e-9,
        atol=1e-11 * np.abs(expected).max(),
    )


@pytest.mark.parametrize("angle", [0.0, 1e-9, 0.1, 1.0, 3.0, 30.0])
def test_that_of_a_rotation_is_exact_to_rounding(angle):
    rotation = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    np.testing.assert_allclose(
        matrix_exponential(np.array([[0.0, -angle], [angle, 0.0]])), rotation, rtol=0, atol=3e-15
    )


@pytest.mark.parametrize("rate", [-500.0, -20.0, -1e-4, 0.0, 1e-12, 2.0, 300.0])
def test_a_decay_and_what_drives_it_are_exact_to_rounding(rate):
    found = matrix_exponential(np.array([[rate, 2.0], [0.0, 0.0]]))
    driven = 2.0 if rate == 0 else 2.0 * np.expm1(rate) / rate
    np.testing.assert_allclose(found[0], [np.exp(rate), driven], rtol=1e-14 + 5e-15 * abs(rate))
    assert found[1].tolist() == [0, 1]


def test_a_resistance_in_ohm_beside_rates_costs_no_digits():
    # dV/dt = (R I - V)/tau, dI/dt = -I/tau_s over a step of h: V gets R/tau (e^(-h/tau) - e^(-h/tau_s))/(1/tau_s - 1/tau).
    resistance, tau, tau_s, step = 1.2e8, 5.459e-3, 5.772e-3, 2e-4
    found = matrix_exponential(step * np.array([[-1 / tau, resistance / tau], [0, -1 / tau_s]]))
    expected = (
        resistance
        * tau_s
        / (tau_s - tau)
        * -np.expm1(step / tau_s - step / tau)
        * np.exp(-step / tau_s)
    )
    assert found[0, 1] == pytest.approx(expected, rel=1e-13)


def test_matrices_are_taken_one_by_one():
    many = np.random.default_rng(1).normal(size=(5, 3, 3))
    np.testing.assert_allclose(
        matrix_exponential(many), [expm(each) for each in many], rtol=1e-12, atol=1e-13
    )


def test_what_is_too_large_is_infinite():
    with np.errstate(over="ignore", invalid="ignore"):
        assert not np.isfinite(matrix_exponential(np.array([[800.0]]))).any()
    assert not np.isfinite(matrix_exponential(np.array([[-1e200, 1.0], [0.0, -1.0]]))).any()
