"""A result as CSV tables: one row a moment, or one a spike."""

import csv
import io

import numpy as np

from ..experiment.validate import state_unit
from ..units import unit

_FORMULA_STARTS = ("=", "+", "-", "@")


def traces_csv(result):
    """The recorded traces, times in ms and values in the unit that the head of the column names."""
    heads, columns = ["time (ms)"], [milliseconds(result.times).tolist()]
    for group in result.experiment.neurons:
        for state in result.states[group.name]:
            name = state_unit(result.experiment, group, state)
            for neuron, values in enumerate(result.trace(group.name, state)):
                heads.append(f"{group.name}[{neuron}].{state}" + (f" ({name})" if name else ""))
                columns.append((values / unit(name)[0]).tolist())
    return table(heads, zip(*columns))


def spikes_csv(result):
    """All spikes in order of time: of inputs and of neurons."""
    found = []
    for group in result.experiment.groups:
        neurons, times = result.spikes(group.name)
        found += [
            (time, group.name, neuron)
            for time, neuron in zip(milliseconds(times).tolist(), neurons.tolist())
        ]
    return table(["time (ms)", "group", "neuron"], sorted(found))


def milliseconds(times):
    """Times in seconds as they are written: in ms, without the last digit's noise."""
    return np.array([float(f"{time * 1e3:.12g}") for time in times.tolist()])


def table(heads, rows):
    """Rows of numbers and texts as CSV; no text of them is a formula where a spreadsheet opens it.

    Parameters
    ----------
    heads : iterable of str
    rows : iterable of iterable
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(_plain, heads))
    writer.writerows(map(_plain, row) for row in rows)
    return text.getvalue()


def _plain(cell):
    if not isinstance(cell, str):
        return cell
    line = " ".join(cell.split())
    return f"'{line}" if line.startswith(_FORMULA_STARTS) else line
