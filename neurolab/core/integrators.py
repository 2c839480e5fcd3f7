"""How a group's state goes one time step on: exactly where the model is linear, else by a numerical method.

Each integrator has

``rows``
    rows of the state array; `Linear` keeps a last row of ones, so that constant terms ride in the same matrix product
``longest``
    how many steps it can do at once
``advance(state, out, count, time)``
    fill ``out[:count]`` with the states after 1 … `count` steps from `state` (rows × neurons, SI), which begins at `time`
"""

import math

import numpy as np

from ..errors import ParseError, RangeError
from .affine import Affine, affine_value, parts
from .model import linear_coefficients

METHODS = ("linear", "euler", "rk2", "rk4", "exponential_euler")
_SPELLINGS = {"linear": "linear", "exact": "linear", "euler": "euler", "rk": "rk2", "rk2": "rk2", "midpoint": "rk2",
              "rk4": "rk4", "exponential_euler": "exponential_euler"}
# Steps at once: enough that a teaching network jumps from event to event, few enough that nothing is computed in vain.
_LONGEST_STRETCH = 128
_STRETCH_BUDGET = 20_000
_LARGEST_RATE = 700.0  # exp of more is no float
_MANY_NEURONS, _FEW_ROWS = 256, 8
_COUNTS = np.arange(1.0, _LONGEST_STRETCH + 1)[:, None, None]


def integrator(model, constants, dt, size, method="", rng=None):
    """Choose and build the integrator of a group.

    Parameters
    ----------
    model : Model
    constants : mapping
        SI value of every external name and parameter; arrays have one entry a neuron.
    dt : float
        Time step, in seconds.
    size : int
        Number of neurons.
    method : str
        One of `METHODS`; ``''`` is exact where the model is linear, else Euler.
    rng : numpy.random.Generator, optional
        For models with noise.

    Raises
    ------
    RangeError
        A coefficient is not finite, as with a time constant of 0.
    ParseError
        The method does not exist or does not fit the model.
    """
    name = _SPELLINGS.get(method.lower()) if method else ""
    if name is None:
        raise ParseError(f"'{method}' is not an integration method", where="method",
                         expected="one of " + ", ".join(METHODS))
    try:
        coefficients = linear_coefficients(model, constants) if name in ("", "linear") else None
    except (ZeroDivisionError, OverflowError) as error:
        raise _division_by_zero(model, constants) from error
    if coefficients is not None:
        return _linear(model, coefficients, dt, size)
    if name == "linear":
        raise ParseError("the equations are not linear, so there is no exact step", where="method",
                         mend="Choose euler, rk2, rk4 or exponential_euler.")
    step = _STEPS[name or "euler"]
    return Stepper(model, constants, dt, step, rng)


def _division_by_zero(model, constants):
    zeros = [name for name in sorted(model.names_used & constants.keys()) if np.any(constants[name] == 0)]
    named = " and ".join(zeros) or "a term"
    return RangeError(f"{named} is 0, and the equations divide by it", where="equations",
                      expected="a value above 0" if zeros else "")


def _linear(model, coefficients, dt, size):
    rates, constants = _decoupled(model.states, coefficients)
    if rates is not None:
        return Decoupled(rates, constants, dt, size)
    shape = np.broadcast_shapes(*(np.shape(value) for factors, constant in coefficients
                                  for value in (constant, *factors.values())))
    matrix = _step_matrix(model.states, coefficients, dt, shape)
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


def _step_matrix(states, coefficients, dt, shape):
    """Exponential of dt·[[A, b], [0, 0]], or of one such matrix for each neuron."""
    from scipy.linalg import expm  # loaded late: a third of a second that a first trace can do without
    rates = np.zeros((*shape, len(states) + 1, len(states) + 1))
    for i, (factors, constant) in enumerate(coefficients):
        for name, factor in factors.items():
            rates[..., i, states.index(name)] = factor
        rates[..., i, -1] = constant
    rates *= dt
    if not np.isfinite(rates).all() or np.diagonal(rates, axis1=-2, axis2=-1).max() > _LARGEST_RATE:
        raise _not_finite()
    matrix = expm(rates)
    if not np.isfinite(matrix).all():
        raise _not_finite()
    return matrix


def _not_finite():
    return RangeError("the equations change beyond all bounds within one time step", where="equations",
                      mend="Is a time constant 0, or far too small?")


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
        counts, rates = _COUNTS[:self.longest], _columns(rates) * dt
        # (steps, states, neurons or 1)
        exponents = counts * rates
        self._decay = np.exp(exponents)
        self._gain = None
        if driven:
            still = rates == 0
            self._gain = _columns(constants) * dt * np.where(still, counts,
                                                             np.expm1(exponents) / np.where(still, 1.0, rates))

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
        self._row_by_row = [(row, factors[row] if np.count_nonzero(factors) == 1 and factors[row] else factors)
                            for row, factors in enumerate(step_matrix[:-1])]
        self._many = size >= _MANY_NEURONS and self.rows <= _FEW_ROWS
        # Room for the first, second, … power, one below the other; filled as far as they are needed.
        self._powers = np.empty((self.longest * self.rows, self.rows))
        self._powers[:self.rows] = step_matrix
        self._known = 1

    def advance(self, state, out, count, time):
        if count > 1:
            self._advance_by_powers(state, out, count)
        elif self._many:
            for row, factors in self._row_by_row:
                if type(factors) is np.ndarray:
                    np.dot(factors, state, out=out[0, row])
                else:
                    np.multiply(state[row], factors, out=out[0, row])
        else:
            np.matmul(self._step_matrix, state, out=out[0])

    def _advance_by_powers(self, state, out, count):
        rows, powers = self.rows, self._powers
        while self._known < count:
            known = self._known
            more = min(known, self.longest - known)
            np.matmul(powers[:more * rows], powers[(known - 1) * rows:known * rows],
                      out=powers[known * rows:(known + more) * rows])
            self._known += more
        np.matmul(powers[:count * rows], state, out=out.reshape(-1, out.shape[-1])[:count * rows])


class PerNeuronLinear:
    """As `Linear`, with a step matrix for each neuron: shape (neurons, rows, rows)."""

    longest = 1

    def __init__(self, step_matrices):
        self.rows = step_matrices.shape[-1]
        self._step_matrices = step_matrices

    def advance(self, state, out, count, time):
        np.einsum("nij,jn->in", self._step_matrices, state, out=out[0])


class Stepper:
    """A one-step method for any model dx/dt = f(x, t), with white noise by Euler–Maruyama.

    Parameters
    ----------
    step : callable
        ``step(field, state, time, dt)`` gives the state one step on.
    """

    longest = 1

    def __init__(self, model, constants, dt, step, rng):
        self.rows = len(model.states)
        self._dt = dt
        self._field = Field(model, constants, dt, rng)
        self._step = step
        if step is not euler and self._field.noisy:
            raise ParseError("equations with noise (xi) need the Euler method", where="method", expected="euler")

    def advance(self, state, out, count, time):
        try:
            out[0] = self._step(self._field, state, time, self._dt)
        except (ZeroDivisionError, OverflowError) as error:
            raise _division_by_zero(self._field.model, self._field.constants) from error


class Field:
    """The right-hand side f(x, t) of a model at given constants.

    Calling it with a state array (rows × neurons) and a time gives the derivatives, in the same shape.
    """

    def __init__(self, model, constants, dt, rng):
        self.model = model
        self.constants = constants
        self.noisy = "xi" in model.names_used
        self._dt = dt
        self._rng = rng
        self._statics = [(name, expression.evaluate) for name, expression in model.statics]
        self._derivatives = [expression.evaluate for expression in model.derivatives]

    def environment(self, state, time):
        """Values of all names at a state."""
        env = {**self.constants, **dict(zip(self.model.states, state)), "t": time}
        if self.noisy:
            env["xi"] = self._rng.standard_normal(state.shape[1]) / np.sqrt(self._dt)
        return env

    def derivatives(self, env):
        """Evaluate the static equations and then the derivatives, as a list with one value a state."""
        for name, evaluate in self._statics:
            env[name] = evaluate(env)
        return [evaluate(env) for evaluate in self._derivatives]

    def __call__(self, state, time):
        out = np.empty_like(state)
        for i, value in enumerate(self.derivatives(self.environment(state, time))):
            out[i] = value
        return out

    def affine_parts(self, state, time):
        """For each state x the rate f = a + b x with all other variables held: a list of (a, b)."""
        env = self.environment(state, time)
        found = []
        for name, derivative in zip(self.model.states, self.model.derivatives):
            own = {**env, name: Affine(0.0, {name: 1.0})}
            for static, expression in self.model.statics_for(derivative.names):
                own[static] = affine_value(expression.evaluate, own)
            value = affine_value(derivative.evaluate, own)
            if value is None:
                raise ParseError(f"d{name}/dt is not linear in {name}", where="method",
                                 mend="exponential_euler needs each equation linear in its own variable: "
                                      "choose euler, rk2 or rk4.")
            factors, constant = parts(value)
            found.append((constant, factors.get(name, 0.0)))
        return found


def euler(field, state, time, dt):
    """x + dt f(x, t); first order, and the Euler–Maruyama step where f holds noise."""
    return state + dt * field(state, time)


def rk2(field, state, time, dt):
    """The midpoint rule; second order."""
    middle = state + 0.5 * dt * field(state, time)
    return state + dt * field(middle, time + 0.5 * dt)


def rk4(field, state, time, dt):
    """The classical Runge–Kutta method; fourth order."""
    k1 = field(state, time)
    k2 = field(state + 0.5 * dt * k1, time + 0.5 * dt)
    k3 = field(state + 0.5 * dt * k2, time + 0.5 * dt)
    k4 = field(state + dt * k3, time + dt)
    return state + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)


def exponential_euler(field, state, time, dt):
    """With f = a + b x, all else held: x exp(b dt) + a (exp(b dt) - 1)/b; first order, exact for decoupled decays."""
    out = np.empty_like(state)
    for i, (a, b) in enumerate(field.affine_parts(state, time)):
        rate = np.asarray(b) * dt
        small = rate == 0
        gain = np.where(small, 1.0, np.expm1(rate) / np.where(small, 1.0, rate))
        out[i] = state[i] * np.exp(rate) + a * dt * gain
    return out


_STEPS = {"euler": euler, "rk2": rk2, "rk4": rk4, "exponential_euler": exponential_euler}
