"""Exact integrators of linear models.

If no variable depends on another, the solution is a formula; else it is a matrix exponential.
"""

import math
from collections.abc import Sequence

import numpy as np

from ..array_types import FloatArray, Number
from ..errors import RangeError
from ..grid import Seconds
from ..model.linearity import Coefficients
from .integrator import Integrator

# The number of steps in one stretch: a small network should reach the next event in one stretch,
# but an early spike should not waste much computation.
_LONGEST_STRETCH = 128
_STRETCH_BUDGET = 20_000
_LARGEST_RATE = 700.0  # exp of more overflows
_MANY_NEURONS = 256
_FEW_ROWS = 8
_COUNTS = np.arange(1.0, _LONGEST_STRETCH + 1)[:, None, None]


def linear_integrator(
    states: Sequence[str], coefficients: Coefficients, dt: Seconds, size: int
) -> Integrator:
    """Choose the fastest exact integrator for a linear model.

    Parameters
    ----------
    states : sequence of str
    coefficients : list of (dict, constant)
        The result of `linear_coefficients`.
    dt : float
    size : int
        Number of neurons.

    Raises
    ------
    RangeError
        A coefficient is not finite, or the state would leave all bounds within one step.
    """
    apart = decoupled(states, coefficients)
    if apart is not None:
        rates, constants = apart
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


def decoupled(
    states: Sequence[str], coefficients: Coefficients
) -> tuple[list[Number], list[Number]] | None:
    """Return the rate and the constant of each state; None if a state depends on another one."""
    rates: list[Number] = [0.0] * len(states)
    for row, (name, (factors, _)) in enumerate(zip(states, coefficients)):
        for other, factor in factors.items():
            if other == name:
                rates[row] = factor
            elif np.any(factor):
                return None
    return rates, [constant for _, constant in coefficients]


def step_matrix(
    states: Sequence[str], coefficients: Coefficients, dt: Seconds, shape: tuple[int, ...]
) -> FloatArray:
    """Compute the exponential of dt·[[A, b], [0, 0]], or of one such matrix for each neuron."""
    rates = np.zeros((*shape, len(states) + 1, len(states) + 1))
    for row, (factors, constant) in enumerate(coefficients):
        for name, factor in factors.items():
            rates[..., row, states.index(name)] = factor
        rates[..., row, -1] = constant
    rates *= dt
    if not np.isfinite(rates).all() or np.diagonal(rates, axis1=-2, axis2=-1).max() > _LARGEST_RATE:
        raise _not_finite()
    # Imported here because scipy.linalg takes a fifth of a second to load; decoupled models do
    # without it.
    from scipy.linalg import expm

    with np.errstate(over="ignore", invalid="ignore"):
        matrix: FloatArray = expm(rates)
    if not np.isfinite(matrix).all():
        raise _not_finite()
    matrix[..., -1, :-1] = 0.0  # the constant stays 1; expm gives it a rounding error
    matrix[..., -1, -1] = 1.0
    return matrix


def _not_finite() -> RangeError:
    return RangeError(
        "The equations change beyond all bounds within one time step.",
        where="equations",
        mend="Is a time constant 0, or far too small?",
    )


def _longest_stretch(rows: int, size: int) -> int:
    return max(1, min(_LONGEST_STRETCH, _STRETCH_BUDGET // (rows * max(size, 1))))


class Decoupled(Integrator):
    """Exact integrator of dx/dt = a x + b for each variable by itself, for any number of steps.

    The solution is x(t+T) = exp(a T) x(t) + b (exp(a T) - 1)/a.

    Parameters
    ----------
    rates, constants : sequence of float or ndarray
        a and b of each variable; arrays have one entry a neuron.
    dt : float
    size : int
        Number of neurons.

    Examples
    --------
    An exponential decay with a time constant of 10 ms, after 10 ms:

    >>> decay = Decoupled([-1 / 10e-3], [0.0], dt=1e-3, size=1)
    >>> out = np.empty((decay.longest, 1, 1))
    >>> decay.advance(np.array([[1.0]]), out, 10, 0.0)
    >>> round(float(out[9, 0, 0]), 6)
    0.367879
    """

    def __init__(
        self, rates: Sequence[Number], constants: Sequence[Number], dt: Seconds, size: int
    ) -> None:
        self.rows = len(rates)
        fastest, driven = _checked(rates, constants, dt)
        self.longest = _longest_stretch(self.rows, size)
        if fastest > 0:
            self.longest = min(self.longest, int(_LARGEST_RATE / fastest))
        counts = _COUNTS[: self.longest]
        per_step = _columns(rates) * dt
        exponents = counts * per_step  # shape (steps, states, neurons or 1)
        self._decay = np.exp(exponents)
        self._gain = None
        if driven:
            still = per_step == 0
            growth = np.expm1(exponents) / np.where(still, 1.0, per_step)
            self._gain = _columns(constants) * dt * np.where(still, counts, growth)

    def advance(self, state: FloatArray, out: FloatArray, count: int, time: Seconds) -> None:
        """Compute the states after 1 … `count` steps."""
        np.multiply(self._decay[:count], state, out=out[:count])
        if self._gain is not None:
            out[:count] += self._gain[:count]


def _checked(
    rates: Sequence[Number], constants: Sequence[Number], dt: Seconds
) -> tuple[float, bool]:
    """Return the largest rate per time step, and whether any constant differs from 0.

    Plain floats are treated apart, because numpy takes longer for two numbers.
    """
    if all(type(value) is float for value in (*rates, *constants)):
        fastest = max(rates) * dt
        total = sum(rates) + sum(constants)
        driven = any(constants)
    else:
        fastest = max(float(np.max(rate)) for rate in rates) * dt
        total = sum(float(np.sum(value)) for value in (*rates, *constants))
        driven = any(np.any(constant) for constant in constants)
    if not (fastest < _LARGEST_RATE and math.isfinite(total)):
        raise _not_finite()
    return float(fastest), driven


def _columns(values: Sequence[Number]) -> FloatArray:
    """Return an array with one row for each state, and one column or one for each neuron."""
    if all(type(value) is float for value in values):
        return np.array(values)[:, None]
    return np.array(np.broadcast_arrays(*(np.atleast_1d(value) for value in values)))


class Linear(Integrator):
    """Exact integrator of dx/dt = A x + b with the same A and b for all neurons.

    One step is a product with the exponential of dt·[[A, b], [0, 0]]; many steps use its powers.

    Parameters
    ----------
    step_matrix : ndarray, shape (rows, rows)
        Exponential of dt·[[A, b], [0, 0]].
    size : int
        Number of neurons.
    """

    def __init__(self, step_matrix: FloatArray, size: int) -> None:
        self.rows = len(step_matrix)
        self.longest = _longest_stretch(self.rows, size)
        self._step_matrix = step_matrix
        # Of many neurons a row that only decays is scaled, another is one product: faster than the
        # whole matrix at once.
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
        # Room for the first, second, … power, one below the other; filled as far as they are
        # needed.
        self._powers = np.empty((self.longest * self.rows, self.rows))
        self._powers[: self.rows] = step_matrix
        self._known = 1

    def advance(self, state: FloatArray, out: FloatArray, count: int, time: Seconds) -> None:
        """Compute the states after 1 … `count` steps."""
        if count > 1:
            self._advance_by_powers(state, out, count)
        elif self._many:
            after = out[0]
            for row, factors in self._row_by_row:
                if factors.ndim:
                    np.dot(factors, state, after[row])
                else:
                    np.multiply(state[row], factors, after[row])
        else:
            np.matmul(self._step_matrix, state, out=out[0])

    def _advance_by_powers(self, state: FloatArray, out: FloatArray, count: int) -> None:
        rows = self.rows
        powers = self._powers
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


class PerNeuronLinear(Integrator):
    """Exact integrator of dx/dt = A x + b with a matrix for each neuron."""

    longest = 1

    def __init__(self, step_matrices: FloatArray) -> None:
        self.rows = step_matrices.shape[-1]
        self._step_matrices = step_matrices

    def advance(self, state: FloatArray, out: FloatArray, count: int, time: Seconds) -> None:
        """Compute the state after one step; `longest` is 1."""
        np.einsum("nij,jn->in", self._step_matrices, state, out=out[0])
