"""An experiment as a program of our own script API."""

from collections.abc import Mapping, Sequence

from ..brian.namespace import check_variable_names
from ..brian.neurons import NeuronGroup
from ..experiment.checked import Checked, check
from ..experiment.expansion import listed
from ..experiment.experiment import Experiment, Inputs, Neurons, Rule, Spread, Synapses
from ..names import EXPORTED
from .writing import (
    NewNames,
    call,
    in_unit,
    number,
    numbers,
    program_names,
    quantity,
    run_and_plot,
    text,
    times_unit,
)

_MOST_LINES = 12
"""Synapses that have a line each; a loop makes more of them."""


def to_script(experiment: Experiment) -> str:
    """Write an experiment as a program of the script API.

    Parameters
    ----------
    experiment : Experiment

    Returns
    -------
    str
        The program gives the traces of `simulate`, to the last bit if nothing is random.

    Raises
    ------
    NeurolabError
        The experiment cannot be simulated, or cannot be written as a program. The message gives
        the reason.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> print(to_script(TUTORIAL)[:75])
    from neurolab import *
    <BLANKLINE>
    defaultclock.dt = 0.1*ms
    tau_a = 1*ms
    tau_b = 10*ms
    """
    checked = check(experiment)
    names = program_names(experiment, EXPORTED)
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
        lines.append("")
        if isinstance(group, Inputs):
            lines += _inputs(group, names[group.name])
        else:
            lines += _neurons(checked, group, names[group.name])
    for connection in experiment.connections:
        lines += ["", *_connection(checked, connection, names)]
    return "\n".join([*lines, "", *_recording(checked, names)]) + "\n"


def _is_random(experiment: Experiment) -> bool:
    return (
        any(group.rates for group in experiment.inputs)
        or any(map(_is_random_group, experiment.neurons))
        or any(
            isinstance(connection.weights, Rule) and connection.weights.kind == "random"
            for connection in experiment.connections
        )
    )


def _is_random_group(group: Neurons) -> bool:
    return "xi" in group.equations or any(isinstance(values, Spread) for _, values in group.initial)


def _inputs(group: Inputs, name: str) -> list[str]:
    if group.rates:
        same = len(set(group.rates)) == 1
        rates = quantity(group.rates[0], "Hz") if same else f"array({numbers(group.rates)})*Hz"
        return [f"{name} = {call('PoissonGroup', str(group.size), rates)}"]
    spikes = sorted((time, neuron) for neuron, times in enumerate(group.spikes) for time in times)
    pairs = ", ".join(f"({neuron}, {quantity(time, 'ms')})" for time, neuron in spikes)
    period = quantity(group.period, "ms") if group.period else ""
    made = call("SpikeGeneratorGroup", str(group.size), f"[{pairs}]", period=period)
    return [f"{name} = {made}"]


def _neurons(checked: Checked, group: Neurons, name: str) -> list[str]:
    own = checked.models[group.name]
    check_variable_names(own.model.equations, NeuronGroup)
    reset = "; ".join(group.reset.split("\n")).strip()
    made = call(
        "NeuronGroup",
        str(group.size),
        text(group.equations),
        threshold=repr(group.threshold.strip()) if group.threshold.strip() else "",
        reset=repr(reset) if group.reset.strip() else "",
        refractory=quantity(group.refractory, "ms") if group.refractory else "",
        method=repr(group.method) if group.method else "",
    )
    return [
        f"{name} = {made}",
        *(
            f"{name}.{variable} = {_values(values, own.unit(variable), group.size)}"
            for variable, values in group.initial
        ),
    ]


def _values(values: Sequence[float] | Spread, unit: str, size: int) -> str:
    if isinstance(values, Spread):
        width = quantity(values.high - values.low, unit)
        return f"{quantity(values.low, unit)} + rand({size})*{width}"
    if len(set(values)) == 1:
        return quantity(values[0], unit)
    return times_unit(f"array({numbers(values)})", unit)


def _connection(checked: Checked, connection: Synapses, names: Mapping[str, str]) -> list[str]:
    name = names[connection.name]
    source = names[connection.source]
    target = names[connection.target]
    unit = checked.unit(connection.target, connection.state)
    delay = quantity(connection.delay, "ms") if connection.delay else ""
    made = call("Connection", source, target, repr(connection.state), delay=delay)
    weights = connection.weights
    if isinstance(weights, Rule):
        return [f"{name} = {made}", _rule(name, weights, source, target, unit)]
    entries = listed(weights)
    columns = (entries.sources, entries.targets, entries.weights)
    if len(entries.weights) <= _MOST_LINES:
        lines = [f"{name}[{i}, {j}] = {quantity(weight, unit)}" for i, j, weight in zip(*columns)]
        return [f"{name} = {made}", *lines]
    return [
        f"{name} = {made}",
        f"for i, j, weight in zip({numbers(entries.sources)},",
        f"                        {numbers(entries.targets)},",
        f"                        {numbers(entries.weights)}):",
        f"    {name}[i, j] = {times_unit('weight', unit)}",
    ]


def _rule(name: str, rule: Rule, source: str, target: str, unit: str) -> str:
    methods = {
        "random": "connect_random",
        "full": "connect_full",
        "one_to_one": "connect_one_to_one",
    }
    return call(
        f"{name}.{methods[rule.kind]}",
        _part(source, rule.sources),
        _part(target, rule.targets),
        weight=quantity(rule.weight, unit),
        sparseness=number(rule.probability) if rule.kind == "random" else "",
    )


def _part(group: str, part: tuple[int, ...]) -> str:
    return f"{group}[{part[0]}:{part[1]}]" if part else group


def _recording(checked: Checked, names: Mapping[str, str]) -> list[str]:
    experiment = checked.experiment
    monitors = NewNames([*names.values(), *(item.name for item in experiment.parameters)])
    lines = []
    plots = []
    for group in experiment.neurons:
        name = names[group.name]
        own = checked.models[group.name]
        which = "True" if group.size <= 20 else "[0, 1, 2]"
        for state in own.model.states:
            monitor = monitors.new("M", *[name] * (len(experiment.neurons) > 1), state)
            lines.append(f"{monitor} = StateMonitor({name}, {state!r}, record={which})")
            values = in_unit(f"{monitor}[0]", own.unit(state))
            plots.append(f"plot({monitor}.times / ms, {values}, label={state!r})")
        if group.threshold.strip():
            lines.append(f"{monitors.new('S', name)} = SpikeMonitor({name})")
    return [*lines, "", *run_and_plot(experiment.duration, plots)]
