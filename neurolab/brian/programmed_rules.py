"""Thresholds and resets that are functions of the program."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ..array_types import BoolArray, FloatArray
from ..grid import Seconds
from ..units import Quantity, si_value, unit_quantity
from . import magic
from .checked_calls import checked_call
from .clock import seconds

ms = unit_quantity("ms")


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


class CustomRefractoriness(FunReset):
    """Calls a function for the neurons that fire, and one in each step for those that fired lately.

    Parameters
    ----------
    resetfun : callable
        Gets the group and the indices of the neurons that fire.
    period : quantity
    refracfunc : callable, optional
        Gets the group and the indices of the neurons that fired in this step or within the period
        before it; by default `resetfun`.

    Examples
    --------
    >>> from neurolab import CustomRefractoriness, Network, NeuronGroup, ms, mV
    >>> def back(group, neurons):
    ...     group.V[neurons] = 1*mV
    >>> reset = CustomRefractoriness(back, period=1*ms)
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
        refracfunc: Callable[..., Any] | None = None,
    ) -> None:
        Programmed.__init__(self, resetfun)
        self.period = seconds(period, "CustomRefractoriness, period")
        self.refractory_function = resetfun if refracfunc is None else refracfunc


class PoissonThreshold(Programmed):
    """Fires at random, at a rate that a variable has.

    Parameters
    ----------
    state : str or int
        The variable, in hertz.

    Examples
    --------
    >>> from neurolab import Hz, Network, NeuronGroup, PoissonThreshold, SpikeMonitor, ms, seed
    >>> seed(1)
    >>> G = NeuronGroup(1000, 'rate : hertz', threshold=PoissonThreshold())
    >>> G.rate = 100*Hz
    >>> S = SpikeMonitor(G)
    >>> Network(G, S).run(50*ms)
    >>> bool(abs(S.nspikes - 5000) < 300)
    True
    """

    @checked_call
    def __init__(self, state: str | int = 0) -> None:
        super().__init__(self._fires, state)
        self.dt: Seconds = 0.0
        """The time step of the group, which a run sets."""

    def _fires(self, rates: Any) -> BoolArray:
        plain: FloatArray = np.asarray(si_value(rates))
        fires: BoolArray = magic.generator.random(plain.shape) < self._rates(plain) * self.dt
        return fires

    def _rates(self, rates: FloatArray) -> FloatArray:
        return rates


class HomogeneousPoissonThreshold(PoissonThreshold):
    """Fires at random, at the rate that a variable has for the first neuron."""

    def _rates(self, rates: FloatArray) -> FloatArray:
        return rates[:1]
