"""Edits: functions from an experiment to the changed experiment.

Values that still fit the changed experiment are kept; the others are dropped.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from keyword import iskeyword
from typing import Any

from ..errors import NeurolabError, ParseError, RangeError
from ..grid import Ms
from ..model.compilation import compile_model
from ..model.equations import RESERVED, parse_reset
from ..model.vocabulary import CONSTANTS, FUNCTIONS, INFINITE
from ..names import UNITS
from .expansion import connected, listed
from .experiment import Entries, Experiment, Matrix, Neurons, Parameter, Rule, Spread
from .limits import MAX_NEURONS
from .resizing import resized_connection, resized_group
from .typed_values import format_number

_TAKEN = {*FUNCTIONS, *RESERVED, *CONSTANTS, *INFINITE, "t", "xi", "pi", "e"}
"""Names that mean something in every formula."""


def set_parameter(experiment: Experiment, name: str, value: float) -> Experiment:
    """Give a parameter another value, in its own unit.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> set_parameter(TUTORIAL, "tau_a", 2.0).parameter("tau_a")
    Parameter(name='tau_a', value=2.0, unit='ms')
    """
    return experiment.with_parameter(replace(experiment.parameter(name), value=float(value)))


def add_parameter(experiment: Experiment, name: str, value: float, unit: str) -> Experiment:
    """Add a parameter under a new name.

    Parameters
    ----------
    experiment : Experiment
    name : str
    value : float
        In the unit.
    unit : str

    Returns
    -------
    Experiment

    Raises
    ------
    ParseError
        The name is a parameter, a variable, a unit, a function or a word of Python already.
    """
    known = next((parameter for parameter in experiment.parameters if parameter.name == name), None)
    if known:
        value_text = f"{format_number(known.value)} {known.unit}".rstrip()
        raise ParseError(
            f"There is already a parameter {name} ({value_text}).",
            mend="Change its value in its own field, or choose another name.",
        )
    if name in _TAKEN or iskeyword(name):
        raise ParseError(
            f"The name {name} already has another meaning.", mend="Choose another name."
        )
    if name in UNITS:
        raise ParseError(f"{name} is a unit.", mend="Choose another name.")
    group = next((group for group in experiment.neurons if name in _variables(group)), None)
    if group:
        raise ParseError(f"{name} is a variable of {group.name}.", mend="Choose another name.")
    return replace(
        experiment, parameters=(*experiment.parameters, Parameter(name, float(value), unit))
    )


def _variables(neurons: Neurons) -> set[str]:
    """Return all names that the equations of a group define."""
    return {equation.name for equation in compile_model(neurons.equations).equations}


def define_parameter(experiment: Experiment, name: str, value: float, unit: str) -> Experiment:
    """Add a parameter, or change the value and unit of the parameter of this name."""
    if any(parameter.name == name for parameter in experiment.parameters):
        return experiment.with_parameter(Parameter(name, float(value), unit))
    return add_parameter(experiment, name, value, unit)


def remove_parameter(experiment: Experiment, name: str) -> Experiment:
    """Remove a parameter that no equation needs."""
    return replace(experiment, parameters=tuple(p for p in experiment.parameters if p.name != name))


def set_spikes(experiment: Experiment, group: str, neuron: int, times: Sequence[Ms]) -> Experiment:
    """Give one source neuron other spike times, in the order given.

    They need not ascend: a spike that is dragged past another one keeps its place in the list.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> set_spikes(TUTORIAL, "inputs", 1, [5.0]).inputs[0].spikes
    ((1.0, 4.0), (5.0,))
    """
    inputs = experiment.inputs_of(group)
    spikes = list(inputs.spikes)
    spikes[neuron] = tuple(times)
    return experiment.with_group(replace(inputs, spikes=tuple(spikes)))


def set_weight(
    experiment: Experiment, connection: str, source: int, target: int, weight: float
) -> Experiment:
    """Change one entry of a connection matrix that is stored in full.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> set_weight(TUTORIAL, "C1", 1, 0, -2).connection("C1").weights
    ((6.0,), (-2.0,))
    """
    synapses = experiment.connection(connection)
    rows = [list(row) for row in _matrix(synapses.weights)]
    rows[source][target] = float(weight)
    return experiment.with_connection(replace(synapses, weights=tuple(tuple(row) for row in rows)))


def _matrix(weights: Matrix | Rule | Entries) -> Matrix:
    if isinstance(weights, Rule | Entries):
        raise NeurolabError(
            "The connection has no matrix of single weights.", mend="Change its rule instead."
        )
    return weights


def set_connection(experiment: Experiment, connection: str, **changes: Any) -> Experiment:
    """Change a connection's target variable (``state``) or delay (ms)."""
    return experiment.with_connection(replace(experiment.connection(connection), **changes))


def set_rule(experiment: Experiment, connection: str, **changes: Any) -> Experiment:
    """Change a connection's rule: ``weight``, ``probability`` or ``seed``.

    If the connection has no rule, all synapses get the weight.
    """
    synapses = experiment.connection(connection)
    if isinstance(synapses.weights, Rule):
        rule = replace(synapses.weights, **changes)
        return experiment.with_connection(replace(synapses, weights=rule))
    entries = listed(synapses.weights)
    weights = (float(changes["weight"]),) * len(entries.weights)
    return experiment.with_connection(replace(synapses, weights=replace(entries, weights=weights)))


def set_wiring(experiment: Experiment, connection: str, kind: str) -> Experiment:
    """Make a connection by a rule of this kind.

    A list of entries becomes a rule with their mean weight and their density.
    """
    synapses = experiment.connection(connection)
    if isinstance(synapses.weights, Rule):
        rule = replace(synapses.weights, kind=kind)
    else:
        rows = experiment.group(synapses.source).size
        columns = experiment.group(synapses.target).size
        rule = _similar_rule(listed(synapses.weights), kind, rows, columns)
    return experiment.with_connection(replace(synapses, weights=rule))


def _similar_rule(entries: Entries, kind: str, rows: int, columns: int) -> Rule:
    """Return a rule with the mean weight and the density of a list of entries."""
    sources, targets = connected(entries, rows, columns)
    count = len(entries.weights)
    pairs = math.prod(last - first for first, last in (sources, targets))
    return Rule(
        kind,
        float(f"{sum(entries.weights) / max(count, 1):.6g}"),
        float(f"{count / pairs:.4g}"),
        sources=() if sources == (0, rows) else sources,
        targets=() if targets == (0, columns) else targets,
    )


def set_rates(
    experiment: Experiment, group: str, rate: float, neuron: int | None = None
) -> Experiment:
    """Give a random input another rate (Hz): one of its neurons, or all of them."""
    inputs = experiment.inputs_of(group)
    rates = tuple(
        float(rate) if neuron in (None, index) else old for index, old in enumerate(inputs.rates)
    )
    return experiment.with_group(replace(inputs, rates=rates))


def set_spread(experiment: Experiment, group: str, name: str, **changes: Any) -> Experiment:
    """Change the ends or the seed of initial values that are drawn at random."""
    neurons = experiment.neurons_of(group)
    initial = tuple(
        (other, replace(values, **changes))
        if other == name and isinstance(values, Spread)
        else (other, values)
        for other, values in neurons.initial
    )
    return experiment.with_group(replace(neurons, initial=initial))


def set_neurons(experiment: Experiment, group: str, **changes: Any) -> Experiment:
    """Change texts or numbers of a group: equations, threshold, reset, refractory (ms), method.

    If the new equations lack a variable, connections to it lead to the variable in its place, and
    its initial values are dropped.
    """
    old = experiment.neurons_of(group)
    new = replace(old, **changes)
    if new.equations == old.equations:
        return experiment.with_group(new)
    before = _states(old)
    states = _states(new)
    kept = {*states, *compile_model(new.equations).parameters}
    initial = tuple((name, values) for name, values in new.initial if name in kept)
    changed = experiment.with_group(replace(new, initial=initial))
    for connection in experiment.connections:
        if connection.target == group and connection.state not in states:
            # The old states lack the variable, too, if it was a state only through its reset.
            place = before.index(connection.state) if connection.state in before else 0
            state = states[min(place, len(states) - 1)]
            changed = changed.with_connection(replace(connection, state=state))
    return changed


def _states(neurons: Neurons) -> tuple[str, ...]:
    """Return the state variables of a group.

    Its reset, which makes some of them, may still name variables that the equations lack.
    """
    try:
        driven = {assignment.variable for assignment in parse_reset(neurons.reset)}
    except NeurolabError:
        driven = set()
    return tuple(
        equation.name
        for equation in compile_model(neurons.equations).equations
        if equation.kind == "differential"
        or (equation.kind == "parameter" and equation.name in driven)
    )


def set_run(experiment: Experiment, **changes: Any) -> Experiment:
    """Change ``duration``, ``dt`` (ms) or ``seed``."""
    return replace(experiment, **changes)


def set_size(experiment: Experiment, group: str, size: float) -> Experiment:
    """Change the number of neurons of a group; keep spikes, weights and initial values that fit.

    Raises
    ------
    RangeError
        It is not a whole number, or outside the range that the lab can show.
    """
    if not 1 <= size <= MAX_NEURONS or size != int(size):
        raise RangeError(
            f"{group} cannot have {size:g} neurons.",
            mend=f"Write a whole number from 1 to {MAX_NEURONS:,}.",
        )
    changed = experiment.with_group(resized_group(experiment.group(group), int(size)))
    for connection in experiment.connections:
        if group in (connection.source, connection.target):
            fitted = resized_connection(connection, experiment, changed)
            changed = changed.with_connection(fitted)
    return changed


def unused_parameters(experiment: Experiment) -> list[str]:
    """Return the names of parameters that no equation, threshold or reset contains."""
    texts = " ".join(f"{g.equations} {g.threshold} {g.reset}" for g in experiment.neurons)
    words = set(re.findall(r"[A-Za-z_]\w*", texts))
    return [parameter.name for parameter in experiment.parameters if parameter.name not in words]
