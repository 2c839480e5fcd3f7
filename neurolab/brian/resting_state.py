"""The resting state of a model: the state in which nothing changes."""

import numpy as np

from ..array_types import Constants, FloatArray
from ..errors import NoValueError, ParseError
from ..model.linearity import linear_coefficients
from ..model.model import Model


def resting_state(model: Model, constants: Constants, size: int) -> FloatArray:
    """Return the fixed point of a linear model, where every derivative is 0.

    Parameters
    ----------
    model : Model
    constants : mapping
        SI value of every external name and parameter; arrays have one entry for each neuron.
    size : int
        Number of neurons.

    Returns
    -------
    ndarray, shape (states, neurons)
        SI values.

    Raises
    ------
    ParseError
        The model is not linear.
    NoValueError
        No state, or more than one, is at rest.
    """
    coefficients = linear_coefficients(model, constants)
    if coefficients is None:
        raise ParseError(
            "The equations are not linear, so that no formula gives the state at rest.",
            where="rest",
            mend="Run the group without input until nothing changes, then connect it.",
        )
    matrix = np.zeros((size, len(model.states), len(model.states)))
    constant = np.zeros((size, len(model.states), 1))
    for row, (factors, number) in enumerate(coefficients):
        constant[:, row, 0] = number
        for column, name in enumerate(model.states):
            matrix[:, row, column] = factors.get(name, 0.0)
    try:
        solution = np.linalg.solve(matrix, -constant)
    except np.linalg.LinAlgError:
        raise NoValueError(
            "No single state is at rest.",
            where="rest",
            mend="A variable that does not decay, such as dV/dt = 0*mV/ms, stays anywhere.",
        ) from None
    return np.asarray(solution[:, :, 0].T, dtype=float)
