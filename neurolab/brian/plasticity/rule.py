"""What all rules of plasticity have in common."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from ...array_types import FloatArray
from ...engine.plastic_projection import Factors
from ...errors import ArgumentError
from ...grid import Seconds, Steps
from ..connection import Connection
from ..groups import Group
from ..known_attributes import Fixed
from ..neurons import NeuronGroup

Prepared = Mapping[Group, Any]
"""Group → its population or source in a run."""


class TraceGroup(NeuronGroup):
    """The traces that a rule gives to the neurons on one side of its connection."""


class Rule(Fixed):
    """A rule by which a connection changes in a run.

    Parameters
    ----------
    connection : Connection

    Attributes
    ----------
    C : Connection
    bounds : tuple of float
        SI values between which it keeps the weights; empty if it does not change them.
    factors : callable or None
        By what it multiplies the weights, for each source neuron that fires.
    """

    bounds: tuple[float, ...] = ()
    factors: Factors | None = None

    def __init__(self, connection: Connection) -> None:
        kind = type(self).__name__
        if not isinstance(connection, Connection):
            raise ArgumentError(
                f"C has type {type(connection).__name__}.", where=kind, mend="Give a Connection."
            )
        self.C = connection
        self.label = f"{kind}({connection.label})"

    def groups(self, observed: bool) -> Sequence[NeuronGroup]:
        """Return the groups of traces that a run must integrate in every step.

        Parameters
        ----------
        observed : bool
            Whether functions of the program are called within the steps, which may read traces.
        """
        return ()

    @property
    def trace_groups(self) -> Sequence[NeuronGroup]:
        """All groups of traces of the rule."""
        return ()

    @property
    def changed(self) -> bool:
        """Whether what was prepared for a run is out of date."""
        return False

    def prepare(self, dt: Seconds, step: Steps, groups: Prepared) -> list[Any]:
        """Return what the step loop does for the rule from this step on."""
        return []

    def finish(self, end: Steps) -> None:
        """Take over what the steps before `end` have made of the traces."""

    def forget(self) -> None:
        """Begin anew: the clock was put back."""

    def reinit(self, states: bool = True) -> None:
        """Begin anew: no spike is on its way, and with `states` the traces are as at the start."""
        self.forget()
        for group in self.trace_groups:
            group.reinit(states)

    def _refuse(self, name: str) -> NoReturn:
        raise ArgumentError(
            f"'{name}' cannot be set.",
            where=self.label,
            mend="Make a new network with the other value.",
        )


class StoredState:
    """The state of a group that no run integrates, in place of its population.

    Attributes
    ----------
    current : ndarray, shape (states, neurons)
        SI values now.
    """

    def __init__(self, group: NeuronGroup) -> None:
        self.current: FloatArray = group.state_array()
