"""Is a model linear, and with which coefficients?"""

from typing import Any, TypeAlias

from ..array_types import Constants, Number
from .affine import Affine, affine_value, parts
from .model import Model

Coefficients: TypeAlias = list[tuple[dict[str, Number], Number]]
"""For each state variable the factor of every state, and the constant term."""


def linear_coefficients(model: Model, constants: Constants) -> Coefficients | None:
    """Return the coefficients of a linear model dx/dt = A x + b at given numbers.

    Parameters
    ----------
    model : Model
    constants : mapping
        SI values of the external names and parameters.

    Returns
    -------
    list of (coefficients, constant) or None
        Per state variable a dict from state to factor (numbers, or arrays with one entry a neuron)
        and the constant term; None where the model is not linear, or depends on time or noise.

    Examples
    --------
    >>> from neurolab.model.compilation import compile_model
    >>> linear_coefficients(compile_model("dV/dt = (El - V)/tau : volt"), {"El": 2.0, "tau": 4.0})
    [({'V': -0.25}, 0.5)]
    >>> linear_coefficients(compile_model("dV/dt = -V**2/tau : volt"), {"tau": 4.0}) is None
    True
    """
    if (
        model.calls_program
        or model.names_used & {"t", "xi"}
        or model.applies_functions_to_parameters
    ):
        return None
    env: dict[str, Any] = {**constants, **{name: Affine(0.0, {name: 1.0}) for name in model.states}}
    for name, expression in model.statics:
        env[name] = affine_value(expression.evaluate, env)
        if env[name] is None:
            return None
    values = [affine_value(expression.evaluate, env) for expression in model.derivatives]
    if any(value is None for value in values):
        return None
    return [parts(value) for value in values]
