"""What a network can be asked to show.

Each property is a frozen dataclass with `see(result)`, which gives a `Sight`: whether it holds, and one sentence on
what was seen, never on what would have been right.
"""

import numpy as np

from ...errors import NeurolabError
from ..runs import run
from ..tables import built, chosen
from .connections import Acts, ActsFaster, Balances, Connections, OnlyNegative
from .sight import Sight
from .spikes import Fires, FiresInOrder, FirstSpike, NeuronsFire, Rate
from .traces import Crosses, Depends, Fades, Range

PROPERTIES = {
    "fires": Fires,
    "first spike": FirstSpike,
    "fires in order": FiresInOrder,
    "neurons fire": NeuronsFire,
    "rate": Rate,
    "crosses": Crosses,
    "range": Range,
    "fades faster": Fades,
    "depends": Depends,
    "connections": Connections,
    "only negative": OnlyNegative,
    "acts": Acts,
    "acts faster": ActsFaster,
    "balances": Balances,
}
"""By the ``property`` that a worksheet's file names; the other entries of such a table are its attributes."""


def check_sights(sights: list[Sight]) -> None:
    """Refuse an empty list, and a verdict that is neither true nor false: it must not be taken for a pass.

    Raises
    ------
    NeurolabError
    """
    if not sights or not all(isinstance(sight.holds, (bool, np.bool_)) for sight in sights):
        raise NeurolabError("The check came to no verdict.", where="check")


def properties_of(tables, start):
    """Read the list of tables that is an exercise's ``check``; each is tried on the start, so that a wrong name shows."""
    found = []
    for table in tables:
        kind, rest = chosen(PROPERTIES, table, "property")
        found.append(built(kind, rest))
        check_sights([found[-1].see(run(start))])
    if not found:
        raise NeurolabError("nothing is checked", where="check", expected="at least one property")
    return tuple(found)
