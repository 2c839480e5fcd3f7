"""Properties that a network can be asked to show; `Property` is their contract."""

from collections.abc import Iterable

import numpy as np

from ...errors import NeurolabError
from ...experiment.experiment import Experiment
from ..runs import run
from ..tables import Table, built, chosen
from .connections import Acts, ActsFaster, Balances, Connections, OneSign, OnlyNegative
from .sight import Property, Sight
from .spikes import Fires, FiresInOrder, FirstSpike, NeuronsFire, Rate
from .traces import Crosses, Decays, Depends, Fades, Range

__all__ = ["PROPERTIES", "Property", "check_sights", "properties_of"]

PROPERTIES: dict[str, type[Property]] = {
    "fires": Fires,
    "first spike": FirstSpike,
    "fires in order": FiresInOrder,
    "neurons fire": NeuronsFire,
    "rate": Rate,
    "crosses": Crosses,
    "range": Range,
    "fades faster": Fades,
    "decays": Decays,
    "depends": Depends,
    "connections": Connections,
    "only negative": OnlyNegative,
    "acts": Acts,
    "one sign": OneSign,
    "acts faster": ActsFaster,
    "balances": Balances,
}
"""Kinds by the entry ``property`` of a worksheet's file; the other entries are attributes."""


def check_sights(sights: list[Sight]) -> None:
    """Refuse an empty list, and verdicts that are neither true nor false.

    Raises
    ------
    NeurolabError
    """
    if not sights or not all(isinstance(sight.holds, (bool, np.bool_)) for sight in sights):
        raise NeurolabError("The check came to no verdict.", where="check")


def properties_of(tables: Iterable[Table], start: Experiment) -> tuple[Property, ...]:
    """Read an exercise's ``check``, a list of tables.

    Each property is tried on the start, so that a wrong name is noticed at once.
    """
    properties: list[Property] = []
    for table in tables:
        kind, rest = chosen(PROPERTIES, table, "property")
        properties.append(built(kind, rest))
        check_sights([properties[-1].see(run(start))])
    if not properties:
        raise NeurolabError(
            "Nothing is checked.", where="check", mend="Give at least one property."
        )
    return tuple(properties)
