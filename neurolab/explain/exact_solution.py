"""The exact solution of a linear model between its events, as a sum of exponentials; found without the simulator's steps.

The coefficients of the equations, as fractions, give a characteristic polynomial whose roots and their multiplicities
sympy finds to fifty digits; x(s) = Σ sᵏ exp(λ s) C(λ, k) x(0) follows. Spikes and resets happen when they happened in
the run, and what a reset gives a variable is taken from there; all else is computed anew.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from graphlib import CycleError, TopologicalSorter

import numpy as np

from ..errors import LimitError
from ..units import unit
from .interruptions import arrivals, resets
from .linear_system import linear_system

MOST_STATES = 8
MOST_SHOWN = 3
"""Variables of a formula that a person would still read."""
_DIGITS = 50
_LARGEST = 1e5  # of terms that cancel, beside what they leave: in double precision too few digits would remain
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

    rates: np.ndarray
    powers: np.ndarray
    matrices: np.ndarray
    precise: tuple

    @cached_property
    def cancel(self):
        """Whether the terms are so large beside their sum that they say nothing to a reader, nor to double precision."""
        return np.abs(self.matrices).max() > _LARGEST * np.abs(self.matrices.sum(axis=0)).max()

    def coefficients(self, state):
        """Of each mode in each variable, for a state at s = 0: shape (modes, states)."""
        return (self.matrices @ np.append(state, 1.0))[:, :-1]

    def values(self, state, times):
        """The states at these times after it (ms): shape (times, states)."""
        if self.cancel:
            return self._precise_values(state, times)
        functions = times[:, None] ** self.powers * np.exp(times[:, None] * self.rates)
        return (functions @ self.coefficients(state)).real

    def _precise_values(self, state, times):
        import mpmath

        if len(times) * len(self.rates) > _MOST_PRECISE:
            raise LimitError(
                "two time constants nearly agree, and the run is long",
                mend="Make them equal, or choose a shorter run.",
            )
        rates, matrices = self.precise
        with mpmath.workdps(_DIGITS):
            terms = matrices @ np.array([*map(mpmath.mpf, state.tolist()), mpmath.mpf(1)])
            return np.array(
                [
                    [
                        sum(
                            (
                                term[row] * mpmath.mpf(time) ** power * mpmath.exp(rate * time)
                                for term, power, rate in zip(terms, self.powers.tolist(), rates)
                            ),
                            mpmath.mpc(0),
                        ).real
                        for row in range(len(state))
                    ]
                    for time in times.tolist()
                ],
                dtype=float,
            )


@dataclass(frozen=True, eq=False)
class Piece:
    """A stretch without events: it begins at `begin` (ms) with the values `state`, in the units of the page."""

    begin: float
    state: np.ndarray
    jumped: np.ndarray
    """How far each variable jumped where the piece begins."""


@dataclass(frozen=True, eq=False)
class Exact:
    """The exact course of one neuron's variables.

    Attributes
    ----------
    states, units : tuple of str
        Variables, and the units of their formulas.
    values : ndarray, shape (states, times)
        In SI units, at the times of the run.
    differences : ndarray, shape (states,)
        The largest distance of the simulated trace from them, in those units.
    modes : Modes
        What the formula is made of.
    pieces : tuple of Piece
    """

    states: tuple
    units: tuple
    values: np.ndarray
    differences: np.ndarray
    modes: Modes
    pieces: tuple


def exact(result, group, neuron=0):
    """Solve the equations of one neuron exactly.

    Parameters
    ----------
    result : Result
    group : Neurons
    neuron : int

    Raises
    ------
    NotLinearError
        There is no such solution; the message names the term.
    LimitError
        There are too many variables or events.
    """
    system = linear_system(result.experiment, group, neuron)
    size = len(system.states)
    if size > MOST_STATES:
        raise LimitError(
            f"{size} variables are too many for an exact solution",
            expected=f"at most {MOST_STATES}",
        )
    matrix = np.zeros((size + 1, size + 1))
    # In ms and the units of the page, where no number is far from 1.
    factors = np.array([unit(name)[0] for name in system.units])
    matrix[:size, :size] = system.rates * 1e-3 * factors / factors[:, None]
    matrix[:size, size] = system.drive * 1e-3 / factors
    modes = _modes(tuple(map(tuple, matrix.tolist())))
    trace = result.recorded[group.name][:, :, neuron] / factors
    spikes = [
        spike._replace(amount=spike.amount / factors[spike.row])
        for spike in arrivals(result, group, neuron)
    ]
    values, pieces = _course(
        modes,
        system.initial / factors,
        trace,
        result.experiment.dt,
        spikes,
        resets(result, group, neuron),
    )
    return Exact(
        system.states,
        system.units,
        (values * factors).T,
        np.abs(trace - values).max(axis=0),
        modes,
        pieces,
    )


def _course(modes, initial, trace, dt, spikes, ends):
    length = len(trace)
    arriving, ending = {}, {end.step: end for end in ends}
    for spike in spikes:
        arriving.setdefault(spike.step, []).append(spike)
    stops = sorted({*arriving, *ending, length - 1})
    if len(stops) > _MOST_EVENTS:
        raise LimitError(
            f"{len(stops):,} events are too many for an exact solution",
            mend="Choose a shorter run.",
        )
    values = np.empty_like(trace)
    # What is recorded first has gone one step already.
    done, pieces = -1, [Piece(-dt, initial, initial)]
    for stop in stops:
        times = np.arange(1, stop - done + 1) * dt
        values[done + 1 : stop + 1] = modes.values(pieces[-1].state, times)
        before, after = values[stop].copy(), values[stop]
        for spike in arriving.get(stop, ()):
            after[spike.row] += spike.amount
        if stop in ending:
            rows = [*ending[stop].given, *ending[stop].added]
            after[rows] = trace[stop][rows]
        pieces.append(Piece(stop * dt, after.copy(), after - before))
        done = stop
    return values, tuple(pieces)


@lru_cache(maxsize=64)
def _modes(matrix):
    """The modes of a matrix, given as nested tuples, per ms."""
    import mpmath

    size, entries = len(matrix), [[_rational(value) for value in row] for row in matrix]
    with mpmath.workdps(_DIGITS):
        roots = [
            (rate, power)
            for rate, multiplicity in _eigenvalues(entries)
            for power in range(multiplicity)
        ]
        # Row r: the r-th derivative at 0 of s^k exp(λ s), which must give the r-th power of the matrix.
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


def _eigenvalues(entries):
    """Eigenvalues of a matrix of fractions to fifty digits, each once, with how often it occurs."""
    try:
        # Where no two variables pull at each other, they stand on the diagonal.
        tuple(
            TopologicalSorter(
                {
                    row: [column for column, value in enumerate(line) if value and column != row]
                    for row, line in enumerate(entries)
                }
            ).static_order()
        )
        found = Counter(line[row] for row, line in enumerate(entries))
        return [(_precise(value), count) for value, count in found.items()]
    except CycleError:
        import mpmath
        import sympy

        polynomial = sympy.Poly(sympy.Matrix(entries).charpoly().all_coeffs(), sympy.Symbol("x"))
        return [
            (mpmath.mpmathify(root), count)
            for factor, count in polynomial.sqf_list()[1]
            for root in factor.nroots(n=_DIGITS, maxsteps=500)
        ]


def _precise(fraction):
    import mpmath

    return mpmath.mpf(fraction.numerator) / fraction.denominator


def _rational(value):
    """A float as the simple fraction that it stands for, if there is one."""
    simple = Fraction(value).limit_denominator(10**6)
    return simple if abs(float(simple) - value) <= 4e-16 * abs(value) else Fraction(value)
