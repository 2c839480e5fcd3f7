"""Random input to each neuron of a group, without a group of neurons that send it."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ..array_types import FloatArray
from ..errors import ArgumentError, RangeError, UnknownAttributeError
from ..grid import Seconds, Steps
from ..units import SECOND, Dimension, Quantity
from . import magic
from .checked_calls import checked_call
from .checked_values import checked_values, whole_number
from .clock import Clock
from .groups import Group
from .operations import Operation


class PoissonInput(Operation):
    """Adds the spikes of many independent Poisson processes to a variable of each neuron.

    In each step, each neuron gets the weight times a number from the binomial distribution of `N`
    trials with the probability ``rate*dt``. It is added with the connections: after the
    integration and before the reset.

    Parameters
    ----------
    target : NeuronGroup or Subgroup
    N : int
        Number of processes for each neuron.
    rate : quantity
        Rate of each process, in hertz.
    weight : quantity
        In the unit of the variable.
    state : str, optional
        The variable; by default the one on which a scalar threshold would act.
    jitter : None
        Not available.
    reliability : float, optional
        Probability with which each copy of a spike arrives.
    copies : int
        Number of copies of each spike. Without `reliability` it has no effect, as in Brian 1.
    record : False
        Not available.
    freeze : bool
        Whether all neurons get the same number.

    Raises
    ------
    ArgumentError
        The target has no equations, or an argument is missing.
    UnitsError, RangeError
        The rate or the weight is not a possible one.

    Notes
    -----
    With `reliability`, the number of copies that arrive is drawn once in a step, for all spikes
    and neurons together, as in Brian 1.

    Examples
    --------
    With a decay of 10 ms, the mean is about N*rate*weight*10 ms = 20 mV:

    >>> from neurolab import Hz, Network, NeuronGroup, PoissonInput, mV, ms, seed
    >>> seed(1)
    >>> G = NeuronGroup(1000, 'dV/dt = -V/(10*ms) : volt')
    >>> noise = PoissonInput(G, N=1000, rate=20*Hz, weight=0.1*mV, state='V')
    >>> Network(G, noise).run(100*ms)
    >>> bool(abs(G.V.mean() - 20*mV) < 0.3*mV)
    True
    """

    @checked_call
    def __init__(
        self,
        target: Any,
        N: int | None = None,
        rate: Quantity | None = None,
        weight: Quantity | float | None = None,
        state: str | int | None = None,
        jitter: Quantity | None = None,
        reliability: float | None = None,
        copies: int = 1,
        record: bool = False,
        freeze: bool = False,
    ) -> None:
        _refuse_options(jitter, record)
        if not isinstance(target, Group) or not hasattr(target, "model"):
            raise ArgumentError(
                f"The target has type {type(target).__name__}.",
                where="PoissonInput",
                mend="Give a group with equations.",
            )
        where = f"PoissonInput({target.label})"
        given = {"N": N, "rate": rate, "weight": weight}
        missing = [name for name, value in given.items() if value is None]
        if missing:
            raise ArgumentError(f"{missing[0]} is missing.", where=where)
        self.target = target
        self.state = _checked_state(target, state, where)
        self._dt: Seconds = 0.0
        self._number = whole_number(N, "N", where, least=1)
        self._rate: float = float(checked_values(rate, SECOND**-1, (), f"{where}, rate"))
        if self._rate < 0:
            raise RangeError(f"The rate is {rate}.", where=where, mend="It must be 0 Hz or more.")
        dimension: Dimension = target.dimension(self.state)
        self._weight: float = float(checked_values(weight, dimension, (), f"{where}, weight"))
        self._copies: int = whole_number(copies, "copies", where, least=1)
        if reliability is not None and not 0 <= reliability <= 1:
            raise RangeError(
                f"The reliability is {reliability}.",
                where=where,
                mend="It must be a probability from 0 to 1.",
            )
        self._reliability: float | None = reliability
        self._freeze: bool = bool(freeze)
        super().__init__(self.add_input, None, "before_connections")
        self.label = where
        self.group = target.whole
        self.group.attach_object(self)

    def add_input(self) -> None:
        """Add the input of one time step."""
        first, last = self.target.span
        self.group.variable(self.state)[first:last] += self._draw(last - first, self._dt)

    def bound(self, clock: Clock) -> Callable[[Steps], None]:
        """Return the callable that a run uses; it takes the number of the step."""
        self._dt = clock._dt
        if self._rate * self._dt > 1:
            raise RangeError(
                f"A rate of {self._rate:g} Hz is more than one spike in a time step.",
                where=self.label,
                mend="Give more processes with a lower rate each, or a shorter time step.",
            )
        return super().bound(clock)

    def _draw(self, size: int, dt: float) -> FloatArray:
        rng = magic.generator
        counts = rng.binomial(self._number, self._rate * dt, 1 if self._freeze else size)
        amount = self._weight
        if self._reliability is not None:
            amount *= rng.binomial(self._copies, self._reliability)
        return np.asarray(amount * counts, dtype=float)


def _refuse_options(jitter: object, record: object) -> None:
    if jitter is not None:
        raise ArgumentError(
            "The option 'jitter' of Brian 1 is not available here.",
            where="PoissonInput",
            mend="Leave it out. (With it, Brian 1 loses most of the copies.)",
        )
    if record:
        raise ArgumentError(
            "The option 'record' of Brian 1 is not available here.",
            where="PoissonInput",
            mend="Record the variable with a StateMonitor.",
        )


def _checked_state(target: Any, state: str | int | None, where: str) -> str:
    """Return the name of the variable, after turning a parameter into a state variable."""
    model = target.model
    names = (*model.states, *model.parameters)
    if state is None:
        return str(model.default_state)
    if isinstance(state, int) and 0 <= state < len(names):
        state = names[state]
    if state not in names:
        raise UnknownAttributeError(
            f"'{state}' is not a state variable of the target.",
            where=where,
            mend=f"Its variables are {', '.join(names)}.",
        )
    if state in model.parameters:
        target.whole.let_spikes_move(state)
    return str(state)
