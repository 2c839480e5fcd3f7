"""Thresholds and resets as objects and as functions of the program."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..array_types import IntArray
from ..engine.population import Population
from ..engine.refractoriness import Refractoriness as HeldNeurons
from ..errors import OutOfRangeError, UnitsError
from ..grid import Steps
from ..model.model import Model
from ..units import Quantity, si_quantity, si_value, unit_quantity
from .checked_calls import checked_call
from .checked_values import arguments_of
from .clock import seconds, steps_up

if TYPE_CHECKING:
    from .neurons import NeuronGroup

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
                f"there is no variable {chosen}",
                where="threshold or reset",
                expected=f"a number from 0 to {len(names) - 1}, or one of {', '.join(names)}",
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


class Programmed:
    """A threshold or reset that is a function of the program.

    Parameters
    ----------
    function : callable
        A threshold gets the values of one variable, of all state variables, or of these and all
        parameters, in the order of the equations, and returns which neurons fire. The values are
        quantities, or SI numbers if the function computes with plain numbers, as in Brian 1. A
        reset gets the group and the indices of the neurons that fire.
    state : str or int, optional
        The one variable that a threshold gets.
    """

    def __init__(self, function: Callable[..., Any], state: str | int | None = None) -> None:
        self.function, self.state = function, state


class FunThreshold(Programmed):
    """Fires where a function of all variables says so."""

    @checked_call
    def __init__(self, thresholdfun: Callable[..., Any]) -> None:
        super().__init__(thresholdfun)


class SimpleFunThreshold(Programmed):
    """Fires where a function of one variable says so."""

    @checked_call
    def __init__(self, thresholdfun: Callable[..., Any], state: str | int = 0) -> None:
        super().__init__(thresholdfun, state)


class FunReset(Programmed):
    """Calls a function with the group and the neurons that fire."""

    @checked_call
    def __init__(self, resetfun: Callable[..., Any]) -> None:
        super().__init__(resetfun)


class SimpleCustomRefractoriness(FunReset):
    """Calls a function with the group and the neurons that fire, then holds a variable for a time.

    The variable keeps the value that it has after the call. The neurons can fire meanwhile.

    Examples
    --------
    >>> from neurolab import Network, NeuronGroup, SimpleCustomRefractoriness, ms, mV
    >>> def back(group, spikes):
    ...     group.V[spikes] = 1*mV
    >>> reset = SimpleCustomRefractoriness(back, period=1*ms)
    >>> G = NeuronGroup(1, 'dV/dt = 10*mV/ms : volt', threshold=3*mV, reset=reset)
    >>> Network(G).run(1.2*ms)  # fires in step 3, and is held to the end of step 13
    >>> print(round(float(G.V[0]/mV), 3))
    1.0
    """

    @checked_call
    def __init__(
        self,
        resetfun: Callable[..., Any],
        period: Quantity | float = 5 * ms,
        state: str | int = 0,
    ) -> None:
        Programmed.__init__(self, resetfun, state)
        self.period = seconds(period, "SimpleCustomRefractoriness, period")


class GroupInSI:
    """A group as functions of Brian 1 programs see it: its variables are arrays of SI numbers."""

    def __init__(self, group: "NeuronGroup") -> None:
        object.__setattr__(self, "_group", group)

    def __getattr__(self, name: str) -> Any:
        group = object.__getattribute__(self, "_group")
        if name in {equation.name for equation in group.model.equations}:
            return group.variable(name)
        return getattr(group, name)

    def __setattr__(self, name: str, value: object) -> None:
        self._group.variable(name)[:] = si_value(value)

    def __len__(self) -> int:
        return len(self._group)


class ProgrammedPopulation(Population):
    """A population whose threshold or reset is a function of the program.

    Parameters
    ----------
    group : NeuronGroup
    threshold, reset : Programmed or None
    *arguments
        As `Population` takes them.
    """

    def __init__(
        self,
        group: "NeuronGroup",
        threshold: Programmed | None,
        reset: Programmed | None,
        *arguments: Any,
    ) -> None:
        self._group, self._fires, self._reset = group, threshold, reset
        self._in_si = False
        self._reset_in_si = False
        self._held = HeldNeurons(len(group))
        super().__init__(*arguments)

    def bind(self, *arguments: Any) -> None:
        """Take other constants, or another threshold and reset."""
        super().bind(*arguments)
        self.fires = self.fires or self._fires is not None
        if isinstance(self._reset, SimpleCustomRefractoriness):
            row = self.model.states.index(variable_of(self.model, self._reset.state))
            steps = steps_up(self._reset.period, self._dt, "the refractory period", self._group)
            self._held.bind(steps, row, self._state)

    def next_event(self, step: Steps) -> Steps:
        """Return `step`, as the functions are called in every step."""
        return step

    def _condition(self, step: Steps, count: int) -> Any:
        if self._fires is None:
            return super()._condition(step, count)
        names = self._arguments(self._fires)
        values = {**self._constants, **dict(zip(self.model.states, self._block[0]))}
        whole = (self.size,)
        arrays = [np.broadcast_to(values[name], whole) for name in names]
        if not self._in_si:
            try:
                return self._fires.function(
                    *(
                        si_quantity(array, self._group.dimension(name))
                        for name, array in zip(names, arrays)
                    )
                )
            except UnitsError:  # it was written for Brian 1, which gives it plain numbers
                self._in_si = True
        return self._fires.function(*arrays)

    def _arguments(self, threshold: Programmed) -> Sequence[str]:
        """Return the names of the variables that the threshold's function gets."""
        count = arguments_of(threshold.function)[1]
        if threshold.state is not None or count == 1:
            return [variable_of(self.model, threshold.state)]
        moving = [
            name
            for name, derivative in zip(self.model.states, self.model.derivatives)
            if derivative.text != "0"
        ]
        if count <= len(moving):
            return moving
        rest = [equation.name for equation in self.model.equations if equation.kind != "static"]
        return [*moving, *(name for name in rest if name not in moving)]

    def _assign(self, spikes: IntArray, now: Steps) -> None:
        if self._reset is None:
            super()._assign(spikes, now)
        else:
            self._call_reset(self._reset, spikes)
            if self._held.period:
                self._held.hold(spikes, now, self.current)

    def _call_reset(self, reset: Programmed, spikes: IntArray) -> None:
        """Call the function of a reset.

        A function that was written for Brian 1 may mix values with plain SI numbers. If that fails
        with quantities, it is called again from the same state, with plain numbers throughout.
        """
        if self._reset_in_si:
            reset.function(GroupInSI(self._group), spikes)
            return
        before = self.current.copy()
        try:
            reset.function(self._group, spikes)
        except UnitsError:
            self.current[:] = before
            self._reset_in_si = True
            reset.function(GroupInSI(self._group), spikes)

    def reset(self, now: Steps) -> None:
        """Reset the neurons that fired, and hold variables."""
        super().reset(now)
        if self._held.period and now <= self._held.last:
            self._held.clamp(now, self.current)

    def start(self, step: Steps) -> None:
        """Copy the state from the array that was given; held neurons stay held."""
        super().start(step)
        self._held.start(step, self._dt)

    def finish(self, end: Steps) -> None:
        """Copy the state back into the array that was given, and keep the held neurons."""
        super().finish(end)
        self._held.finish(end, self._dt)

    def release(self) -> None:
        """End the refractory period of all neurons."""
        super().release()
        self._held.release()
