"""What connections and synapses have in common: they join two groups."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .known_attributes import Fixed

if TYPE_CHECKING:
    from .groups import Group
    from .plasticity.rule import Rule


class SynapseSet(Fixed):
    """Anything with synapses from one group to another.

    Attributes
    ----------
    source, target : Group
    label : str
    paths : object
        What a run uses of it.
    is_blank : bool
        Whether it has no synapses, so that spikes have no effect.
    """

    source: "Group"
    target: Any
    label: str
    nothing_made = ("no synapses were made", "Make some, such as S[:, :] = True.")
    """What a warning says of a blank one, and how to mend it."""

    @property
    def paths(self) -> Any:
        """What a run uses of it."""
        raise NotImplementedError

    @property
    def is_blank(self) -> bool:
        """Whether it has no synapses."""
        raise NotImplementedError

    def reinit(self, states: bool = True) -> None:
        """Begin anew: no spike is on its way. Weights of connections stay."""
        self.paths.forget()

    @property
    def rules(self) -> "Sequence[Rule]":
        """The rules by which its weights change in a run."""
        return ()
