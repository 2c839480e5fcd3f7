"""An experiment as a program of our own script API."""

from ..brian.namespace import check_variable_names
from ..brian.neurons import NeuronGroup
from ..experiment.experiment import Entries, Inputs, Rule, Spread
from ..experiment.validate import model_of, state_unit, validate
from ..names import EXPORTED
from ..units import display_unit
from .writing import (
    MonitorNames,
    call,
    in_unit,
    number,
    numbers,
    program_names,
    quantity,
    text,
    times_unit,
)


def to_script(experiment):
    """Write the program.

    Parameters
    ----------
    experiment : Experiment

    Returns
    -------
    str
        Run, it gives the traces of `simulate`, to the last bit where nothing is random.

    Raises
    ------
    NeurolabError
        The experiment cannot be simulated, or cannot be said in a program; the message says what.
    """
    validate(experiment)
    names = program_names(experiment, {*EXPORTED})
    # The time step is always written: in a notebook, an earlier cell may have set another one.
    lines = ["from neurolab import *", "", f"defaultclock.dt = {quantity(experiment.dt, 'ms')}"]
    if _is_random(experiment):
        lines.append(
            f"seed({experiment.seed})  # the lab draws other random numbers of the same kind"
        )
    lines += [
        f"{parameter.name} = {quantity(parameter.value, parameter.unit)}"
        for parameter in experiment.parameters
    ]
    for group in experiment.groups:
        lines += [
            "",
            *(
                _inputs(group, names)
                if isinstance(group, Inputs)
                else _neurons(experiment, group, names)
            ),
        ]
    for connection in experiment.connections:
        lines += ["", *_connection(experiment, connection, names)]
    return "\n".join([*lines, "", *_recording(experiment, names)]) + "\n"


def _is_random(experiment):
    return (
        any(group.rates for group in experiment.inputs)
        or any(
            "xi" in group.equations
            or any(isinstance(values, Spread) for _, values in group.initial)
            for group in experiment.neurons
        )
        or any(
            isinstance(c.weights, Rule) and c.weights.kind == "random"
            for c in experiment.connections
        )
    )


def _inputs(group, names):
    name = names[group.name]
    if group.rates:
        same = len(set(group.rates)) == 1
        rates = quantity(group.rates[0], "Hz") if same else f"array({numbers(group.rates)})*Hz"
        return [f"{name} = {call('PoissonGroup', str(group.size), rates)}"]
    spikes = sorted((time, neuron) for neuron, times in enumerate(group.spikes) for time in times)
    listed = ", ".join(f"({neuron}, {quantity(time, 'ms')})" for time, neuron in spikes)
    period = quantity(group.period, "ms") if group.period else ""
    return [
        f"{name} = {call('SpikeGeneratorGroup', str(group.size), f'[{listed}]', period=period)}"
    ]


def _neurons(experiment, group, names):
    name = names[group.name]
    check_variable_names(model_of(experiment, group)[0].equations, NeuronGroup)
    lines = [
        f"{name} = "
        + call(
            "NeuronGroup",
            str(group.size),
            text(group.equations),
            threshold=repr(group.threshold.strip()) if group.threshold.strip() else "",
            reset=repr("; ".join(group.reset.split("\n")).strip()) if group.reset.strip() else "",
            refractory=quantity(group.refractory, "ms") if group.refractory else "",
            method=repr(group.method) if group.method else "",
        )
    ]
    dimensions = model_of(experiment, group)[1]
    for variable, values in group.initial:
        unit = display_unit(dimensions[variable])
        lines.append(f"{name}.{variable} = {_values(values, unit, group.size)}")
    return lines


def _values(values, unit, size):
    if isinstance(values, Spread):
        return f"{quantity(values.low, unit)} + rand({size})*{quantity(values.high - values.low, unit)}"
    if len(set(values)) == 1:
        return quantity(values[0], unit)
    return times_unit(f"array({numbers(values)})", unit)


def _connection(experiment, connection, names):
    name, weights = names[connection.name], connection.weights
    source, target = names[connection.source], names[connection.target]
    unit = state_unit(experiment, experiment.group(connection.target), connection.state)
    delay = quantity(connection.delay, "ms") if connection.delay else ""
    made = f"{name} = {call('Connection', source, target, repr(connection.state), delay=delay)}"
    if isinstance(weights, Rule):
        ends = [
            f"{end}[{part[0]}:{part[1]}]" if part else end
            for end, part in ((source, weights.sources), (target, weights.targets))
        ]
        kind = {
            "random": "connect_random",
            "full": "connect_full",
            "one_to_one": "connect_one_to_one",
        }[weights.kind]
        sparseness = number(weights.probability) if weights.kind == "random" else ""
        return [
            made,
            call(
                f"{name}.{kind}",
                *ends,
                weight=quantity(weights.weight, unit),
                sparseness=sparseness,
            ),
        ]
    if isinstance(weights, Entries):
        entries = list(zip(weights.sources, weights.targets, weights.weights))
    else:
        entries = [
            (i, j, weight)
            for i, row in enumerate(weights)
            for j, weight in enumerate(row)
            if weight
        ]
    if len(entries) <= 12:
        return [made, *(f"{name}[{i}, {j}] = {quantity(weight, unit)}" for i, j, weight in entries)]
    columns = [numbers(column) for column in zip(*entries)]
    return [
        made,
        f"for i, j, weight in zip({columns[0]},",
        f"                        {columns[1]},",
        f"                        {columns[2]}):",
        f"    {name}[i, j] = {times_unit('weight', unit)}",
    ]


def _recording(experiment, names):
    lines, shown, monitors = [], [], MonitorNames(experiment, names)
    for group in experiment.neurons:
        states = model_of(experiment, group)[0].states
        several = len(experiment.neurons) > 1
        which = "True" if group.size <= 20 else "[0, 1, 2]"
        for state in states:
            monitor = monitors.new("M", *[names[group.name]] * several, state)
            unit = state_unit(experiment, group, state)
            lines.append(
                f"{monitor} = StateMonitor({names[group.name]}, {state!r}, record={which})"
            )
            shown.append(
                f"plot({monitor}.times / ms, {in_unit(f'{monitor}[0]', unit)}, label={state!r})"
            )
        if group.threshold.strip():
            lines.append(
                f"{monitors.new('S', names[group.name])} = SpikeMonitor({names[group.name]})"
            )
    return [
        *lines,
        "",
        f"run({quantity(experiment.duration, 'ms')})",
        "",
        *shown,
        "xlabel('time (ms)')",
        "legend()",
        "show()",
    ]
