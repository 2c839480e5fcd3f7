"""Groups and connections that have a name of their own in Brian 1, made of the ordinary ones."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..array_types import IntArray
from ..units import SECOND, Quantity, si_quantity
from . import magic
from .checked_calls import checked_call
from .checked_values import whole_number
from .clock import Clock, seconds
from .connection import Connection
from .generators import SpikeGeneratorGroup
from .groups import Group


class IdentityConnection(Connection):
    """Connects each neuron of the source with the neuron of the same number, all with one weight.

    Parameters
    ----------
    source, target : Group
        Of the same size.
    state : str or int
    weight : quantity
    delay : quantity
    """

    @checked_call(tuning=("max_delay",))
    def __init__(
        self,
        source: Group,
        target: Group,
        state: str | int = 0,
        weight: Quantity | float = 1,
        delay: Quantity | float = 0,
    ) -> None:
        super().__init__(source, target, state, delay)
        self.connect_one_to_one(weight=weight)


class DelayConnection(Connection):
    """A connection with a delay for each synapse: ``C.delay[i, j] = 2*ms``.

    The parameters are those of Connection.
    """

    @checked_call(tuning=("column_access",))
    def __init__(
        self,
        source: Group,
        target: Group,
        state: str | int | None = None,
        *,
        modulation: str | None = None,
        structure: str = "sparse",
        weight: object = None,
        sparseness: object = None,
        delay: object = None,
        max_delay: Quantity | None = None,
    ) -> None:
        super().__init__(
            source,
            target,
            state,
            True if delay is None else delay,
            modulation=modulation,
            structure=structure,
            max_delay=max_delay,
            weight=weight,
            sparseness=sparseness,
        )


class MultipleSpikeGeneratorGroup(SpikeGeneratorGroup):
    """Neurons that fire at given times, with one list of times for each.

    Parameters
    ----------
    spiketimes : list of list of quantity
    period : quantity, optional
    clock : Clock, optional
    """

    @checked_call
    def __init__(
        self,
        spiketimes: Sequence[Any],
        *,
        period: Quantity | None = None,
        clock: Clock | None = None,
    ) -> None:
        pairs = [(neuron, time) for neuron, times in enumerate(spiketimes) for time in times]
        super().__init__(len(spiketimes), pairs, period=period, clock=clock)


class PulsePacket(SpikeGeneratorGroup):
    """Neurons that each fire once, at times that are normally distributed.

    Parameters
    ----------
    t : quantity
        Mean of the times.
    n : int
        Number of neurons.
    sigma : quantity
        Standard deviation of the times; one that falls before 0 counts as 0.
    clock : Clock, optional
    """

    @checked_call
    def __init__(self, t: Quantity, n: int, sigma: Quantity, *, clock: Clock | None = None) -> None:
        n = whole_number(n, "n", "PulsePacket", least=1)
        super().__init__(n, _packet(t, n, sigma), clock=clock)

    @checked_call
    def generate(self, t: Quantity, n: int, sigma: Quantity) -> None:
        """Draw other times; `n` neurons fire, the first ones."""
        self.spiketimes = _packet(t, whole_number(n, "n", self.label, least=1), sigma)


def _packet(t: Quantity, n: int, sigma: Quantity) -> tuple[IntArray, Quantity]:
    mean, deviation = seconds(t, "PulsePacket, t"), seconds(sigma, "PulsePacket, sigma")
    times = np.maximum(mean + deviation * magic.generator.standard_normal(n), 0.0)
    return np.arange(n), si_quantity(times, SECOND)
