"""A result as CSV tables: one row a moment, or one a spike."""

import csv
import io

from ..lab.validate import state_unit
from ..units import unit


def traces_csv(result):
    """The recorded traces, times in ms and values in the unit that the head of the column names."""
    heads, columns = ["time (ms)"], [[float(f"{time * 1e3:.12g}") for time in result.times.tolist()]]
    for group in result.experiment.neurons:
        for state in result.states[group.name]:
            name = state_unit(result.experiment, group, state)
            for neuron, values in enumerate(result.trace(group.name, state)):
                heads.append(f"{group.name}[{neuron}].{state}" + (f" ({name})" if name else ""))
                columns.append((values / unit(name)[0]).tolist())
    return _table(heads, zip(*columns))


def spikes_csv(result):
    """All spikes in order of time: of inputs and of neurons."""
    found = [(float(f"{time * 1e3:.12g}"), group.name, neuron) for group in result.experiment.groups
             for neuron, time in zip(*(column.tolist() for column in result.spikes(group.name)))]
    return _table(["time (ms)", "group", "neuron"], sorted(found))


def _table(heads, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return text.getvalue()
