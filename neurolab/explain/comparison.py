"""Comparison of two experiments: the differences of their settings and of their traces."""

from typing import NamedTuple, TypeAlias

import numpy as np

from ..array_types import FloatArray, IntArray
from ..experiment.checked import state_unit
from ..experiment.experiment import Entries, Experiment, Inputs, Neurons, Rule, Spread, Synapses
from ..experiment.result import Result
from ..experiment.typed_lists import format_times
from ..experiment.typed_values import format_number
from ..model.equations import parse_equations

NOTHING = "–"
MOST_NEURONS = 12
_MOST_VALUES = 8
_NANOSECOND = 1e-9

Initial: TypeAlias = tuple[float, ...] | Spread
Indices: TypeAlias = slice | IntArray


class Difference(NamedTuple):
    """One thing that differs."""

    what: str
    before: str
    after: str


class TraceDifference(NamedTuple):
    """Difference of the traces of one variable of one neuron; in SI units, times in ms."""

    group: str
    state: str
    neuron: int
    times: FloatArray
    values: FloatArray
    """The second trace minus the first."""

    @property
    def largest(self) -> tuple[float, float]:
        """The largest distance, and the time in ms at which it is reached."""
        place = int(np.abs(self.values).argmax())
        return abs(float(self.values[place])), float(self.times[place])

    @property
    def rms(self) -> float:
        """The root of the mean squared distance."""
        return float(np.sqrt(np.mean(self.values**2)))


def differences(before: Experiment, after: Experiment) -> list[Difference]:
    """List the differences between two experiments, in words and numbers.

    Parameters
    ----------
    before, after : Experiment
        Valid ones.

    Returns
    -------
    list of Difference

    Examples
    --------
    >>> from neurolab.experiment.edits import set_run
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> differences(TUTORIAL, set_run(TUTORIAL, duration=20.0))
    [Difference(what='duration', before='10 ms', after='20 ms')]
    """
    first = _described(before)
    second = _described(after)
    names = [*first, *(name for name in second if name not in first)]
    return [
        Difference(name, first.get(name, NOTHING), second.get(name, NOTHING))
        for name in names
        if first.get(name) != second.get(name)
    ]


def _described(experiment: Experiment) -> dict[str, str]:
    """Return the name of each setting of an experiment, and its value as text."""
    found = {p.name: _quantity(p.value, p.unit) for p in experiment.parameters}
    for group in experiment.groups:
        found |= _inputs(group) if isinstance(group, Inputs) else _neurons(experiment, group)
    for connection in experiment.connections:
        found |= _synapses(experiment, connection)
    found |= {
        "duration": _quantity(experiment.duration, "ms"),
        "dt": _quantity(experiment.dt, "ms"),
    }
    if experiment.seed:
        found["seed"] = str(experiment.seed)
    return found


def _quantity(value: float, unit: str) -> str:
    return f"{format_number(value)} {unit}".strip().replace("-", "−")


def _inputs(group: Inputs) -> dict[str, str]:
    found = {f"{group.name}: size": str(group.size)}
    if group.rates:
        return found | {
            f"rate of {group.name} {i}": _quantity(rate, "Hz") for i, rate in enumerate(group.rates)
        }
    if group.period:
        found[f"period of {group.name}"] = _quantity(group.period, "ms")
    return found | {
        f"spikes of {group.name} {i}": f"{format_times(times)} ms" if times else "none"
        for i, times in enumerate(group.spikes)
    }


def _neurons(experiment: Experiment, group: Neurons) -> dict[str, str]:
    found = {f"{group.name}: size": str(group.size)}
    for equation in parse_equations(group.equations):
        left = f"d{equation.name}/dt" if equation.kind == "differential" else equation.name
        if equation.expression:
            found[f"{left} of {group.name}"] = equation.expression.text
    for name, value in (
        ("threshold", group.threshold),
        ("reset", group.reset),
        ("method", group.method),
    ):
        if value:
            found[f"{name} of {group.name}"] = " ".join(value.split())
    if group.refractory:
        found[f"refractory period of {group.name}"] = _quantity(group.refractory, "ms")
    for name, values in group.initial:
        found[f"{name} of {group.name} at the start"] = _values(values)
    return found


def _values(values: Initial) -> str:
    """Write a few numbers as a list, or the ends of the range of random numbers."""
    if isinstance(values, Spread):
        text = f"random, {format_number(values.low)} to {format_number(values.high)}"
        return text.replace("-", "−")
    text = ", ".join(map(format_number, values[:_MOST_VALUES])).replace("-", "−")
    return f"{text}, …" if len(values) > _MOST_VALUES else text


def _synapses(experiment: Experiment, connection: Synapses) -> dict[str, str]:
    name, target = connection.name, experiment.neurons_of(connection.target)
    found = {
        name: f"{connection.source} → {connection.target}",
        f"{name} adds to": connection.state,
    }
    if connection.delay:
        found[f"delay of {name}"] = _quantity(connection.delay, "ms")
    unit = state_unit(experiment, target, connection.state)
    if not isinstance(connection.weights, tuple):
        return found | {f"weights of {name}": _rule(connection.weights, unit)}
    return found | {
        f"{name}[{i}, {j}]": _quantity(weight, unit)
        for i, row in enumerate(connection.weights)
        for j, weight in enumerate(row)
    }


def _rule(rule: Rule | Entries, unit: str) -> str:
    if isinstance(rule, Entries):
        return f"{len(rule.weights):,} entries"
    weight = _quantity(rule.weight, unit)
    if rule.kind == "random":
        return f"random, {format_number(100 * rule.probability)} % of {weight}, seed {rule.seed}"
    return f"all to all, {weight}" if rule.kind == "full" else f"one to one, {weight}"


def trace_differences(before: Result, after: Result) -> list[TraceDifference]:
    """Subtract the traces that both runs have, at the times that both have.

    Parameters
    ----------
    before, after : Result

    Returns
    -------
    list of TraceDifference
    """
    first, second, times = _common_times(before.times, after.times)
    found = []
    for group in after.recorded if len(times) else ():
        for state in after.states[group]:
            if state not in before.states.get(group, ()):
                continue
            old, new = before.trace(group, state), after.trace(group, state)
            found += [
                TraceDifference(
                    group, state, neuron, times * 1e3, new[neuron][second] - old[neuron][first]
                )
                for neuron in range(min(len(old), len(new), MOST_NEURONS))
            ]
    return found


def _common_times(first: FloatArray, second: FloatArray) -> tuple[Indices, Indices, FloatArray]:
    """Return the indices of the times that both runs have, and these times."""
    if len(first) > 1 and len(second) > 1 and first[1] == second[1]:
        both = slice(0, min(len(first), len(second)))
        return both, both, first[both]
    _, one, other = np.intersect1d(
        np.rint(first / _NANOSECOND), np.rint(second / _NANOSECOND), return_indices=True
    )
    return one, other, first[one]
