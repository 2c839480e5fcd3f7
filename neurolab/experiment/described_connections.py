"""Connections of the script API as connections of an experiment."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..brian.connection import Connection
from ..brian.delays import Delays
from ..errors import LimitError, NotAvailableError
from ..units import display_factor
from .described_groups import rounded
from .expansion import MOST_CELLS
from .experiment import Entries, Matrix, Rule, Synapses
from .limits import MAX_SYNAPSES


def described_connection(connection: Connection, names: Mapping[Any, str]) -> Synapses:
    """Describe a connection of the script API.

    Parameters
    ----------
    connection : Connection
    names : mapping
        Names of the connection and of its whole groups.

    Raises
    ------
    LimitError, NotAvailableError
        The lab has no such connection.
    """
    source = connection.source
    target = connection.target
    for rule in connection.rules:
        raise NotAvailableError(
            f"The connection has a rule of plasticity ({type(rule).__name__}), which the lab and "
            "the exports cannot show yet.",
            where=connection.label,
            mend="Make the network without the rule, or run it as a script.",
        )
    if connection.modulation:
        raise LimitError(
            f"The weights are multiplied by {connection.modulation}, which the lab cannot show.",
            where=connection.label,
            mend="Leave the modulation out.",
        )
    if isinstance(connection.delay, Delays):
        raise LimitError(
            "Each synapse has a delay of its own, which the lab cannot show.",
            where=connection.label,
            mend="Give one delay for all synapses.",
        )
    unit_size = display_factor(target.dimension(connection.state))
    is_small = len(source.whole) * len(target.whole) <= MOST_CELLS
    return Synapses(
        names[connection],
        names[source.whole],
        names[target.whole],
        connection.state,
        _matrix(connection, unit_size) if is_small else _large_matrix(connection, unit_size),
        rounded(float(connection.delay) * 1e3),
    )


def _matrix(connection: Connection, unit_size: float) -> Matrix:
    source = connection.source
    target = connection.target
    matrix = np.zeros((len(source.whole), len(target.whole)))
    matrix[slice(*source.span), slice(*target.span)] = connection.dense() / unit_size
    return tuple(tuple(rounded(weight) for weight in row) for row in matrix.tolist())


def _large_matrix(connection: Connection, unit_size: float) -> Rule | Entries:
    """Describe a regular matrix as a rule, any other by its entries.

    Neurons have their numbers in the whole groups.
    """
    rows = connection.rows
    n_sources, n_targets = connection.shape
    source_span = connection.source.span
    target_span = connection.target.span
    sources = np.repeat(np.arange(n_sources), np.diff(rows.starts))
    distinct, place = np.unique(rows.weights / unit_size, return_inverse=True)
    values = [rounded(value) for value in distinct.tolist()]
    if len(values) == 1:
        if len(sources) == n_sources * n_targets:
            return Rule("full", values[0], sources=source_span, targets=target_span)
        is_square = n_sources == n_targets == len(sources)
        if is_square and (sources == rows.targets).all():
            return Rule("one_to_one", values[0], sources=source_span, targets=target_span)
    if len(sources) > MAX_SYNAPSES:
        raise LimitError(
            f"The connection has {len(sources):,} synapses. At most {MAX_SYNAPSES:,} are allowed.",
            where=connection.label,
            mend="Use fewer neurons or a lower sparseness.",
        )
    return Entries(
        tuple((sources + source_span[0]).tolist()),
        tuple((rows.targets + target_span[0]).tolist()),
        tuple(values[index] for index in place.tolist()),
    )
