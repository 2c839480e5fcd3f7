"""Monitors of several variables, and of the last part of a run."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..array_types import FloatArray
from ..errors import OutOfRangeError
from ..units import Quantity, unit_quantity
from .checked_calls import checked_call
from .clock import Clock, seconds
from .state_monitors import StateMonitor

_FIVE_MS = 5 * unit_quantity("ms")


class MultiStateMonitor(dict[str, StateMonitor]):
    """Values of several variables of a group during a run: a dict of StateMonitors.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
    vars : list of str, optional
        By default all state variables and parameters.
    clock : Clock, optional
    **options
        As for `StateMonitor`.

    Attributes
    ----------
    vars : list of str
    times : quantity, shape (times,)

    Examples
    --------
    >>> from neurolab import MultiStateMonitor, Network, NeuronGroup, ms, mV
    >>> G = NeuronGroup(2, 'dV/dt = I/ms : volt\\nI : volt')
    >>> G.I = [1, 2]*mV
    >>> M = MultiStateMonitor(G, record=True)
    >>> Network(G, M).run(0.2*ms)
    >>> sorted(M)
    ['I', 'V']
    >>> [round(float(value/mV), 3) for value in M['V', 1]]
    [0.2, 0.4]
    """

    @checked_call
    def __init__(
        self,
        source: Any,
        vars: Sequence[str] | None = None,
        clock: Clock | None = None,
        **options: Any,
    ) -> None:
        if vars is None:
            model = getattr(source, "model", None)
            vars = [*model.states, *model.parameters] if model else ["V"]
        super().__init__(
            {name: StateMonitor(source, name, clock=clock, **options) for name in vars}
        )

    def __getitem__(self, name: Any) -> Any:
        if isinstance(name, tuple) and len(name) == 2:
            return self[name[0]][name[1]]
        if name not in self:
            raise OutOfRangeError(
                f"'{name}' is not recorded.",
                where="MultiStateMonitor",
                mend=f"The recorded variables are {', '.join(self)}.",
            )
        return super().__getitem__(name)

    iteritems = dict.items
    """The same as `items`, by the name that it has in Python 2."""

    @property
    def vars(self) -> list[str]:
        """Names of the recorded variables."""
        return list(self)

    @property
    def times(self) -> Quantity:
        """Times of the values (quantity)."""
        return next(iter(self.values())).times

    def reinit(self) -> None:
        """Delete what was recorded; the time goes on."""
        for monitor in self.values():
            monitor.reinit()


class RecentStateMonitor(StateMonitor):
    """Values of one variable during the last part of a run.

    Parameters
    ----------
    source : NeuronGroup or Subgroup
    variable : str
    duration : quantity
        It keeps the values at the end and as long before; 5 ms by default.
    record, timestep, clock, when : optional
        As for `StateMonitor`, but all neurons are recorded by default.

    Examples
    --------
    >>> from neurolab import Network, NeuronGroup, RecentStateMonitor, ms, mV
    >>> G = NeuronGroup(1, 'dV/dt = 1*mV/ms : volt')
    >>> M = RecentStateMonitor(G, 'V', duration=0.2*ms)
    >>> Network(G, M).run(10*ms)
    >>> [round(float(value/mV), 3) for value in M[0]]
    [9.8, 9.9, 10.0]
    """

    @checked_call
    def __init__(
        self,
        source: Any = None,
        variable: str | None = None,
        duration: Quantity = _FIVE_MS,
        *,
        record: object = True,
        timestep: int = 1,
        clock: Clock | None = None,
        when: str = "end",
        P: Any = None,
        varname: str | None = None,
    ) -> None:
        self._duration = seconds(duration, "RecentStateMonitor, duration", positive=True)
        super().__init__(
            source,
            variable,
            record=record,
            timestep=timestep,
            clock=clock,
            when=when,
            P=P,
            varname=varname,
        )

    def _parts(self) -> list[tuple[FloatArray, FloatArray]]:
        """Return times and values (time first) of the last values."""
        parts = super()._parts()
        if not parts:
            return parts
        dt, every = self._grid
        kept = int(self._duration / (dt * every) * (1 + 1e-12)) + 1
        times = np.concatenate([part[0] for part in parts])[-kept:]
        return [(times, np.concatenate([part[1] for part in parts])[-kept:])]
