"""Thresholds and resets as objects and as functions, beside the quantities and texts that say the same."""

import inspect

from ..units import si_quantity
from .engine import Population


class Trigger:
    """A threshold or reset: a text in which ``{state}`` stands for the variable, and values of names in it.

    Parameters
    ----------
    text : str
    state : str or int, optional
        By default the variable that a scalar threshold acts on.
    refractory : quantity, optional
    **values
    """

    def __init__(self, text, state=None, refractory=None, **values):
        self._text, self._state, self.refractory, self.values = text, state, refractory, values

    def statement(self, model):
        """The text for a model."""
        state = model.default_state if self._state is None else self._state
        return self._text.format(state=model.states[state] if isinstance(state, int) else state)


class Threshold(Trigger):
    """Fires above a value."""

    def __init__(self, threshold=0, state=None):
        super().__init__("{state} > threshold_value", state, threshold_value=threshold)


class EmpiricalThreshold(Trigger):
    """Fires above a value, and not again for a time."""

    def __init__(self, threshold=0, refractory=0, state=None, clock=None):
        super().__init__("{state} > threshold_value", state, refractory, threshold_value=threshold)


class VariableThreshold(Trigger):
    """Fires where one variable is above another."""

    def __init__(self, threshold_state="vt", state=None):
        super().__init__(f"{{state}} > {threshold_state}", state)


class StringThreshold(Trigger):
    """Fires on a condition."""

    def __init__(self, text):
        super().__init__(text.replace("{", "{{").replace("}", "}}"))


class NoThreshold(Trigger):
    """Never fires."""

    def __init__(self):
        super().__init__("")


class Reset(Trigger):
    """Sets a variable to a value."""

    def __init__(self, resetvalue=0, state=None):
        super().__init__("{state} = reset_value", state, reset_value=resetvalue)


class Refractoriness(Trigger):
    """Sets a variable to a value and holds it there for a time."""

    def __init__(self, resetvalue=0, period=0, state=None):
        super().__init__("{state} = reset_value", state, period, reset_value=resetvalue)


class VariableReset(Trigger):
    """Sets a variable to the value of another."""

    def __init__(self, resetvaluestate="vr", state=None):
        super().__init__(f"{{state}} = {resetvaluestate}", state)


class StringReset(StringThreshold):
    """Carries out statements."""


class NoReset(NoThreshold):
    """Changes nothing."""


class ProgrammedPopulation(Population):
    """A population whose threshold or reset is a function of the program.

    Parameters
    ----------
    group : NeuronGroup
    threshold : callable or None
        Of the threshold's variable, or of all state variables in order; gives who fires.
    reset : callable or None
        ``reset(group, spikes)``, with the numbers of the neurons that fire.
    *arguments
        As `Population` takes them.
    """

    def __init__(self, group, threshold, reset, *arguments):
        self._group, self._fires, self._reset = group, threshold, reset
        super().__init__(*arguments)

    def bind(self, *arguments):
        """Take other numbers."""
        super().bind(*arguments)
        self.fires = self.fires or self._fires is not None

    def next_event(self, step):
        """Functions are asked at every step."""
        return step

    def _condition(self, step, count):
        if self._fires is None:
            return super()._condition(step, count)
        names = self.model.states
        if len(inspect.signature(self._fires).parameters) == 1:
            names = [self.model.default_state]
        states = dict(zip(self.model.states, self._block[0]))
        return self._fires(*(si_quantity(states[name], self._group.dimension(name)) for name in names))

    def _assign(self, spikes, now):
        if self._reset is None:
            super()._assign(spikes, now)
        else:
            self._reset(self._group, spikes)
