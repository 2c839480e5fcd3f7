"""Setting variables of a group from an array in each step."""

from typing import Any

from ..errors import ArgumentError
from ..units import Quantity
from .checked_calls import checked_call
from .clock import Clock
from .groups import Group
from .linked_variables import VariableSetter
from .timed_arrays import TimedArray


class TimedArraySetter(VariableSetter):
    """Sets a variable of a group from an array in each step of a run.

    Parameters
    ----------
    group : NeuronGroup or Subgroup
    var : str
    arr : TimedArray or quantity, shape (times,) or (times, neurons)
        At a time, the value is that of the nearest time of the array; with `times`, the last value
        whose time is not later.
    times, clock, start, dt : optional
        As for `TimedArray`, if `arr` is not one; the clock is by default that of the group.
    when : str
        The place in the time step, as for `network_operation`.

    Examples
    --------
    >>> from neurolab import Network, NeuronGroup, TimedArraySetter, ms, mV
    >>> G = NeuronGroup(1, 'dV/dt = I/ms : volt\\nI : volt')
    >>> setter = TimedArraySetter(G, 'I', [0, 0, 5]*mV)
    >>> Network(G, setter).run(0.3*ms)
    >>> print(round(float(G.V[0]/mV), 3))  # 5 mV/ms for one step
    0.5
    """

    _stands_alone = True

    @checked_call
    def __init__(
        self,
        group: Any,
        var: str,
        arr: object,
        times: object = None,
        clock: Clock | None = None,
        start: Quantity | float | None = None,
        dt: Quantity | None = None,
        when: str = "start",
    ) -> None:
        given = _array_for(group, arr, times, clock, start, dt)
        self.group = group.whole
        self.group.prepare_to_set(var, group.label)
        super().__init__(self.group, var, slice(*group.span), given, group.label, when)
        self.label = f"TimedArraySetter({group.label}, '{var}')"
        self.group.attach_object(self)


@checked_call
def set_group_var_by_array(
    group: Any,
    var: str,
    arr: object,
    times: object = None,
    clock: Clock | None = None,
    start: Quantity | float | None = None,
    dt: Quantity | None = None,
) -> None:
    """Set a variable of a group from an array in each step of all later runs.

    Parameters
    ----------
    group : NeuronGroup or Subgroup
    var : str
    arr : TimedArray or quantity, shape (times,) or (times, neurons)
    times, clock, start, dt : optional
        As for `TimedArraySetter`.

    Examples
    --------
    >>> from neurolab import Network, NeuronGroup, ms, mV, set_group_var_by_array
    >>> G = NeuronGroup(1, 'dV/dt = I/ms : volt\\nI : volt')
    >>> set_group_var_by_array(G, 'I', [0, 0, 5]*mV)
    >>> Network(G).run(0.3*ms)
    >>> print(round(float(G.V[0]/mV), 3))
    0.5
    """
    setattr(group, var, _array_for(group, arr, times, clock, start, dt))


def _array_for(
    group: object,
    arr: object,
    times: object,
    clock: Clock | None,
    start: Quantity | float | None,
    dt: Quantity | None,
) -> TimedArray:
    """Return an array as a TimedArray, by default on the clock of a group."""
    if not isinstance(group, Group) or not hasattr(group, "model"):
        raise ArgumentError(
            f"The group has type {type(group).__name__}.",
            where="TimedArraySetter",
            mend="Give a group with equations.",
        )
    if isinstance(arr, TimedArray):
        if (times, clock, start, dt) != (None, None, None, None):
            raise ArgumentError(
                "times, a clock, a start or a time step are given for a TimedArray.",
                where="TimedArraySetter",
                mend="Give them to the TimedArray.",
            )
        return arr
    if (times, clock, start, dt) == (None, None, None, None):
        clock = group.clock
    return TimedArray(arr, times=times, clock=clock, start=start, dt=dt)
