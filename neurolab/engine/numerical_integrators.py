"""Numerical integrators, for nonlinear models: Euler, Runge–Kutta and exponential Euler."""

import math
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import numpy as np

from ..array_types import Constants, FloatArray
from ..errors import NeurolabError, ParseError
from ..grid import Seconds
from ..model.affine import Affine, affine_value, parts
from ..model.constant_folding import folded
from ..model.expressions import Expression
from ..model.model import Model
from .integrator import Integrator, Stage

_LinearRate = tuple[Any, Any]
"""a and b of the rate a + b x; numbers, or arrays with one entry a neuron."""


class RightHandSide(Protocol):
    """f(x, t) of a model dx/dt = f(x, t), as the methods evaluate it."""

    def __call__(self, state: FloatArray, time: Seconds) -> FloatArray:
        """Return the derivatives of a state, in its shape (rows, neurons)."""

    def affine_parts(self, state: FloatArray, time: Seconds) -> list[_LinearRate]:
        """List a and b of f = a + b x for each state variable x, with all others held."""


Method = Callable[[RightHandSide, FloatArray, Seconds, Seconds], FloatArray]
"""``method(field, state, time, dt)`` returns the state after one step."""


class Stepper(Integrator):
    """A one-step method for any model dx/dt = f(x, t), with white noise by Euler–Maruyama.

    Parameters
    ----------
    step : callable
        ``step(field, state, time, dt)`` gives the state one step on.
    """

    longest = 1

    def __init__(
        self,
        model: Model,
        constants: Constants,
        dt: Seconds,
        step: Method,
        rng: np.random.Generator | None,
    ) -> None:
        self.rows = len(model.states)
        self._dt = dt
        self._field = Field(model, constants, dt, rng)
        self._step = step
        # Functions of the program compute with arrays.
        plain = step is euler and not self._field.noisy and not model.calls_program
        self._single = SingleNeuronEuler(model, constants, dt) if plain else None
        if step is not euler and self._field.noisy:
            raise ParseError(
                "Equations with noise (xi) need the Euler method.",
                where="method",
                mend="Choose the method euler.",
            )

    def advance(self, state: FloatArray, out: FloatArray, count: int, time: Seconds) -> None:
        """Compute the state after one step; `longest` is 1."""
        if self._single is not None and state.shape[1] == 1:
            after = self._single.step(state[: self.rows, 0].tolist(), time)
            if after is not None:
                out[0, :, 0] = after
                return
        out[0] = self._step(self._field, state, time, self._dt)

    def stages(self, state: FloatArray, time: Seconds) -> list[Stage]:
        """List the states and times for which one step evaluates the equations."""
        watched = _Watched(self._field)
        with np.errstate(all="ignore"), suppress(NeurolabError):
            self._step(watched, state, time, self._dt)
        return watched.seen


class _Watched:
    """A right-hand side that notes the states for which it is evaluated."""

    def __init__(self, field: RightHandSide) -> None:
        self._field = field
        self.seen: list[Stage] = []

    def __call__(self, state: FloatArray, time: Seconds) -> FloatArray:
        self.seen.append((state.copy(), time))
        return self._field(state, time)

    def affine_parts(self, state: FloatArray, time: Seconds) -> list[_LinearRate]:
        """List a and b of f = a + b x."""
        self.seen.append((state.copy(), time))
        return self._field.affine_parts(state, time)


class Field:
    """The right-hand side f(x, t) of a model at given constants.

    Calling it with a state array (rows × neurons) and a time gives the derivatives, in the same
    shape.
    """

    def __init__(
        self, model: Model, constants: Constants, dt: Seconds, rng: np.random.Generator | None
    ) -> None:
        self.model = model
        self.constants = constants
        self.noisy = "xi" in model.names_used
        self._dt = dt
        self._rng = rng
        self._statics = [(name, expression.evaluate) for name, expression in model.statics]
        self._derivatives = [expression.evaluate for expression in model.derivatives]
        self._noise = [_noisy_statics(model, expression) for expression in model.derivatives]

    def environment(self, state: FloatArray, time: Seconds) -> dict[str, Any]:
        """Return the values of all names at a state."""
        env = {**self.constants, **dict(zip(self.model.states, state)), "t": time}
        if self.noisy:
            env["xi"] = self._draw(state.shape[1])
        return env

    def _draw(self, size: int) -> FloatArray:
        assert self._rng is not None, "a model with noise needs a random generator"
        return self._rng.standard_normal(size) / np.sqrt(self._dt)

    def derivatives(self, env: dict[str, Any]) -> list[Any]:
        """Evaluate the static equations and then the derivatives, one value for each state."""
        for name, evaluate in self._statics:
            env[name] = evaluate(env)
        if not self.noisy:
            return [evaluate(env) for evaluate in self._derivatives]
        derivatives = []
        used = False
        for evaluate, statics in zip(self._derivatives, self._noise):
            if statics is not None and used:  # each variable has a noise of its own
                env["xi"] = self._draw(len(env["xi"]))
                for name, expression in statics:
                    env[name] = expression.evaluate(env)
            used = used or statics is not None
            derivatives.append(evaluate(env))
        return derivatives

    def __call__(self, state: FloatArray, time: Seconds) -> FloatArray:
        out = np.empty_like(state)
        for row, value in enumerate(self.derivatives(self.environment(state, time))):
            out[row] = value
        return out

    def affine_parts(self, state: FloatArray, time: Seconds) -> list[_LinearRate]:
        """List a and b of the rate f = a + b x of each state variable x, with all others held.

        Raises
        ------
        ParseError
            An equation is not linear in its own variable.
        """
        env = self.environment(state, time)
        rates = []
        for name, derivative in zip(self.model.states, self.model.derivatives):
            own = {**env, name: Affine(0.0, {name: 1.0})}
            for static, expression in self.model.statics_for(derivative.names):
                own[static] = affine_value(expression.evaluate, own)
            value = affine_value(derivative.evaluate, own)
            if value is None:
                raise ParseError(
                    f"d{name}/dt is not linear in {name}.",
                    where="method",
                    mend="exponential_euler needs each equation linear in its own variable: "
                    "choose euler, rk2 or rk4.",
                )
            factors, constant = parts(value)
            rates.append((constant, factors.get(name, 0.0)))
        return rates


class SingleNeuronEuler:
    """The Euler step of one neuron with Python's numbers, which numpy's arrays of one would slow.

    Parameters
    ----------
    model : Model
    constants : mapping
    dt : float

    Examples
    --------
    >>> from neurolab.model.compilation import compile_model
    >>> SingleNeuronEuler(compile_model("dx/dt = -x**2/tau : 1"), {"tau": 2.0}, 0.5).step([1.0], 0)
    [0.75]
    """

    def __init__(self, model: Model, constants: Constants, dt: Seconds) -> None:
        self._states = model.states
        self._dt = dt
        # Parameters are arrays that a program can change in place, so they are read in each step.
        self._arrays = [name for name, value in constants.items() if np.ndim(value)]
        self._constants = constants
        self._env: dict[str, Any] = dict(constants)
        fixed = {name: value for name, value in constants.items() if isinstance(value, float)}
        self._statics = [(name, folded(formula, fixed)) for name, formula in model.statics]
        self._derivatives = [folded(formula, fixed) for formula in model.derivatives]

    def step(self, values: list[float], time: Seconds) -> list[float] | None:
        """Return the values one step later; None if a formula has no finite value there."""
        env = self._env
        dt = self._dt
        env["t"] = time
        try:
            for name in self._arrays:
                (env[name],) = np.asarray(self._constants[name]).tolist()
            for name, value in zip(self._states, values):
                env[name] = value
            for name, evaluate in self._statics:
                env[name] = evaluate(env)
            rates = [evaluate(env) for evaluate in self._derivatives]
            after = [value + dt * rate for value, rate in zip(values, rates)]
        except (NeurolabError, ArithmeticError, TypeError, ValueError):
            return None
        return after if math.isfinite(sum(after)) else None


def _noisy_statics(model: Model, expression: Expression) -> list[tuple[str, Expression]] | None:
    """Return the static equations through which noise enters a formula, or None."""
    statics = model.statics_for(expression.names)
    noisy = {"xi"}
    for name, static in statics:
        if static.names & noisy:
            noisy.add(name)
    if not expression.names & noisy:
        return None
    return [(name, static) for name, static in statics if name in noisy]


def euler(field: RightHandSide, state: FloatArray, time: Seconds, dt: Seconds) -> FloatArray:
    """Return x + dt f(x, t): first order, and the Euler–Maruyama step if f contains noise.

    Source: Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I, Springer 1993.

    Examples
    --------
    Half a second of dx/dt = -x in one step:

    >>> class Decay:
    ...     def __call__(self, state, time):
    ...         return -state
    >>> float(euler(Decay(), np.array([[1.0]]), 0.0, 0.5)[0, 0])
    0.5
    """
    return state + dt * field(state, time)


def rk2(field: RightHandSide, state: FloatArray, time: Seconds, dt: Seconds) -> FloatArray:
    """Return the state after one step of the midpoint rule, of second order.

    Source: Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I, Springer 1993.
    """
    middle = state + 0.5 * dt * field(state, time)
    return state + dt * field(middle, time + 0.5 * dt)


def rk4(field: RightHandSide, state: FloatArray, time: Seconds, dt: Seconds) -> FloatArray:
    """Return the state after one step of the classical Runge–Kutta method, of fourth order.

    Source: Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I, Springer 1993.
    """
    k1 = field(state, time)
    k2 = field(state + 0.5 * dt * k1, time + 0.5 * dt)
    k3 = field(state + 0.5 * dt * k2, time + 0.5 * dt)
    k4 = field(state + dt * k3, time + dt)
    return state + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)


def exponential_euler(
    field: RightHandSide, state: FloatArray, time: Seconds, dt: Seconds
) -> FloatArray:
    """Return x exp(b dt) + a (exp(b dt) - 1)/b for f = a + b x with all other variables held.

    The order is 1; the method is exact if each variable decays independently of the others.
    Source: Hochbruck & Ostermann, Acta Numerica 19, 209 (2010).
    """
    out = np.empty_like(state)
    for row, (a, b) in enumerate(field.affine_parts(state, time)):
        rate = np.asarray(b) * dt
        small = rate == 0
        gain = np.where(small, 1.0, np.expm1(rate) / np.where(small, 1.0, rate))
        out[row] = state[row] * np.exp(rate) + a * dt * gain
    return out


ONE_STEP_METHODS: dict[str, Method] = {
    "euler": euler,
    "rk2": rk2,
    "rk4": rk4,
    "exponential_euler": exponential_euler,
}
