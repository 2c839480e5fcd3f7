"""Groups of the script API that fire at random."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ..array_types import FloatArray, IntArray
from ..engine.sources import PoissonSource, SpikeSource, SteadyPoissonSource
from ..errors import ParseError, RangeError, UnitsError, UnknownAttributeError
from ..grid import Seconds, Steps, time_of
from ..units import SECOND, dimension_name, dimension_of, si_quantity, si_value
from . import magic
from .checked_calls import checked_call
from .checked_values import arguments_of, checked_values, joined
from .clock import Clock
from .groups import Group


class PoissonGroup(Group):
    """Neurons that fire at random with given rates.

    Parameters
    ----------
    N : int
        Number of neurons.
    rates : quantity or function, optional
        One rate in hertz, an array of shape (N,), or a function of the time (or of nothing) that
        returns either. Without it no neuron fires.
    clock : Clock, optional
        By default the only clock that the program has made, else the default clock.

    Raises
    ------
    UnitsError
        The rates are not in hertz.
    RangeError
        A rate is negative or not finite, or there is not one for each neuron.

    Examples
    --------
    >>> from neurolab import Hz, PoissonGroup
    >>> P = PoissonGroup(3, rates=10*Hz)
    >>> P[0:2].rates = 40*Hz
    >>> [float(rate/Hz) for rate in P.rates]
    [40.0, 40.0, 10.0]
    """

    _settable = ("rates", "rate")

    @checked_call
    def __init__(self, N: int, rates: object = None, *, clock: Clock | None = None) -> None:
        super().__init__(N, clock)
        self._source: PoissonSource | SteadyPoissonSource | None = None
        self.rates = 0 if rates is None else rates
        self._rates_given = rates is not None
        self._made = True

    @property
    def rates(self) -> Any:
        """The rates as they were given; they can be set again."""
        return self._rates

    @rates.setter
    def rates(self, rates: object) -> None:
        if not callable(rates):
            rates = joined(rates, self.label)
            self._checked(rates)
        elif arguments_of(rates)[0] > 1:
            raise ParseError(
                f"The function of the rates needs {arguments_of(rates)[0]} values.",
                where=self.label,
                mend="Give a function of the time, or of nothing.",
            )
        self._rates: Any = rates
        self._prepared_for = None
        self._rates_given = True

    @property
    def rates_given(self) -> bool:
        """Whether the program has given rates; without them no neuron fires."""
        return self._rates_given

    @property
    def rate(self) -> Any:
        """The rates, by the name of Brian 1's state variable."""
        return self.rates

    @rate.setter
    def rate(self, rates: object) -> None:
        self.rates = rates

    def write(self, name: str, neurons: slice, value: object, where: str) -> None:
        """Set the rates of some neurons; the others keep theirs.

        Parameters
        ----------
        name : {'rates', 'rate'}
        neurons : slice
        value : quantity
        where : str
            For messages.
        """
        if name not in self._settable:
            raise UnknownAttributeError(
                f"'{name}' cannot be set.",
                where=where,
                mend=f"Only {' and '.join(self._settable)} can be set.",
            )
        if callable(self._rates):
            raise ParseError(
                "The rates of the whole group are a function.",
                where=where,
                mend="Let that function give an array with one rate for each neuron.",
            )
        rates = np.broadcast_to(self._checked(self._rates), (self._size,)).astype(float)
        rates[neurons] = checked_values(value, SECOND**-1, rates[neurons].shape, f"{where}.{name}")
        self.rates = si_quantity(rates, SECOND**-1)

    def _checked(self, rates: object) -> FloatArray:
        plain = np.asarray(si_value(rates))
        if plain.dtype.kind not in "iuf":
            raise UnitsError(
                f"The rates are {rates!r:.80}.",
                where=self.label,
                mend="Give them in hertz, such as 10*Hz.",
            )
        if dimension_of(rates) != SECOND**-1 and plain.any():
            raise UnitsError(
                f"The rates have dimension {dimension_name(dimension_of(rates))}.",
                where=self.label,
                mend="Give them in hertz, such as 10*Hz.",
            )
        if (
            not np.isfinite(plain).all()
            or (plain < 0).any()
            or plain.shape not in ((), (self._size,))
        ):
            raise RangeError(
                f"The rates are {rates!s:.80}.",
                where=self.label,
                mend=f"Give rates of 0 or more: one, or one for each of {self._size} neurons.",
            )
        return plain

    def _present_spikes(self) -> IntArray:
        return self._source.spikes if self._source else super()._present_spikes()

    def prepare(self, dt: Seconds, step: Steps = 0, end: Steps = 0) -> SpikeSource:
        """Return the source for the step loop."""
        if self._source is None or self._prepared_for != dt:
            self._source = self._made_source(dt)
            self._prepared_for = dt
        return self._source

    def _made_source(self, dt: Seconds) -> PoissonSource | SteadyPoissonSource:
        if not callable(self._rates):
            rates = self._checked(self._rates)
            if SteadyPoissonSource.suits(rates, dt):
                return SteadyPoissonSource(rates, self._size, dt, magic.generator)
        return PoissonSource(self._by_step(dt), self._size, dt, magic.generator)

    def _by_step(self, dt: Seconds) -> Callable[[Steps], FloatArray]:
        if callable(self._rates):
            rates, times = self._rates, arguments_of(self._rates)[1] > 0
            return lambda step: self._checked(
                rates(si_quantity(time_of(step, dt), SECOND)) if times else rates()
            )
        plain = self._checked(self._rates)
        return lambda step: plain
