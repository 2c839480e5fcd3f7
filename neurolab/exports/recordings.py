"""The recordings of a program's monitors, as CSV tables like those of a result."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import numpy as np

from ..array_types import AnyArray
from ..brian.groups import Group
from ..brian.network import Network
from ..brian.program_objects import objects_in
from ..brian.spike_monitors import SpikeMonitor
from ..brian.state_monitors import StateMonitor
from ..errors import NeurolabError
from ..units import display_factor, display_unit
from .tables import column_head, milliseconds, table

Monitor = TypeVar("Monitor", StateMonitor, SpikeMonitor)


def recorded_traces_csv(names: Mapping[str, Any]) -> str:
    """Write the values of all state monitors as CSV.

    There is a column for each neuron and variable, and a row for each moment that a monitor has
    recorded.

    Parameters
    ----------
    names : mapping
        The program's names, after it has run.

    Raises
    ------
    NeurolabError
        No monitor has recorded values.
    """
    monitors = [monitor for monitor in _monitors(names, StateMonitor) if len(monitor.times)]
    if not monitors:
        raise NeurolabError(
            "The program recorded no traces.",
            where="--csv",
            mend="Add M = StateMonitor(group, 'V', record=True) to it, before run(…).",
        )
    groups = _group_names(names, monitors)
    moments = [milliseconds(monitor.times_) for monitor in monitors]
    times = np.unique(np.concatenate(moments))
    columns: dict[str, AnyArray] = {}
    for monitor, own_times in zip(monitors, moments):
        rows = np.searchsorted(times, own_times)
        dimension = monitor.source.dimension(monitor.variable)
        unit_name = display_unit(dimension)
        label = groups[monitor.source.whole]
        values = monitor.values_ / display_factor(dimension)
        for neuron, numbers in zip(monitor.recorded, values):
            number = monitor.source.span[0] + neuron
            head = column_head(label, number, monitor.variable, unit_name)
            column = columns.setdefault(head, np.full(len(times), "", dtype=object))
            column[rows] = numbers.tolist()
    return table(["time (ms)", *columns], zip(times.tolist(), *columns.values()))


def recorded_spikes_csv(names: Mapping[str, Any]) -> str:
    """Write the spikes of all spike monitors as CSV in order of time, without duplicates.

    Parameters
    ----------
    names : mapping
        The program's names, after it has run.

    Raises
    ------
    NeurolabError
        There is no spike monitor.
    """
    # The other kinds of monitor only count spikes.
    monitors = [
        monitor for monitor in _monitors(names, SpikeMonitor) if type(monitor) is SpikeMonitor
    ]
    if not monitors:
        raise NeurolabError(
            "The program recorded no spikes.",
            where="--spikes",
            mend="Add S = SpikeMonitor(group) to it, before run(…).",
        )
    groups = _group_names(names, monitors)
    spikes: set[tuple[float, str, int]] = set()
    for monitor in monitors:
        neurons, times = monitor.arrays()
        label = groups[monitor.source.whole]
        numbers = (neurons + monitor.source.span[0]).tolist()
        spikes |= {
            (time, label, neuron) for time, neuron in zip(milliseconds(times).tolist(), numbers)
        }
    return table(["time (ms)", "group", "neuron"], sorted(spikes))


def _monitors(names: Mapping[str, Any], kind: type[Monitor]) -> list[Monitor]:
    """Return the monitors of one kind that a program can reach by its names.

    They can be values of names themselves, in lists or networks, or attached to groups.
    """
    monitors: list[Monitor] = list(objects_in(names, (kind,)))
    for network in objects_in(names, (Network,)):
        monitors += network.parts(kind)
    for group in objects_in(names, (Group,)):
        monitors += [item for item in group.whole.attached_objects if isinstance(item, kind)]
    return list(dict.fromkeys(monitors))


def _group_names(
    names: Mapping[str, Any], monitors: Iterable[StateMonitor | SpikeMonitor]
) -> dict[Group, str]:
    """Return the names that the program has for whole groups, or plain ones."""
    seen: dict[Group, str] = {}
    for name, value in names.items():
        if isinstance(value, Group) and not name.startswith("_"):
            seen.setdefault(value, name)
    groups = dict.fromkeys(monitor.source.whole for monitor in monitors)
    return {group: seen.get(group, f"G{number}") for number, group in enumerate(groups, 1)}
