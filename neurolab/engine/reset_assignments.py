"""The assignments of a reset, such as ``V = Vr; w += b``."""

from typing import Any

import numpy as np

from ..array_types import Constants, FloatArray, IntArray
from ..grid import Seconds
from ..model.expressions import Expression
from ..model.model import Model


class ResetAssignments:
    """Sets or changes the state variables of the neurons that fired.

    Parameters
    ----------
    model : Model
    constants : mapping
        SI values of the model's external names and parameters.
    """

    def __init__(self, model: Model, constants: Constants) -> None:
        self._model = model
        self._constants = constants
        # A reset to a constant is the same for every spike.
        self._values = [
            float(expression.evaluate(constants)) if self._is_constant(expression) else None
            for _, _, expression in model.reset_rows
        ]

    def _is_constant(self, expression: Expression) -> bool:
        constants = self._constants
        return not expression.calls_program and all(
            name in constants and np.ndim(constants[name]) == 0 for name in expression.names
        )

    def apply(self, state: FloatArray, spikes: IntArray, time: Seconds) -> None:
        """Carry out the assignments in their order.

        Parameters
        ----------
        state : ndarray, shape (rows, neurons)
            Changed in place.
        spikes : ndarray of int
            The neurons that fired.
        time : float
            Seconds.
        """
        for (row, adds, expression), value in zip(self._model.reset_rows, self._values):
            if value is None:
                value = expression.evaluate(self._environment(state, spikes, time))
            values = state[row]
            if adds:
                values[spikes] += value
            else:
                values[spikes] = value

    def _environment(self, state: FloatArray, spikes: IntArray, time: Seconds) -> dict[str, Any]:
        """Return the values of all names for the neurons that fired, as they are now."""
        env: dict[str, Any] = {
            name: value[spikes] if isinstance(value, np.ndarray) and np.ndim(value) else value
            for name, value in self._constants.items()
        }
        env["t"] = time
        env["xi"] = 0.0
        for name, row in zip(self._model.states, state):
            env[name] = row[spikes]
        for name, expression in self._model.statics:
            env[name] = expression.evaluate(env)
        return env
