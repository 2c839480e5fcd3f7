"""Choose the integrator of a group: exact if the model is linear, else a numerical method."""

import numpy as np

from ..array_types import Constants, FloatArray
from ..errors import ParseError, RangeError
from ..grid import Seconds
from ..model.linearity import linear_coefficients
from ..model.model import Model
from .integrator import Integrator
from .linear_integrators import linear_integrator
from .numerical_integrators import ONE_STEP_METHODS, Stepper

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


def integrator(
    model: Model,
    constants: Constants,
    dt: Seconds,
    size: int,
    method: str = "",
    rng: np.random.Generator | None = None,
) -> Integrator:
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
            "The equations are not linear, so there is no exact step.",
            where="method",
            mend="Choose euler, rk2, rk4 or exponential_euler.",
        )
    step = ONE_STEP_METHODS[name or "euler"]
    return Stepper(model, constants, dt, step, rng)


def rates_of_change(model: Model, constants: Constants, state: FloatArray) -> FloatArray | None:
    """Compute the rate of change of each state variable, shape (states, neurons).

    Parameters
    ----------
    model : Model
    constants : mapping
    state : ndarray, shape (states, neurons)

    Returns
    -------
    ndarray, shape (states, neurons), or None
        None if the model depends on time, noise or a function of the program.
    """
    if model.calls_program or {"t", "xi"} & model.names_used:
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


def method_name(text: str) -> str:
    """Return the one of `METHODS` that a text names; ``''`` stays as it is.
    Raises
    ------
    ParseError
        There is no such method.

    Examples
    --------
    >>> method_name("midpoint")
    'rk2'
    """
    name = _SPELLINGS.get(text.lower()) if text else ""
    if name is None:
        raise ParseError(
            f"'{text}' is not an integration method.",
            where="method",
            mend=f"Choose one of {', '.join(METHODS)}.",
        )
    return name


def method_of_options(
    method: str | None, order: int, implicit: bool, model: Model, constants: Constants
) -> str:
    """Return the method that the options of Brian 1 stand for.

    The options `order` and `implicit` apply only to models that are not linear.

    Parameters
    ----------
    method : str or None
        ``'nonlinear'`` excludes the exact method.
    order : int
    implicit : bool
    model : Model
    constants : mapping
    """
    if method and method != "nonlinear":
        return method
    if implicit:
        chosen = "exponential_euler"
    else:
        chosen = "rk2" if order == 2 else ""
    if method == "nonlinear":
        return chosen or "euler"
    try:
        linear = bool(chosen) and linear_coefficients(model, constants) is not None
    except RangeError:  # a division by 0, which is an error only with the final numbers
        linear = False
    return "" if linear else chosen
