"""Checks that a population's values are finite, with errors that name the formula at fault."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..array_types import Constants, FloatArray
from ..grid import Seconds, Steps, time_of
from ..model.model import Model
from .integrator import Integrator
from .undefined_values import blow_up, comparison_without_value, without_value


class ValueChecks:
    """Looks for infinite and undefined values of one population.

    Parameters
    ----------
    name : str
        The population, for messages.
    model : Model
    constants : mapping
    stepper : Integrator
    size : int
        Number of neurons.
    dt : float
        Time step, in seconds.
    """

    def __init__(
        self,
        name: str,
        model: Model,
        constants: Constants,
        stepper: Integrator,
        size: int,
        dt: Seconds,
    ) -> None:
        self._name = name
        self._model = model
        self._constants = constants
        self._stepper = stepper
        self._size = size
        self._dt = dt

    def check_state(self, state: FloatArray, before: FloatArray, step: Steps) -> None:
        """Raise if a state, shape (rows, neurons), is infinite or not a number.

        Parameters
        ----------
        state, before : ndarray, shape (rows, neurons)
            The state after `step`, and an earlier one, for the message.
        step : int

        Raises
        ------
        BlowUpError, NoValueError
        """
        if np.isfinite(state).all():
            return
        time = step * self._dt
        row, neuron = np.argwhere(~np.isfinite(state))[0].tolist()
        situations = self._situations(state, before, time)
        raise blow_up(self._model, self._name, neuron, row, situations, time)

    def check_comparisons(self, state: FloatArray, step: Steps) -> None:
        """Raise if a side of a comparison has no value for some neuron.

        Raises
        ------
        NoValueError
        """
        if not self._model.compared:
            return
        time = time_of(step, self._dt)
        values = self._values(state, time)
        error = comparison_without_value(self._model, values, self._size, self._name, time)
        if error:
            raise error

    def refuse_static_values(self, values: FloatArray, states: FloatArray, step: Steps) -> None:
        """Raise for the first static equation without a value.

        Parameters
        ----------
        values : ndarray, shape (steps, neurons)
            Of which some are not finite.
        states : ndarray, shape (steps, rows, neurons)
        step : int
            The first step.
        """
        index, neuron = np.argwhere(~np.isfinite(values))[0].tolist()
        time = (step + index) * self._dt
        known = self._values(states[index], time)
        error = without_value(self._model, known, neuron, self._name, time)
        if error:
            raise error

    def _situations(
        self, state: FloatArray, before: FloatArray, time: Seconds
    ) -> list[Mapping[str, Any]]:
        """List the values for which the formulas were evaluated in the last step, if known."""
        states = self._stepper.stages(before, time) if np.isfinite(before).all() else []
        last_finite = np.where(np.isfinite(state), state, before)
        return [self._values(state, time) for state, time in [*states, (last_finite, time)]]

    def _values(self, state: FloatArray, time: Seconds) -> Mapping[str, Any]:
        return {**self._constants, "xi": 0.0, "t": time, **dict(zip(self._model.states, state))}
