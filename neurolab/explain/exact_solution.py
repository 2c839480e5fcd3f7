"""The exact solution of a linear model between its events, independent of the simulator's steps.

The coefficients of the equations, as fractions, give a characteristic polynomial. sympy computes
its roots and their multiplicities to fifty digits, and x(s) = Σ sᵏ exp(λ s) C(λ, k) x(0) follows.
The times of spikes and resets, and the values to which resets set variables, are those of the run; all
other values are computed anew.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import Any

import numpy as np

from ..array_types import AnyArray, ComplexArray, FloatArray, IntArray
from ..errors import LimitError
from ..experiment.experiment import Neurons
from ..experiment.result import Result
from ..units import unit
from .drawn_paths import Path, drawn, values_before
from .interruptions import Arrival, Reset, arrivals, resets
from .linear_system import LinearSystem, linear_system

MOST_STATES = 8
MOST_SHOWN = 3
"""Most variables of a formula that is still readable."""
_DIGITS = 50
# Largest ratio of terms to their sum; beyond it, cancellation leaves too few digits of a double.
_LARGEST = 1e5
_MOST_PRECISE = 200_000
_MOST_EVENTS = 20_000


@dataclass(frozen=True, eq=False)
class Modes:
    """exp(M s) = Σ sᵏ exp(λ s) C, with M = [[A, b], [0, 0]] and s in ms.

    Attributes
    ----------
    rates : ndarray of complex, shape (modes,)
        λ, per ms.
    powers : ndarray of int, shape (modes,)
        k; above 0 only where roots coincide.
    matrices : ndarray of complex, shape (modes, states + 1, states + 1)
        C.
    precise : tuple
        Rates and matrices to fifty digits, as arrays of objects.
    """

    rates: ComplexArray
    powers: IntArray
    matrices: ComplexArray
    precise: tuple[AnyArray, AnyArray]

    @cached_property
    def cancel(self) -> bool:
        """Whether the terms nearly cancel, so that double precision is not enough for their sum."""
        return np.abs(self.matrices).max() > _LARGEST * np.abs(self.matrices.sum(axis=0)).max()

    def coefficients(self, state: FloatArray) -> ComplexArray:
        """Return the coefficients of the modes for a state at s = 0, shape (modes, states)."""
        return (self.matrices @ np.append(state, 1.0))[:, :-1]

    def values(self, state: FloatArray, times: FloatArray) -> FloatArray:
        """Compute the states at these times (ms) after a state, shape (times, states)."""
        if self.cancel:
            return self._precise_values(state, times)
        functions = times[:, None] ** self.powers * np.exp(times[:, None] * self.rates)
        return (functions @ self.coefficients(state)).real

    def _precise_values(self, state: FloatArray, times: FloatArray) -> FloatArray:
        import mpmath

        if len(times) * len(self.rates) > _MOST_PRECISE:
            raise LimitError(
                "Two time constants nearly agree, and the run is long.",
                mend="Make them equal, or choose a shorter run.",
            )
        rates, matrices = self.precise
        with mpmath.workdps(_DIGITS):
            terms = matrices @ np.array([*map(mpmath.mpf, state.tolist()), mpmath.mpf(1)])
            powers = self.powers.tolist()
            values = [
                sum(
                    term * mpmath.mpf(time) ** power * mpmath.exp(rate * time)
                    for term, power, rate in zip(terms, powers, rates)
                )
                for time in times.tolist()
            ]
            return np.array([[value.real for value in row[:-1]] for row in values], dtype=float)


@dataclass(frozen=True, eq=False)
class Piece:
    """An interval without events, from `begin` (ms) with the values `state`, in display units."""

    begin: float
    state: FloatArray
    jumped: FloatArray
    """How far each variable jumped at the beginning of the piece."""


@dataclass(frozen=True, eq=False)
class Exact:
    """The exact solution for one neuron's variables.

    Attributes
    ----------
    states, units : tuple of str
        Variables, and the units of their formulas.
    values : ndarray, shape (states, times)
        In SI units, at the times of the run.
    differences : ndarray, shape (states,)
        The largest distance of the simulated trace from these values, in `units`.
    modes : Modes
        The terms of the formula.
    pieces : tuple of Piece
    """

    states: tuple[str, ...]
    units: tuple[str, ...]
    values: FloatArray
    differences: FloatArray
    modes: Modes
    pieces: tuple[Piece, ...]


def exact(result: Result, group: Neurons, neuron: int = 0) -> Exact:
    """Solve the equations of one neuron exactly.

    Parameters
    ----------
    result : Result
    group : Neurons
    neuron : int

    Returns
    -------
    Exact

    Raises
    ------
    NotLinearError
        The equations have no such solution; the message names the term.
    LimitError
        There are too many variables or events.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.experiment.simulate import simulate
    >>> solution = exact(simulate(TUTORIAL), TUTORIAL.neurons[0])
    >>> solution.states, bool(solution.differences.max() < 1e-9)
    (('Va', 'Vb'), True)
    """
    system = linear_system(result.experiment, group, neuron)
    factors = np.array([unit(name)[0] for name in system.units])
    modes = _modes(_matrix_per_ms(system, factors))
    trace = result.recorded[group.name][:, :, neuron] / factors
    spikes = [
        spike._replace(amount=spike.amount / factors[spike.row])
        for spike in arrivals(result, group, neuron)
    ]
    ends = resets(result, group, neuron)
    initial = system.initial / factors
    values, pieces = _course(modes, initial, trace, result.experiment.dt, spikes, ends)
    differences = np.abs(trace - values).max(axis=0)
    return Exact(system.states, system.units, (values * factors).T, differences, modes, pieces)


def exact_paths(solution: Exact, result: Result, group: Neurons, neuron: int) -> list[Path]:
    """Return the path of each variable, which jumps at the same times as the trace.

    Parameters
    ----------
    solution : Exact
        The solution for a neuron of this run.
    result : Result
    group : Neurons
    neuron : int
    """
    dt = result.experiment.dt
    factors = np.array([unit(name)[0] for name in solution.units])
    before = solution.values.copy()
    for piece in solution.pieces[1:]:
        before[:, round(piece.begin / dt)] = (piece.state - piece.jumped) * factors
    jumps = (values_before(result, group, neuron) != result.recorded[group.name][:, :, neuron]).T
    before = np.where(jumps, before, solution.values)
    last = solution.pieces[-1].state
    end = solution.modes.values(last, np.array([dt]))[0] * factors
    return [
        drawn(result, values, earlier, float(value))
        for values, earlier, value in zip(solution.values, before, end)
    ]


def _matrix_per_ms(system: LinearSystem, factors: FloatArray) -> tuple[tuple[float, ...], ...]:
    """Write the system as one matrix in ms and display units, in which no number is far from 1."""
    size = len(system.states)
    if size > MOST_STATES:
        raise LimitError(
            f"The model has {size} variables. An exact solution can have at most {MOST_STATES}."
        )
    matrix = np.zeros((size + 1, size + 1))
    matrix[:size, :size] = system.rates * 1e-3 * factors / factors[:, None]
    matrix[:size, size] = system.drive * 1e-3 / factors
    return tuple(map(tuple, matrix.tolist()))


def _course(
    modes: Modes,
    initial: FloatArray,
    trace: FloatArray,
    dt: float,
    spikes: list[Arrival],
    ends: list[Reset],
) -> tuple[FloatArray, tuple[Piece, ...]]:
    length = len(trace)
    ending = {end.step: end for end in ends}
    arriving: dict[int, list[Arrival]] = {}
    for spike in spikes:
        arriving.setdefault(spike.step, []).append(spike)
    stops = sorted({*arriving, *ending, length - 1})
    if len(stops) > _MOST_EVENTS:
        raise LimitError(
            f"{len(stops):,} events are too many for an exact solution.",
            mend="Choose a shorter run.",
        )
    values = np.empty_like(trace)
    # The first recorded value is that after one step.
    done = -1
    pieces = [Piece(-dt, initial, initial)]
    for stop in stops:
        times = np.arange(1.0, stop - done + 1) * dt
        values[done + 1 : stop + 1] = modes.values(pieces[-1].state, times)
        before = values[stop].copy()
        after = values[stop]
        for spike in arriving.get(stop, ()):
            after[spike.row] += spike.amount
        if stop in ending:
            rows = [*ending[stop].given, *ending[stop].added]
            after[rows] = trace[stop][rows]
        pieces.append(Piece(stop * dt, after.copy(), after - before))
        done = stop
    return values, tuple(pieces)


@lru_cache(maxsize=64)
def _modes(matrix: tuple[tuple[float, ...], ...]) -> Modes:
    """Compute the modes of a matrix, given as nested tuples, per ms."""
    import mpmath

    size = len(matrix)
    entries = [[_rational(value) for value in row] for row in matrix]
    with mpmath.workdps(_DIGITS):
        roots = [
            (rate, power)
            for rate, multiplicity in _eigenvalues(entries)
            for power in range(multiplicity)
        ]
        # Row r is the r-th derivative of s^k exp(λ s) at 0, which must give the r-th power of the
        # matrix.
        derivatives = mpmath.matrix(size, size)
        for column, (rate, power) in enumerate(roots):
            for row in range(power, size):
                derivatives[row, column] = mpmath.ff(row, power) * rate ** (row - power)
        inverse = np.array(mpmath.inverse(derivatives).tolist())
        exact = np.array([[_precise(value) for value in row] for row in entries])
        powers = [
            np.array([[mpmath.mpf(row == column) for column in range(size)] for row in range(size)])
        ]
        for _ in range(size - 1):
            powers.append(powers[-1] @ exact)
        matrices = (inverse @ np.stack(powers).reshape(size, -1)).reshape(size, size, size)
    rates = np.array([rate for rate, _ in roots])
    return Modes(
        rates.astype(complex),
        np.array([power for _, power in roots]),
        matrices.astype(complex),
        (rates, matrices),
    )


def _eigenvalues(entries: list[list[Fraction]]) -> list[tuple[Any, int]]:
    """Return the eigenvalues of a matrix of fractions to fifty digits, with multiplicities."""
    needs = {
        row: [column for column, value in enumerate(line) if value and column != row]
        for row, line in enumerate(entries)
    }
    try:
        # The matrix is triangular up to the order of variables: the diagonal holds the eigenvalues.
        TopologicalSorter(needs).prepare()
        diagonal = Counter(line[row] for row, line in enumerate(entries))
        return [(_precise(value), count) for value, count in diagonal.items()]
    except CycleError:
        import mpmath
        import sympy

        polynomial = sympy.Poly(sympy.Matrix(entries).charpoly().all_coeffs(), sympy.Symbol("x"))
        return [
            (mpmath.mpmathify(root), count)
            for factor, count in polynomial.sqf_list()[1]
            for root in factor.nroots(n=_DIGITS, maxsteps=500)
        ]


def _precise(fraction: Fraction) -> Any:
    import mpmath

    return mpmath.mpf(fraction.numerator) / fraction.denominator


def _rational(value: float) -> Fraction:
    """Convert a float to the simple fraction that it stands for, if there is one."""
    simple = Fraction(value).limit_denominator(10**6)
    return simple if abs(float(simple) - value) <= 4e-16 * abs(value) else Fraction(value)
