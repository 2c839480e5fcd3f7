"""Variables of synapses, as programs read and set them: ``S.w[0, 1] = 3*mV``."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ...array_types import FloatArray
from ...errors import ArgumentError, NotReadyError, RangeError, UnknownAttributeError
from ...units import SECOND, Dimension, si_quantity
from ..checked_values import checked_values, joined
from ..entry_indices import spoken
from .indices import chosen_synapses
from .texts import Text

if TYPE_CHECKING:
    from .synapses import Synapses

_JOINED: dict[str, Callable[[list[float]], float]] = {
    "last": lambda values: values[-1],
    "first": lambda values: values[0],
    "min": min,
    "max": max,
    "sum": sum,
}


class SynapticVariable:
    """A variable of synapses.

    ``S.w[k]`` is that of synapse k, ``S.w[i, j]`` an array of those from neuron i to neuron j, and
    ``S.w[i, j, k]`` the k-th of these. Slices, arrays and parts of the groups work as indices.

    Parameters
    ----------
    synapses : Synapses
    name : str

    Examples
    --------
    >>> from neurolab import NeuronGroup, SpikeGeneratorGroup, Synapses
    >>> S = Synapses(SpikeGeneratorGroup(2, []), NeuronGroup(2, 'x : 1'), 'w : 1', pre='x += w')
    >>> S[:, :] = True
    >>> S.w = '1 + i + 10*j'
    >>> S.w[:].tolist(), S.w[1, 0].tolist(), float(S.w[3])
    ([1.0, 11.0, 2.0, 12.0], [2.0], 12.0)
    """

    def __init__(self, synapses: "Synapses", name: str) -> None:
        self._synapses = synapses
        self._name = name
        self.label = f"{synapses.label}, {name}"

    @property
    def dimension(self) -> Dimension:
        """Its dimension."""
        return self._synapses.dimension(self._name)

    def si_values(self) -> FloatArray:
        """Return the present SI values of all synapses."""
        return self._synapses.si_values(self._name)

    def __len__(self) -> int:
        return len(self._synapses)

    def __iter__(self) -> Iterator[Any]:
        return iter(self[:])

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:
        return np.asarray(self.si_values(), dtype=dtype).copy()

    def __getitem__(self, index: Any) -> Any:
        chosen, is_one = chosen_synapses(index, self._synapses)
        values = self.si_values()[chosen]
        return si_quantity(float(values[0]) if is_one else values, self.dimension)

    def __setitem__(self, index: Any, value: Any) -> None:
        where = f"{self.label}[{spoken(index)}]"
        if not len(self._synapses):
            raise NotReadyError(
                "There are no synapses yet, so there is nothing to set.",
                where=where,
                mend="Make them first, such as S[:, :] = True.",
            )
        chosen, _ = chosen_synapses(index, self._synapses)
        if not len(chosen):
            raise RangeError(
                "There is no synapse there.",
                where=where,
                mend="Make it first, such as S[0, 1] = True.",
            )
        self._store(chosen, self._checked(value, chosen, where))

    def _checked(self, value: Any, chosen: Any, where: str) -> FloatArray:
        if isinstance(value, str):
            synapses = self._synapses
            known = synapses.known_values(chosen)
            return Text(value, *known, len(chosen), where).checked(self.dimension)
        return checked_values(joined(value, where), self.dimension, (len(chosen),), where)

    def _store(self, chosen: Any, values: FloatArray) -> None:
        self._synapses.store(self._name, chosen, values)

    def to_matrix(self, multiple_synapses: str = "last") -> FloatArray:
        """Return the SI values as a matrix of shape (source, target); nan where no synapse is.

        Parameters
        ----------
        multiple_synapses : {'last', 'first', 'min', 'max', 'sum'}
            Which value counts where several synapses join the same neurons.
        """
        if multiple_synapses not in _JOINED:
            raise ArgumentError(
                f"The option multiple_synapses is {multiple_synapses!r}.",
                where=self.label,
                mend=f"Give {' or '.join(map(repr, _JOINED))}.",
            )
        synapses = self._synapses
        grouped: dict[tuple[int, int], list[float]] = {}
        pairs = zip(synapses.presynaptic.tolist(), synapses.postsynaptic.tolist())
        for pair, value in zip(pairs, self.si_values().tolist()):
            grouped.setdefault(pair, []).append(value)
        matrix = np.full((len(synapses.source), len(synapses.target)), np.nan)
        for pair, values in grouped.items():
            matrix[pair] = _JOINED[multiple_synapses](values)
        return matrix

    def sum_into(self, group: Any, name: str) -> None:
        """Set a variable of the target neurons to the sum over their synapses, after each step."""
        self._synapses.sum_into(self._name, group, name)

    def __repr__(self) -> str:
        return f"{self.label}: {self[:]}"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise UnknownAttributeError(
            f"A variable of synapses has no '{name}'.",
            where=self.label,
            mend="Its values are an array, such as S.w[:].",
        )


class DelayVariable(SynapticVariable):
    """The delays of the synapses on one pathway.

    Parameters
    ----------
    synapses : Synapses
    pathway : int
    name : str
    """

    def __init__(self, synapses: "Synapses", pathway: int, name: str) -> None:
        super().__init__(synapses, name)
        self._pathway = pathway

    @property
    def dimension(self) -> Dimension:
        """Seconds."""
        return SECOND

    def si_values(self) -> FloatArray:
        """Return the delays in seconds."""
        return self._synapses.delays_of(self._pathway)

    def _store(self, chosen: Any, values: FloatArray) -> None:
        if (values < 0).any():
            raise RangeError(
                f"A delay is {values.min() * 1e3:g} ms.",
                where=self.label,
                mend="Delays must be 0 ms or more.",
            )
        longest = self._synapses.longest_delay
        if longest and (values > longest * (1 + 1e-9)).any():
            raise RangeError(
                f"A delay is {values.max() * 1e3:g} ms, longer than max_delay, which is "
                f"{longest * 1e3:g} ms.",
                where=self.label,
                mend="Give a longer max_delay when the synapses are made, or leave it out.",
            )
        self._synapses.store_delays(self._pathway, chosen, values)
