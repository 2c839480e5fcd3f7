"""How a group's state goes one time step on: exactly where the model is linear, else by a numerical method.

Each integrator has

``rows``
    rows of the state array; `Linear` keeps a last row of ones, so that constant terms ride in the same matrix product
``longest``
    how many steps it can do at once
``advance(state, out, count, time)``
    fill ``out[:count]`` with the states after 1 … `count` steps from `state` (rows × neurons, SI), which begins at `time`
"""

from contextlib import suppress

import numpy as np

from ..errors import NeurolabError, ParseError, RangeError
from ..model.affine import Affine, affine_value, parts
from ..model.model import linear_coefficients
from .linear_integrators import linear_integrator

METHODS = ("linear", "euler", "rk2", "rk4", "exponential_euler")
_SPELLINGS = {
    "linear": "linear",
    "exact": "linear",
    "euler": "euler",
    "rk": "rk2",
    "rk2": "rk2",
    "midpoint": "rk2",
    "rk4": "rk4",
    "exponential_euler": "exponential_euler",
}


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
    name = method_name(method)
    coefficients = linear_coefficients(model, constants) if name in ("", "linear") else None
    if coefficients is not None:
        return linear_integrator(model.states, coefficients, dt, size)
    if name == "linear":
        raise ParseError(
            "the equations are not linear, so there is no exact step",
            where="method",
            mend="Choose euler, rk2, rk4 or exponential_euler.",
        )
    step = _STEPS[name or "euler"]
    return Stepper(model, constants, dt, step, rng)


def rates_of_change(model, constants, state):
    """Rate of change of each state variable, shape (states, neurons); None if it depends on time or noise.

    Parameters
    ----------
    model : Model
    constants : mapping
    state : ndarray, shape (states, neurons)
    """
    if {"t", "xi"} & model.names_used:
        return None
    env = {**constants, **dict(zip(model.states, state))}
    with np.errstate(all="ignore"):
        for name, expression in model.statics:
            env[name] = expression.evaluate(env)
        rates = [
            np.broadcast_to(expression.evaluate(env), state.shape[1:])
            for expression in model.derivatives
        ]
    return np.array(rates, dtype=float)


def method_name(text):
    """The one of `METHODS` that a text names; ``''`` stays.

    Raises
    ------
    ParseError
        There is no such method.
    """
    name = _SPELLINGS.get(text.lower()) if text else ""
    if name is None:
        raise ParseError(
            f"'{text}' is not an integration method",
            where="method",
            expected="one of " + ", ".join(METHODS),
        )
    return name


def method_of_options(method, order, implicit, model, constants):
    """The method that the original's options stand for; `order` and `implicit` concern models that are not linear.

    Parameters
    ----------
    method : str or None
        ``'nonlinear'`` says that the model is not to be taken as linear.
    order : int
    implicit : bool
    model : Model
    constants : mapping
    """
    if method and method != "nonlinear":
        return method
    chosen = "exponential_euler" if implicit else "rk2" if order == 2 else ""
    if method == "nonlinear":
        return chosen or "euler"
    try:
        linear = chosen and linear_coefficients(model, constants) is not None
    except RangeError:  # a division by 0, which is told apart when the numbers are final
        linear = False
    return "" if linear else chosen


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
            raise ParseError(
                "equations with noise (xi) need the Euler method", where="method", expected="euler"
            )

    def advance(self, state, out, count, time):
        out[0] = self._step(self._field, state, time, self._dt)

    def stages(self, state, time):
        """The states and times at which one step evaluates the right-hand side, as a list of pairs."""
        watched = _Watched(self._field)
        with np.errstate(all="ignore"), suppress(NeurolabError):
            self._step(watched, state, time, self._dt)
        return watched.seen


class _Watched:
    """A right-hand side that notes where it is evaluated."""

    def __init__(self, field):
        self._field, self.seen = field, []

    def __call__(self, state, time):
        self.seen.append((state.copy(), time))
        return self._field(state, time)

    def affine_parts(self, state, time):
        """As that of the right-hand side."""
        self.seen.append((state.copy(), time))
        return self._field.affine_parts(state, time)


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
        self._noise = [_noisy_statics(model, expression) for expression in model.derivatives]

    def environment(self, state, time):
        """Values of all names at a state."""
        env = {**self.constants, **dict(zip(self.model.states, state)), "t": time}
        if self.noisy:
            env["xi"] = self._draw(state.shape[1])
        return env

    def _draw(self, size):
        return self._rng.standard_normal(size) / np.sqrt(self._dt)

    def derivatives(self, env):
        """Evaluate the static equations and then the derivatives, as a list with one value a state."""
        for name, evaluate in self._statics:
            env[name] = evaluate(env)
        if not self.noisy:
            return [evaluate(env) for evaluate in self._derivatives]
        found, used = [], False
        for evaluate, statics in zip(self._derivatives, self._noise):
            if statics is not None and used:  # each variable has a noise of its own
                env["xi"] = self._draw(len(env["xi"]))
                for name, expression in statics:
                    env[name] = expression.evaluate(env)
            used = used or statics is not None
            found.append(evaluate(env))
        return found

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
                raise ParseError(
                    f"d{name}/dt is not linear in {name}",
                    where="method",
                    mend="exponential_euler needs each equation linear in its own variable: "
                    "choose euler, rk2 or rk4.",
                )
            factors, constant = parts(value)
            found.append((constant, factors.get(name, 0.0)))
        return found


def _noisy_statics(model, expression):
    """The static equations through which noise comes into a formula; None where none does."""
    statics, noisy = model.statics_for(expression.names), {"xi"}
    for name, static in statics:
        if static.names & noisy:
            noisy.add(name)
    return (
        [(name, static) for name, static in statics if name in noisy]
        if expression.names & noisy
        else None
    )


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
