"""What the monitors of a program recorded, as CSV tables like those of a result."""

import numpy as np

from ..brian.groups import Group
from ..brian.network import Network
from ..brian.program_objects import objects_in
from ..brian.spike_monitors import SpikeMonitor
from ..brian.state_monitors import StateMonitor
from ..errors import NeurolabError
from ..units import display_factor, display_unit
from .tables import milliseconds, table


def recorded_traces_csv(names):
    """The values of all state monitors: a column for each neuron and variable, a row for each moment that one recorded.

    Parameters
    ----------
    names : mapping
        The program's names, after it has run.

    Raises
    ------
    NeurolabError
        No monitor has recorded any.
    """
    monitors = [monitor for monitor in _monitors(names, StateMonitor) if len(monitor.times)]
    if not monitors:
        raise NeurolabError(
            "the program recorded no traces",
            where="--csv",
            mend="Add M = StateMonitor(group, 'V', record=True) to it, before run(…).",
        )
    groups = _group_names(names, monitors)
    moments = [milliseconds(monitor.times_) for monitor in monitors]
    times = np.unique(np.concatenate(moments))
    columns = {}
    for monitor, own_times in zip(monitors, moments):
        rows, unit_name, label = (
            np.searchsorted(times, own_times),
            _unit(monitor),
            groups[monitor.source.whole],
        )
        values = monitor.values_ / display_factor(monitor.source.dimension(monitor.variable))
        for neuron, numbers in zip(monitor.recorded, values):
            head = f"{label}[{monitor.source.span[0] + neuron}].{monitor.variable}" + (
                f" ({unit_name})" if unit_name else ""
            )
            column = columns.setdefault(head, np.full(len(times), "", dtype=object))
            column[rows] = numbers.tolist()
    return table(["time (ms)", *columns], zip(times.tolist(), *columns.values()))


def recorded_spikes_csv(names):
    """The spikes of all spike monitors in order of time, each once.

    Parameters
    ----------
    names : mapping
        The program's names, after it has run.

    Raises
    ------
    NeurolabError
        There is no spike monitor.
    """
    monitors = [
        monitor for monitor in _monitors(names, SpikeMonitor) if type(monitor) is SpikeMonitor
    ]  # others only count
    if not monitors:
        raise NeurolabError(
            "the program recorded no spikes",
            where="--spikes",
            mend="Add S = SpikeMonitor(group) to it, before run(…).",
        )
    groups, found = _group_names(names, monitors), set()
    for monitor in monitors:
        neurons, times = monitor.arrays()
        label = groups[monitor.source.whole]
        found |= {
            (time, label, neuron)
            for time, neuron in zip(
                milliseconds(times).tolist(), (neurons + monitor.source.span[0]).tolist()
            )
        }
    return table(["time (ms)", "group", "neuron"], sorted(found))


def _monitors(names, kind):
    """Those that the program's names hold, by themselves, in lists, or in networks, and those of its groups."""
    inside = [part for network in objects_in(names, (Network,)) for part in network.parts(kind)]
    attached = [
        item
        for group in objects_in(names, (Group,))
        for item in group.whole.attached_objects
        if isinstance(item, kind)
    ]
    return list(dict.fromkeys([*objects_in(names, (kind,)), *inside, *attached]))


def _group_names(names, monitors):
    """Whole group → the name that the program has for it, or a plain one."""
    seen = {}
    for name, value in names.items():
        if isinstance(value, Group) and not name.startswith("_"):
            seen.setdefault(value, name)
    groups = dict.fromkeys(monitor.source.whole for monitor in monitors)
    return {group: seen.get(group, f"G{number}") for number, group in enumerate(groups, 1)}


def _unit(monitor):
    return display_unit(monitor.source.dimension(monitor.variable))
