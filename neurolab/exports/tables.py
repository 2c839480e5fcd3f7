"""A result as CSV tables: one row for each moment, or one for each spike."""

import csv
import io
from collections.abc import Iterable

import numpy as np

from ..array_types import FloatArray
from ..experiment.result import Result
from ..units import unit

_FORMULA_STARTS = ("=", "+", "-", "@")


def traces_csv(result: Result) -> str:
    """Write the recorded traces as CSV.

    Times are in ms, and values in the unit in the head of their column.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.experiment.simulate import simulate
    >>> print(traces_csv(simulate(TUTORIAL)).splitlines()[0])
    time (ms),target[0].Va (mV),target[0].Vb (mV)
    """
    heads = ["time (ms)"]
    columns = [milliseconds(result.times).tolist()]
    for group in result.experiment.neurons:
        for state in result.states[group.name]:
            name = result.checked.unit(group.name, state)
            for neuron, values in enumerate(result.trace(group.name, state)):
                heads.append(column_head(group.name, neuron, state, name))
                columns.append((values / unit(name)[0]).tolist())
    return table(heads, zip(*columns))


def column_head(group: str, neuron: int, variable: str, unit_name: str) -> str:
    """Return the head of the column of one trace.

    Examples
    --------
    >>> column_head("target", 0, "Va", "mV")
    'target[0].Va (mV)'
    """
    head = f"{group}[{neuron}].{variable}"
    return f"{head} ({unit_name})" if unit_name else head


def spikes_csv(result: Result) -> str:
    """Write all spikes of inputs and of neurons as CSV, in order of time."""
    spikes = []
    for group in result.experiment.groups:
        neurons, times = result.spikes(group.name)
        spikes += [
            (time, group.name, neuron)
            for time, neuron in zip(milliseconds(times).tolist(), neurons.tolist())
        ]
    return table(["time (ms)", "group", "neuron"], sorted(spikes))


def milliseconds(times: FloatArray) -> FloatArray:
    """Convert times from seconds to ms, without rounding errors in the last digit.

    Examples
    --------
    >>> milliseconds(np.array([0.0041])).tolist()
    [4.1]
    """
    return np.array([float(f"{time * 1e3:.12g}") for time in times.tolist()])


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Write rows of numbers and texts as CSV; a spreadsheet reads no text as a formula.

    Parameters
    ----------
    heads : iterable of str
    rows : iterable of iterable

    Examples
    --------
    >>> table(["name"], [["=1+1"]])
    "name\\n'=1+1\\n"
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(_plain, heads))
    writer.writerows(map(_plain, row) for row in rows)
    return text.getvalue()


def _plain(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    line = " ".join(cell.split())
    return f"'{line}" if line.startswith(_FORMULA_STARTS) else line
