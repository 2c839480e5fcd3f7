"""Exact integrators of linear models: in closed form where no variable depends on another, else by the matrix exponential."""

import math

import numpy as np

from ..errors import RangeError
from .matrix_exponential import matrix_exponential

# Steps at once: enough that a teaching network jumps from event to event, few enough that nothing is computed in vain.
_LONGEST_STRETCH = 128
_STRETCH_BUDGET = 20_000
_LARGEST_RATE = 700.0  # exp of more is no float
_MANY_NEURONS, _FEW_ROWS = 256, 8
_COUNTS = np.arange(1.0, _LONGEST_STRETCH + 1)[:, None, None]


def linear_integrator(states, coefficients, dt, size):
    """The quickest exact integrator for a linear model.

    Parameters
    ----------
    states : sequence of str
    coefficients : list of (dict, constant)
        As `linear_coefficients` gives them.
    dt : float
    size : int
        Number of neurons.

    Raises
    ------
    RangeError
        A coefficient is not finite, or the state would leave all bounds within one step.
    """
    rates, constants = _decoupled(states, coefficients)
    if rates is not None:
        return Decoupled(rates, constants, dt, size)
    shape = np.broadcast_shapes(
        *(
            np.shape(value)
            for factors, constant in coefficients
            for value in (constant, *factors.values())
        )
    )
    matrix = step_matrix(states, coefficients, dt, shape)
    return PerNeuronLinear(matrix) if shape else Linear(matrix, size)


def _decoupled(states, coefficients):
    """Rate and constant of each state, where none depends on another; else (None, None)."""
    rates = [0.0] * len(states)
    for i, (name, (factors, _)) in enumerate(zip(states, coefficients)):
        for other, factor in factors.items():
            if other == name:
                rates[i] = factor
            elif np.any(factor):
                return None, None
    return rates, [constant for _, constant in coefficients]


def step_matrix(states, coefficients, dt, shape):
    """Exponential of dt·[[A, b], [0, 0]], or of one such matrix for each neuron."""
    rates = np.zeros((*shape, len(states) + 1, len(states) + 1))
    for i, (factors, constant) in enumerate(coefficients):
        for name, factor in factors.items():
            rates[..., i, states.index(name)] = factor
        rates[..., i, -1] = constant
    rates *= dt
    if not np.isfinite(rates).all() or np.diagonal(rates, axis1=-2, axis2=-1).max() > _LARGEST_RATE:
        raise _not_finite()
    matrix = matrix_exponential(rates)
    if not np.isfinite(matrix).all():
        raise _not_finite()
    return matrix


def _not_finite():
    return RangeError(
        "the equations change beyond all bounds within one time step",
        where="equations",
        mend="Is a time constant 0, or far too small?",
    )


def _longest_stretch(rows, size):
    return max(1, min(_LONGEST_STRETCH, _STRETCH_BUDGET // (rows * max(size, 1))))


class Decoupled:
    """dx/dt = a x + b for each variable by itself: x(t+T) = exp(a T) x(t) + b (exp(a T) - 1)/a, exact for any T.

    Parameters
    ----------
    rates, constants : sequence of float or ndarray
        a and b of each variable; arrays have one entry a neuron.
    dt : float
    size : int
        Number of neurons.
    """

    def __init__(self, rates, constants, dt, size):
        self.rows = len(rates)
        fastest, driven = _checked(rates, constants, dt)
        self.longest = _longest_stretch(self.rows, size)
        if fastest > 0:
            self.longest = min(self.longest, int(_LARGEST_RATE / fastest))
        counts, rates = _COUNTS[: self.longest], _columns(rates) * dt
        # (steps, states, neurons or 1)
        exponents = counts * rates
        self._decay = np.exp(exponents)
        self._gain = None
        if driven:
            still = rates == 0
            self._gain = (
                _columns(constants)
                * dt
                * np.where(still, counts, np.expm1(exponents) / np.where(still, 1.0, rates))
            )

    def advance(self, state, out, count, time):
        np.multiply(self._decay[:count], state, out=out[:count])
        if self._gain is not None:
            out[:count] += self._gain[:count]


def _checked(rates, constants, dt):
    """Largest rate in a time step, and whether any constant is not 0; numpy would take longer for two numbers."""
    if all(type(value) is float for value in (*rates, *constants)):
        fastest, total, driven = max(rates) * dt, sum(rates) + sum(constants), any(constants)
    else:
        fastest = max(float(np.max(rate)) for rate in rates) * dt
        total = sum(float(np.sum(value)) for value in (*rates, *constants))
        driven = any(np.any(constant) for constant in constants)
    if not (fastest < _LARGEST_RATE and math.isfinite(total)):
        raise _not_finite()
    return fastest, driven


def _columns(values):
    """One row a state, with one column or one a neuron."""
    if all(type(value) is float for value in values):
        return np.array(values)[:, None]
    return np.array(np.broadcast_arrays(*(np.atleast_1d(value) for value in values)))


class Linear:
    """dx/dt = A x + b, the same for all neurons: x(t+dt) = exp(A dt) x(t) + …, exact; many steps by powers.

    Parameters
    ----------
    step_matrix : ndarray, shape (rows, rows)
        Exponential of dt·[[A, b], [0, 0]].
    size : int
        Number of neurons.
    """

    def __init__(self, step_matrix, size):
        self.rows = len(step_matrix)
        self.longest = _longest_stretch(self.rows, size)
        self._step_matrix = step_matrix
        # Of many neurons a row that only decays is scaled, another is one product: faster than the whole matrix at once.
        self._row_by_row = [
            (
                row,
                np.asarray(factors[row])
                if np.count_nonzero(factors) == 1 and factors[row]
                else factors,
            )
            for row, factors in enumerate(step_matrix[:-1])
        ]
        self._many = size >= _MANY_NEURONS and self.rows <= _FEW_ROWS
        # Room for the first, second, … power, one below the other; filled as far as they are needed.
        self._powers = np.empty((self.longest * self.rows, self.rows))
        self._powers[: self.rows] = step_matrix
        self._known = 1

    def advance(self, state, out, count, time):
        if count > 1:
            self._advance_by_powers(state, out, count)
        elif self._many:
            out = out[0]
            for row, factors in self._row_by_row:
                if factors.ndim:
                    np.dot(factors, state, out[row])
                else:
                    np.multiply(state[row], factors, out[row])
        else:
            np.matmul(self._step_matrix, state, out=out[0])

    def _advance_by_powers(self, state, out, count):
        rows, powers = self.rows, self._powers
        while self._known < count:
            known = self._known
            more = min(known, self.longest - known)
            np.matmul(
                powers[: more * rows],
                powers[(known - 1) * rows : known * rows],
                out=powers[known * rows : (known + more) * rows],
            )
            self._known += more
        np.matmul(powers[: count * rows], state, out=out.reshape(-1, out.shape[-1])[: count * rows])


class PerNeuronLinear:
    """As `Linear`, with a step matrix for each neuron: shape (neurons, rows, rows)."""

    longest = 1

    def __init__(self, step_matrices):
        self.rows = step_matrices.shape[-1]
        self._step_matrices = step_matrices

    def advance(self, state, out, count, time):
        np.einsum("nij,jn->in", self._step_matrices, state, out=out[0])
