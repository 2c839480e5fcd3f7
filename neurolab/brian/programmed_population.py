"""Populations whose threshold or reset is a function of the program."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..array_types import IntArray
from ..engine.population import Population
from ..engine.refractoriness import Refractoriness as HeldNeurons
from ..errors import UnitsError
from ..grid import Steps
from ..units import si_quantity, si_value
from .checked_values import arguments_of
from .clock import steps_up
from .programmed_rules import (
    CustomRefractoriness,
    PoissonThreshold,
    Programmed,
    SimpleCustomRefractoriness,
)
from .thresholds_and_resets import variable_of

if TYPE_CHECKING:
    from .neurons import NeuronGroup


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
        if isinstance(self._reset, CustomRefractoriness):
            steps = steps_up(self._reset.period, self._dt, "the refractory period", self._group)
            self._held.bind(steps, None, self._state)
        if isinstance(self._fires, PoissonThreshold):
            self._fires.dt = self._dt

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
            self._call(self._reset.function, spikes)
            if self._held.period:
                self._held.hold(spikes, now, self.current)

    def _call(self, function: Callable[..., Any], neurons: IntArray) -> None:
        """Call a function of a reset.

        A function that was written for Brian 1 may mix values with plain SI numbers. If that fails
        with quantities, it is called again from the same state, with plain numbers throughout.
        """
        if self._reset_in_si:
            function(GroupInSI(self._group), neurons)
            return
        before = self.current.copy()
        try:
            function(self._group, neurons)
        except UnitsError:
            self.current[:] = before
            self._reset_in_si = True
            function(GroupInSI(self._group), neurons)

    def reset(self, now: Steps) -> None:
        """Reset the neurons that fired, and hold variables."""
        super().reset(now)
        if not self._held.period or now > self._held.last:
            return
        if isinstance(self._reset, CustomRefractoriness):
            self._call(self._reset.refractory_function, self._held.held(now))
        else:
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
