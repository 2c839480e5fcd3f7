"""Variables that are set at the start of each step: from an array, or from another group."""

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from ..array_types import AnyArray, FloatArray
from ..errors import ArgumentError, ShapeError, UnitsError
from ..grid import TOLERANCE, Seconds, Steps, time_of
from ..units import Dimension, dimension_name, dimension_of, si_value
from .checked_calls import checked_call
from .clock import Clock
from .groups import Group
from .operations import Operation, checked_when
from .thresholds_and_resets import variable_of
from .timed_arrays import TimedArray

if TYPE_CHECKING:
    from .equation_groups import EquationGroup


class LinkedVariable:
    """A variable of a group that another variable follows; `linked_var` makes it.

    Parameters
    ----------
    source : Group
    var : str
    func : callable, optional
    when : str
    clock : Clock, optional
    """

    def __init__(
        self,
        source: Any,
        var: str,
        func: Callable[..., Any] | None,
        when: str,
        clock: Clock | None,
    ) -> None:
        self.source = source
        self.var = var
        self.func = func
        self.when = when
        self.clock = clock
        self._takes_quantities = True

    def values(self, wanted: Dimension) -> AnyArray:
        """Return the present SI values, for a variable of this dimension."""
        if self.func is None:
            first, last = self.source.span
            values: AnyArray = self.source.whole.variable(self.var)[first:last]
            return values
        quantity = getattr(self.source, self.var)
        if self._takes_quantities:
            try:
                result = self.func(quantity)
                if dimension_of(result) == wanted:
                    return np.asarray(si_value(result))
            except UnitsError:
                pass
            self._takes_quantities = False  # it was written for Brian 1, which gives it numbers
        return np.asarray(si_value(self.func(np.array(si_value(quantity)))), dtype=float)


@checked_call
def linked_var(
    source: object,
    var: str | int = 0,
    func: Callable[..., Any] | None = None,
    when: str = "start",
    clock: Clock | None = None,
) -> LinkedVariable:
    """Link a variable to one of another group: ``G.I = linked_var(H, 'V')``.

    The values are copied once in each step.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
        As many neurons as those whose variable follows.
    var : str or int
        A state variable, a parameter or a static equation, or the number of one of the first two;
        by default the first.
    func : callable, optional
        A function of the source's values (quantity; SI numbers if it computes with plain numbers)
        that returns the values to set.
    when : str
        The place in the time step, as for `network_operation`. At ``'start'``, the group integrates
        with the source's values of the end of the previous step.
    clock : Clock, optional
        Copies only in the steps of this clock.

    Raises
    ------
    ArgumentError
        The source has no variables.
    UnknownAttributeError
        The source has no such variable.

    Examples
    --------
    >>> from neurolab import Network, NeuronGroup, linked_var, ms, mV
    >>> A = NeuronGroup(1, 'dV/dt = 1*mV/ms : volt')
    >>> B = NeuronGroup(1, 'I : volt\\ndx/dt = I/ms : volt')
    >>> B.I = linked_var(A, 'V')
    >>> Network(A, B).run(1*ms)
    >>> print(round(float(B.I[0]/mV), 3))  # the value of A.V one step (0.1 ms) before the end
    0.9
    """
    if not isinstance(source, Group) or not hasattr(source, "model"):
        raise ArgumentError(
            f"The source has type {type(source).__name__}.",
            where="linked_var",
            mend="Give a group with equations.",
        )
    name = variable_of(source.model, var)
    source.dimension(name)
    if clock is not None and not isinstance(clock, Clock):
        raise ArgumentError(
            f"The clock has type {type(clock).__name__}.", where="linked_var", mend="Give a Clock."
        )
    return LinkedVariable(source, name, func, checked_when(when, "linked_var"), clock)


class VariableSetter(Operation):
    """Sets a variable of some neurons in each step, or in the steps of a clock.

    Parameters
    ----------
    group : EquationGroup
        The whole group.
    name : str
    neurons : slice
    given : TimedArray or LinkedVariable
    where : str
        For messages.
    when : str, optional
    """

    _stands_alone = False

    def __init__(
        self,
        group: "EquationGroup",
        name: str,
        neurons: slice,
        given: TimedArray | LinkedVariable,
        where: str,
        when: str = "start",
    ) -> None:
        # The group holds its links, so a strong reference back would be a cycle.
        self._group = group if self._stands_alone else weakref.proxy(group)
        self._name = name
        self._neurons = neurons
        self._given = given
        self._dimension = group.dimension(name)
        self._size = len(range(*neurons.indices(len(group))))
        self._check_given(f"{where}.{name}")
        if isinstance(given, LinkedVariable):
            when = given.when
        elif given.clock is group.clock and group.clock.has_moved(group):
            given = given.beginning_at(float(si_value(group.clock.t)))
        self._given = given
        clock = given.clock
        super().__init__(self.set_values, clock if clock is not group.clock else None, when)
        self.label = f"{where}.{name}"

    @property
    def usual_clock(self) -> Clock:
        """The clock at whose steps it acts, unless it has one of its own."""
        clock: Clock = self._group.clock
        return clock

    @property
    def source(self) -> Group | None:
        """The group that the variable follows; None if it follows an array."""
        given = self._given
        return given.source if isinstance(given, LinkedVariable) else None

    def _check_given(self, where: str) -> None:
        """Raise if the dimension or the shape does not fit the variable."""
        given = self._given
        if isinstance(given, TimedArray):
            dimension = given.dimension
            bare_zeros = not given.si.any()
            sizes = {given.shape[1]} if len(given.shape) == 2 else {1}
        else:
            dimension = given.source.dimension(given.var)
            bare_zeros = given.func is not None
            sizes = {len(given.source)}
        if dimension != self._dimension and not bare_zeros:
            raise UnitsError(
                f"The value has dimension {dimension_name(dimension)}. It must have "
                f"dimension {dimension_name(self._dimension)}.",
                where=where,
            )
        if sizes - {1, self._size}:
            raise ShapeError(
                f"There are values for {sizes.pop()} neurons.",
                where=where,
                mend=f"Give values for {self._size}.",
            )

    def set_values(self) -> None:
        """Set the variable to what it is at the time of the group's clock."""
        clock = self._group.clock
        self._set(round(float(si_value(clock.t)) / clock._dt), clock._dt)

    def bound(self, clock: Clock) -> Callable[[Steps], None]:
        """Return the callable that a run uses; it takes the number of the step."""
        every = clock.steps_of(self.own_clock, self.label)
        dt = clock._dt
        first = 0.0
        if isinstance(self._given, TimedArray) and self.own_clock is not None:
            first = self._given.start
        offset = round(first / dt)

        def call(step: Steps) -> None:
            self.has_run = True
            if (step - offset) % every == 0 and time_of(step, dt) >= first * (1 - TOLERANCE):
                clock.show(step)
                self._set(step, dt)

        return call

    def _set(self, step: Steps, dt: Seconds) -> None:
        given = self._given
        if isinstance(given, TimedArray):
            values: FloatArray = given.at_step(step, dt)
        else:
            values = given.values(self._dimension)
        self._group.variable(self._name)[self._neurons] = values
