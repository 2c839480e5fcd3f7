"""The base class of all groups of neurons in the script API, and parts of groups."""

import operator
import weakref
from collections.abc import Iterator
from typing import Any

import numpy as np

from ..array_types import IntArray
from ..errors import ArgumentError, LimitError, OutOfRangeError, RangeError
from ..grid import Seconds, Steps
from ..model.model import Model
from ..units import Dimension, Quantity, whole_index
from . import magic
from .checked_calls import checked_call
from .checked_values import whole_number
from .clock import Clock, seconds
from .known_attributes import Fixed

MAX_NEURONS = 10_000_000


class Group(Fixed):
    """Anything that fires: sized, sliceable, a source of connections and monitors.

    Parameters
    ----------
    size : int
    clock : Clock, optional
        By default the only one that the program has made, else the default clock.
    """

    _first = 0

    def __init__(self, size: int, clock: Clock | None = None) -> None:
        size = whole_number(size, "N", type(self).__name__, least=1)
        if size > MAX_NEURONS:
            raise LimitError(
                f"N is {size:,}.",
                where=type(self).__name__,
                mend=f"A group can have at most {MAX_NEURONS:,} neurons.",
            )
        if clock is not None and not isinstance(clock, Clock):
            raise ArgumentError(
                f"The clock has type {type(clock).__name__}.",
                where=type(self).__name__,
                mend="Give a Clock.",
            )
        self._size = size
        self._clock = clock or magic.clock_of_caller()
        self._given = 0
        self._prepared_for: Seconds | None = None
        self._attached: weakref.WeakSet[Any] = weakref.WeakSet()

    def attach_object(self, item: Fixed) -> None:
        """Note that a connection or a monitor belongs to this group and runs with it."""
        self._attached.add(item)

    @property
    def attached_objects(self) -> list[Any]:
        """The existing connections and monitors of this group, in order of creation."""
        return sorted(self._attached, key=lambda item: item.creation_number)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator["Subgroup"]:
        return (self[i] for i in range(self._size))

    def __getitem__(self, index: object) -> "Subgroup":
        try:
            first, last = self._ends(whole_index(index))
        except TypeError:
            raise OutOfRangeError(
                f"{index!r} is not a range of neurons.",
                where=self.label,
                mend="Give a slice such as G[0:10].",
            ) from None
        if not 0 <= first < last <= self._size:
            raise OutOfRangeError(
                f"[{first}:{last}] contains no neurons.",
                where=self.label,
                mend=f"Give a range of neurons between 0 and {self._size}.",
            )
        return Subgroup(self, first, last)

    def _ends(self, index: Any) -> tuple[int, int]:
        """First and past-the-last neuron that an index or a slice names."""
        if not isinstance(index, slice):
            number = operator.index(index)
            first = number + self._size if number < 0 else number
            return first, first + 1
        first, last, step = index.indices(self._size)
        if step != 1:
            raise OutOfRangeError(
                "A subgroup cannot skip neurons.",
                where=self.label,
                mend="Give a slice such as G[0:10].",
            )
        return first, last

    @checked_call
    def subgroup(self, size: int) -> "Subgroup":
        """Return the next `size` neurons that are in no subgroup yet.

        Examples
        --------
        >>> from neurolab import NeuronGroup
        >>> G = NeuronGroup(5, 'x : 1')
        >>> G.subgroup(2).span, G.subgroup(3).span
        ((0, 2), (2, 5))
        """
        first = self._given
        size = whole_number(size, "the size of the subgroup", self.label, least=1)
        if first + size > self._size:
            raise RangeError(
                f"A subgroup of {size} was asked for, but only {self._size - first} neurons are "
                "left.",
                where=self.label,
                mend="Ask for fewer neurons, or make the group larger.",
            )
        self._given += size
        return Subgroup(self, first, first + size)

    @property
    def whole(self) -> Any:
        """The group itself (of a subgroup: the group it is part of)."""
        return self

    @property
    def span(self) -> tuple[int, int]:
        """First and past-the-last neuron, in the whole group."""
        return self._first, self._first + self._size

    @property
    def label(self) -> str:
        """Kind and size, for messages."""
        return f"{type(self).__name__}({self._size})"

    @property
    def clock(self) -> Clock:
        """The clock on which the group runs."""
        return self._clock or magic.defaultclock

    @property
    def changed(self) -> bool:
        """Whether what was prepared for a run is out of date."""
        return self._prepared_for is None

    @property
    def setters(self) -> list[Any]:
        """What sets its variables in each step; a group without variables has none."""
        return []

    def reinit(self, states: bool = True) -> None:
        """Begin anew: nothing that happened in earlier runs acts on later ones.

        Parameters
        ----------
        states : bool
            Whether state variables and parameters become 0, as in Brian 1, and not what the program
            had assigned.
        """
        self.forget()

    @checked_call
    def get_spikes(self, delay: Quantity | float = 0) -> IntArray:
        """Return the indices of the neurons that fire in the present step of a run.

        Parameters
        ----------
        delay : quantity
            Must be 0: earlier spikes are those of a SpikeMonitor.

        Examples
        --------
        >>> from neurolab import Network, SpikeGeneratorGroup, ms, network_operation
        >>> G = SpikeGeneratorGroup(2, [(1, 0.1*ms)])
        >>> @network_operation
        ... def watch():
        ...     print(G.get_spikes().tolist())
        >>> Network(G, watch).run(0.2*ms)
        []
        [1]
        """
        if seconds(delay, f"{self.label}, get_spikes") > 0:
            raise ArgumentError(
                "Earlier spikes are not kept.",
                where=f"{self.label}, get_spikes",
                mend="Record them with a SpikeMonitor.",
            )
        return self._present_spikes()

    def _present_spikes(self) -> IntArray:
        return np.empty(0, dtype=int)

    def begin(self) -> None:
        """Begin a run: from now on, the present state is that of the prepared object."""

    def finish(self, end: Steps) -> None:
        """End a run: all steps before `end` are done."""

    def forget(self) -> None:
        """Begin anew after the clock was set back."""


class Subgroup(Group):
    """A range of neurons of a group; indices count from its first one."""

    def __init__(self, group: Group, first: int, last: int) -> None:
        self.__dict__.update(_whole=group.whole, _first=group._first + first)
        super().__init__(last - first, group.clock)

    @property
    def whole(self) -> Any:
        return self._whole

    @property
    def model(self) -> Model:
        """The model of the whole group."""
        return self._whole.model

    def _present_spikes(self) -> IntArray:
        first, last = self.span
        spikes: IntArray = self._whole._present_spikes()
        return spikes[(spikes >= first) & (spikes < last)] - first

    def dimension(self, name: str) -> Dimension:
        """Dimension of a variable of the whole group."""
        return self._whole.dimension(name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "_whole":
            raise AttributeError(name)
        value = getattr(self._whole, name)
        return (
            value[slice(*self.span)]
            if np.ndim(value) == 1 and len(value) == len(self._whole)
            else value
        )

    def __setattr__(self, name: str, value: object) -> None:
        if name.startswith("_"):
            object.__setattr__(self, name, value)
        elif hasattr(value, "sum_into"):
            value.sum_into(self, name)
        elif hasattr(self._whole, "write"):
            self._whole.write(name, slice(*self.span), value, self.label)
        else:
            self._refuse(name)
