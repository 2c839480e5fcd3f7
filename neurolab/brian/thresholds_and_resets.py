"""Thresholds and resets as objects, in place of quantities and texts."""

from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import OutOfRangeError
from ..model.model import Model
from ..units import Quantity, unit_quantity
from .checked_calls import checked_call

if TYPE_CHECKING:
    pass

mV, ms = unit_quantity("mV"), unit_quantity("ms")


class Trigger:
    """A threshold or reset as a text, and values of names in it.

    Parameters
    ----------
    text : str
        ``{state}`` stands for the variable.
    state : str or int, optional
        The variable, by name or by its number in the order of the equations.
    refractory : quantity, optional
    other : str or int, optional
        A second variable, for which ``{other}`` stands.
    **values

    Attributes
    ----------
    holds : bool
        Whether the variable that a spike resets is held during the refractory period.
    """

    holds = True

    def __init__(
        self,
        text: str,
        state: str | int | None = None,
        refractory: Quantity | float | None = None,
        other: str | int | None = None,
        **values: Any,
    ) -> None:
        self._text, self._state, self._other = text, state, other
        self.refractory, self.values = refractory, values

    def statement(self, model: Model) -> str:
        """Return the text for a model."""
        return self._text.format(
            state=variable_of(model, self._state), other=variable_of(model, self._other)
        )


def variable_of(model: Model, chosen: str | int | None) -> str:
    """Return the name of a variable that is given by its name, by its number, or not at all."""
    names = (*model.states, *model.parameters)
    if isinstance(chosen, (int, np.integer)):
        if not 0 <= chosen < len(names):
            raise OutOfRangeError(
                f"There is no variable {chosen}.",
                where="threshold or reset",
                mend=f"Give a number from 0 to {len(names) - 1}, or one of {', '.join(names)}.",
            )
        return names[chosen]
    return model.default_state if chosen is None else chosen


class Threshold(Trigger):
    """Fires above a value."""

    @checked_call
    def __init__(self, threshold: Quantity | float = 1 * mV, state: str | int = 0) -> None:
        super().__init__("{state} > threshold_value", state, threshold_value=threshold)


class EmpiricalThreshold(Trigger):
    """Fires above a value, and not again for a time; meanwhile the variables change freely."""

    holds = False

    @checked_call(lacking={"clock": "Leave it out: the time is counted on the clock of the group."})
    def __init__(
        self,
        threshold: Quantity | float = 1 * mV,
        refractory: Quantity | float = 1 * ms,
        state: str | int = 0,
    ) -> None:
        super().__init__("{state} > threshold_value", state, refractory, threshold_value=threshold)


class VariableThreshold(Trigger):
    """Fires where one variable is above another."""

    @checked_call
    def __init__(self, threshold_state: str | int = 1, state: str | int = 0) -> None:
        super().__init__("{state} > {other}", state, other=threshold_state)


class StringThreshold(Trigger):
    """Fires on a condition."""

    @checked_call(tuning=("level",))
    def __init__(self, expr: str) -> None:
        super().__init__(expr.replace("{", "{{").replace("}", "}}"))


class NoThreshold(Trigger):
    """Never fires."""

    @checked_call
    def __init__(self) -> None:
        super().__init__("")


class Reset(Trigger):
    """Sets a variable to a value."""

    @checked_call
    def __init__(self, resetvalue: Quantity | float = 0 * mV, state: str | int = 0) -> None:
        super().__init__("{state} = reset_value", state, reset_value=resetvalue)


class Refractoriness(Trigger):
    """Sets a variable to a value and holds it there for a time."""

    @checked_call
    def __init__(
        self,
        resetvalue: Quantity | float = 0 * mV,
        period: Quantity | float = 5 * ms,
        state: str | int = 0,
    ) -> None:
        super().__init__("{state} = reset_value", state, period, reset_value=resetvalue)


class VariableReset(Trigger):
    """Sets a variable to the value of another."""

    @checked_call
    def __init__(self, resetvaluestate: str | int = 1, state: str | int = 0) -> None:
        super().__init__("{state} = {other}", state, other=resetvaluestate)


class StringReset(StringThreshold):
    """Carries out statements."""


class NoReset(NoThreshold):
    """Changes nothing."""
