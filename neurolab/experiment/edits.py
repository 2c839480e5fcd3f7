"""Edits: each takes an experiment and gives the changed one; what no longer fits is cut, what still fits stays."""

import math
import re
from dataclasses import replace
from keyword import iskeyword

from ..errors import NeurolabError, ParseError, RangeError
from ..model.compilation import compile_model
from ..model.equations import RESERVED, parse_reset
from ..model.vocabulary import CONSTANTS, FUNCTIONS, INFINITE
from ..names import UNITS
from .expansion import MOST_CELLS, connected, listed, written
from .experiment import Entries, Experiment, Inputs, Neurons, Parameter, Rule, Spread
from .typed_values import format_number
from .validate import MAX_NEURONS

_TAKEN = {*FUNCTIONS, *RESERVED, *CONSTANTS, *INFINITE, "t", "xi", "pi", "e"}
"""Names that mean something in every formula."""


def set_parameter(experiment, name, value):
    """Give a parameter another value (in its own unit)."""
    return experiment.with_parameter(replace(experiment.parameter(name), value=float(value)))


def add_parameter(experiment: Experiment, name: str, value: float, unit: str) -> Experiment:
    """Add a parameter under a name that nothing has yet.

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
        The name belongs to another parameter, a variable, a unit, or a function, or it is a word of Python.
    """
    known = next((parameter for parameter in experiment.parameters if parameter.name == name), None)
    if known:
        raise ParseError(
            f"There is already a parameter {name} ({format_number(known.value)} {known.unit}".rstrip()
            + ").",
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
    """All names that the equations of a group define."""
    return {equation.name for equation in compile_model(neurons.equations).equations}


def define_parameter(experiment: Experiment, name: str, value: float, unit: str) -> Experiment:
    """Add a parameter, or give the one of that name another value and unit."""
    if any(parameter.name == name for parameter in experiment.parameters):
        return experiment.with_parameter(Parameter(name, float(value), unit))
    return add_parameter(experiment, name, value, unit)


def remove_parameter(experiment, name):
    """Remove a parameter that no equation needs."""
    return replace(experiment, parameters=tuple(p for p in experiment.parameters if p.name != name))


def set_spikes(experiment, group, neuron, times):
    """Give one source neuron other spike times (ms), in the order given: a spike that is dragged past another keeps its
    place in the list, and the two may meet on the way."""
    inputs = experiment.group(group)
    spikes = list(inputs.spikes)
    spikes[neuron] = tuple(times)
    return experiment.with_group(replace(inputs, spikes=tuple(spikes)))


def set_weight(experiment, connection, source, target, weight):
    """Change one entry of a connection matrix."""
    synapses = experiment.connection(connection)
    rows = [list(row) for row in synapses.weights]
    rows[source][target] = float(weight)
    return experiment.with_connection(replace(synapses, weights=tuple(tuple(row) for row in rows)))


def set_connection(experiment, connection, **changes):
    """Change a connection's target variable (``state``) or delay (ms)."""
    return experiment.with_connection(replace(experiment.connection(connection), **changes))


def set_rule(experiment, connection, **changes):
    """Change a connection's rule: ``weight``, ``probability`` or ``seed``; where it has none, the weight of all synapses."""
    synapses = experiment.connection(connection)
    if isinstance(synapses.weights, Rule):
        weights = replace(synapses.weights, **changes)
    else:
        entries = listed(synapses.weights)
        weights = replace(entries, weights=(float(changes["weight"]),) * len(entries.weights))
    return experiment.with_connection(replace(synapses, weights=weights))


def set_wiring(experiment, connection, kind):
    """Have a connection made by a rule of this kind; a list of entries gives way to one as strong and as dense."""
    synapses = experiment.connection(connection)
    rule = synapses.weights
    if not isinstance(rule, Rule):
        rows = experiment.group(synapses.source).size
        columns = experiment.group(synapses.target).size
        entries = listed(rule)
        parts = connected(entries, rows, columns)
        count, pairs = len(entries.weights), math.prod(last - first for first, last in parts)
        sources, targets = (
            () if part == (0, size) else part for part, size in zip(parts, (rows, columns))
        )
        rule = Rule(
            kind,
            float(f"{sum(entries.weights) / max(count, 1):.6g}"),
            float(f"{count / pairs:.4g}"),
            sources=sources,
            targets=targets,
        )
    return experiment.with_connection(replace(synapses, weights=replace(rule, kind=kind)))


def set_rates(experiment, group, rate, neuron=None):
    """Give a random input another rate (Hz): one of its neurons, or all."""
    inputs = experiment.group(group)
    rates = tuple(
        float(rate) if neuron in (None, index) else old for index, old in enumerate(inputs.rates)
    )
    return experiment.with_group(replace(inputs, rates=rates))


def set_spread(experiment, group, name, **changes):
    """Change the ends or the seed of initial values that are drawn at random."""
    neurons = experiment.group(group)
    initial = tuple(
        (other, replace(values, **changes) if other == name else values)
        for other, values in neurons.initial
    )
    return experiment.with_group(replace(neurons, initial=initial))


def set_neurons(experiment, group, **changes):
    """Change texts or numbers of a group: equations, threshold, reset, refractory (ms), method.

    A connection to a variable that the new equations lack goes to the variable in its place; initial values of
    variables that are gone are dropped.
    """
    old = experiment.group(group)
    new = replace(old, **changes)
    changed = experiment.with_group(new)
    if new.equations == old.equations:
        return changed
    before, states = _states(old), _states(new)
    kept = {*states, *compile_model(new.equations).parameters}
    changed = changed.with_group(
        replace(new, initial=tuple((n, v) for n, v in new.initial if n in kept))
    )
    for connection in experiment.connections:
        if connection.target == group and connection.state not in states:
            # Where another reset has left no such state before, there is no place to keep.
            place = (
                min(before.index(connection.state), len(states) - 1)
                if connection.state in before
                else 0
            )
            changed = changed.with_connection(replace(connection, state=states[place]))
    return changed


def _states(neurons):
    """The state variables of a group; its reset, which makes some of them, may still name what the equations lack."""
    try:
        driven = {assignment.variable for assignment in parse_reset(neurons.reset)}
    except NeurolabError:
        driven = set()
    return tuple(
        equation.name
        for equation in compile_model(neurons.equations).equations
        if equation.kind == "differential"
        or equation.kind == "parameter"
        and equation.name in driven
    )


def set_run(experiment, **changes):
    """Change ``duration``, ``dt`` (ms) or ``seed``."""
    return replace(experiment, **changes)


def set_size(experiment: Experiment, group: str, size: float) -> Experiment:
    """Change the number of neurons of a group; spikes, weights and initial values that still fit are kept.

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
    old, size = experiment.group(group), int(size)
    if isinstance(old, Inputs):
        new = replace(
            old,
            spikes=_fitted(old.spikes, size, ()),
            rates=_fitted(old.rates, size, 0.0) if old.rates else (),
        )
    else:
        new = replace(
            old,
            size=size,
            initial=tuple(
                (n, v if isinstance(v, Spread) else _fitted(v, size, v[-1])) for n, v in old.initial
            ),
        )
    changed = experiment.with_group(new)
    for connection in experiment.connections:
        if group in (connection.source, connection.target):
            changed = changed.with_connection(_refitted(connection, experiment, changed))
    return changed


def _fitted(values, size, filler):
    return (*values[:size], *(filler,) * (size - len(values)))


def _refitted(connection, before, after):
    """The connection in groups of other sizes: entries that still fit are kept, parts keep their share of the group."""
    (rows, new_rows), (columns, new_columns) = (
        (before.group(end).size, after.group(end).size)
        for end in (connection.source, connection.target)
    )
    weights = connection.weights
    if isinstance(weights, Rule):
        return replace(
            connection,
            weights=replace(
                weights,
                sources=_share(weights.sources, rows, new_rows),
                targets=_share(weights.targets, columns, new_columns),
            ),
        )
    if isinstance(weights, Entries) or new_rows * new_columns > MOST_CELLS:
        return replace(connection, weights=written(listed(weights), new_rows, new_columns))
    fitted = tuple(_fitted(row, new_columns, 0.0) for row in weights)
    return replace(connection, weights=_fitted(fitted, new_rows, (0.0,) * new_columns))


def _share(part, size, new_size):
    if not part:
        return ()
    first, last = (round(end * new_size / size) for end in part)
    first = min(first, new_size - 1)
    return first, max(last, first + 1)


def unused_parameters(experiment):
    """Names of parameters that no equation, threshold or reset mentions."""
    texts = " ".join(f"{g.equations} {g.threshold} {g.reset}" for g in experiment.neurons)
    words = set(re.findall(r"[A-Za-z_]\w*", texts))
    return [parameter.name for parameter in experiment.parameters if parameter.name not in words]
