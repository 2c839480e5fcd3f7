"""An experiment as a Brian 2 program.

A step of Brian 2 has the same parts in the same order as ours: groups, thresholds, synapses, resets. What it does
otherwise is written out: its monitors record at the start of a step unless told ``when='end'``, its spike generators
round down, and its refractory time has no clamp.
"""

import re

import numpy as np

from ..core.integrators import method_name
from ..core.linear import step_matrix
from ..core.model import linear_coefficients
from ..grid import to_steps
from ..lab.expansion import rows_of
from ..lab.experiment import Inputs, Rule, Spread
from ..lab.steps import steps_of
from ..lab.validate import external_values, parameter_values, state_unit, validate
from ..units import dimension_name, display_unit
from .writing import MonitorNames, call, number, numbers, program_names, quantity, text

_TAKEN = frozenset(
    "run plot show xlabel ylabel legend title figure subplot array rand randn seed defaultclock timestep lastspike "
    "not_refractory dt t t_in_timesteps i j N xi w weight NeuronGroup Synapses StateMonitor SpikeMonitor Network "
    "SpikeGeneratorGroup PoissonGroup Equations second volt amp metre meter ohm siemens farad hertz ms us mV uV nV volt mvolt "
    "nS uS mS pA nA uA mA Mohm kohm Hz kHz pF nF uF exp log sin cos tan sqrt abs sign clip int e pi inf msecond".split())

_LEAST_APART = 1e-3  # of two rates; closer ones cost the formula more digits than three


def to_brian2(experiment):
    """Write the program.

    Parameters
    ----------
    experiment : Experiment

    Returns
    -------
    str

    Raises
    ------
    NeurolabError
        The experiment cannot be simulated, or cannot be said in a program; the message says what.
    """
    models = validate(experiment)
    names = program_names(experiment, _TAKEN)
    lines = ["from brian2 import *", "", "prefs.codegen.target = 'numpy'  # nothing to compile: quick for small networks",
             f"defaultclock.dt = {quantity(experiment.dt, 'ms')}"]
    lines += [f"{parameter.name} = {quantity(parameter.value, parameter.unit)}" for parameter in experiment.parameters]
    for group in experiment.groups:
        lines.append("")
        lines += _inputs(experiment, group, names) if isinstance(group, Inputs) \
            else _neurons(experiment, group, models[group.name], names)
    for connection in experiment.connections:
        lines += ["", *_synapses(experiment, connection, models, names)]
    return "\n".join([*lines, "", *_recording(experiment, models, names)]) + "\n"


def _inputs(experiment, group, names):
    name = names[group.name]
    if group.rates:
        return [f"{name} = PoissonGroup({group.size}, rates={_array(group.rates, 'Hz')})"]
    # On the steps in which they fire, each neuron once in a step.
    fired = sorted({(int(to_steps(time, experiment.dt)), neuron)
                    for neuron, times in enumerate(group.spikes) for time in times})
    if group.period:
        last = int(to_steps(group.period, experiment.dt))
        fired = [(step, neuron) for step, neuron in fired if step < last]
    times = numbers([float(f"{step * experiment.dt:.12g}") for step, _ in fired])
    period = quantity(group.period, "ms") if group.period else ""
    return [f"{name} = " + call("SpikeGeneratorGroup", str(group.size), numbers([neuron for _, neuron in fired]),
                                f"{times}*ms", period=period)]


def _neurons(experiment, group, known, names):
    name, (model, dimensions, *_) = names[group.name], known
    refractory = _whole_steps(group.refractory, experiment)
    threshold, method = group.threshold.strip(), _method(experiment, group, model)
    step = _numeric_step(experiment, group, model) if method == "exact" else None
    equations = group.equations if step is None else "\n".join(
        f"{state} : {_unit_name(dimensions[state])}" for state in model.states)
    lines = [f"{name} = " + call(
        "NeuronGroup", str(group.size), text(_equations(equations) if step is None else equations),
        threshold=repr(threshold) if threshold else "",
        reset=repr("\n".join(part.strip() for part in re.split(r"[;\n]", group.reset) if part.strip())) if threshold else "",
        refractory=refractory if threshold else "", method=repr(method) if step is None else "")]
    if step is not None:
        lines += _steps(name, group, model, dimensions, step)
    for variable, values in group.initial:
        shown = display_unit(dimensions[variable])
        lines.append(f"{name}.{variable} = {_values(values, shown, group.size)}")
    if threshold and refractory and model.held_row is not None:
        held, value = model.states[model.held_row], model.reset[0].expression.text
        lines += ["# held at its reset value while it is refractory",
                  f"{name}.run_regularly({f'{held} += ({value} - {held})*int(timestep(t - lastspike, dt) <= '!r}",
                  f"    {f'timestep({refractory}, dt))'!r}, when='after_resets')"]
    return lines


def _whole_steps(time, experiment):
    """A time in ms as Brian 2 is told it: half a step, which it would round its own way, is rounded as in the lab."""
    steps = steps_of(time, experiment)
    return quantity(float(f"{steps * experiment.dt:.12g}"), "ms") if steps else ""


def _equations(lines):
    """Parameters with one value a neuron stay constant; noise is another for each variable."""
    written = []
    for line in lines.strip().splitlines():
        line = line.split("#")[0].strip()
        state = re.match(r"d(\w+)\s*/\s*dt\s*=", line)
        if state:
            line = re.sub(r"\bxi\b", f"xi_{state[1]}", line)
        elif line and "=" not in line:
            line += " (constant)"
        written.append(line)
    return "\n".join(written)


def _method(experiment, group, model):
    name = method_name(group.method)
    if not name:
        name = "euler" if linear_coefficients(model, _constants(experiment, model)) is None else "linear"
    return "exact" if name == "linear" else name


def _constants(experiment, model):
    return external_values(model, parameter_values(experiment)) | dict.fromkeys(model.parameters, 1.0)


def _numeric_step(experiment, group, model):
    """The matrix of a time step, where Brian 2's formula fails; else None."""
    coefficients = linear_coefficients(model, _constants(experiment, model))
    if model.parameters or _has_formula(model, coefficients):
        return None
    return step_matrix(model.states, coefficients, experiment.dt * 1e-3, ())


def _has_formula(model, coefficients):
    """Whether Brian 2 can solve the equations.

    Its formula takes the root of a negative number where the variables oscillate, divides by the differences of the rates
    where variables are coupled, and by each rate.
    """
    moving = [row for row, derivative in enumerate(model.derivatives) if derivative.text != "0"]
    rates = np.array([[float(np.max(coefficients[row][0].get(model.states[column], 0.0))) for column in moving]
                      for row in moving])
    if not moving:
        return True
    own = np.linalg.eigvals(rates)
    sizes = np.abs(own)
    if own.imag.any() or sizes.min() <= 1e-9 * sizes.max():
        return False
    apart = np.abs(own[:, None] - own) / np.maximum(sizes[:, None], sizes)
    coupled = np.count_nonzero(rates - np.diag(np.diag(rates))) > 0
    return not coupled or (apart[np.triu_indices(len(own), 1)] > _LEAST_APART).all()


def _steps(name, group, model, dimensions, step):
    """Each time step as numbers, in place of the equations."""
    lines = ["# " + line.strip() for line in text(group.equations, "").strip("'").strip().splitlines()]
    sums = []
    for row, state in enumerate(model.states):
        terms = [f"({float(step[row, column])!r})*{other}" + ("" if dimensions[other] == dimensions[state] else
                 f"*(1*{_unit_name(dimensions[state])})/(1*{_unit_name(dimensions[other])})")
                 for column, other in enumerate(model.states)]
        sums.append(f"next_{state} = {' + '.join(terms)} + ({float(step[row, -1])!r})*{_unit_name(dimensions[state])}")
    moves = [f"{state} = next_{state}" for state in model.states]
    return [*lines, "# Brian 2 has no exact formula for these rates: a time step as numbers.",
            f"{name}.run_regularly({text(chr(10).join([*sums, *moves]))}, when='groups')"]


def _unit_name(dimension):
    return dimension_name(dimension) if display_unit(dimension) not in ("", "1") else "1"


def _array(values, unit_name):
    if len(set(values)) == 1:
        return quantity(values[0], unit_name)
    return numbers(values) + (f"*{unit_name}" if unit_name not in ("", "1") else "")


def _values(values, unit_name, size):
    if isinstance(values, Spread):
        return f"{quantity(values.low, unit_name)} + rand({size})*{quantity(values.high - values.low, unit_name)}"
    return _array(values, unit_name)


def _synapses(experiment, connection, models, names):
    name, weights = names[connection.name], connection.weights
    source, target = (experiment.group(end) for end in (connection.source, connection.target))
    unit_name, dimension = state_unit(experiment, target, connection.state), models[target.name][1][connection.state]
    delay = _whole_steps(connection.delay, experiment)
    model = f"weight : {_unit_name(dimension)}"
    lines = [f"{name} = " + call("Synapses", names[source.name], names[target.name], repr(model),
                                 on_pre=repr(f"{connection.state}_post += weight"), delay=delay)]
    if isinstance(weights, Rule) and weights.kind == "random":
        part = " and ".join(f"{index} >= {ends[0]} and {index} < {ends[1]}"
                            for index, ends in (("i", weights.sources), ("j", weights.targets)) if ends)
        options = {"p": number(weights.probability)}
        return [*lines, call(f"{name}.connect", *([repr(part)] if part else []), **options) +
                "  # other random pairs than in the lab", f"{name}.weight = {quantity(weights.weight, unit_name)}"]
    rows = rows_of(weights, 1.0, source.size, target.size)
    entries = [(i, j, weight) for i in range(source.size)
               for j, weight in zip(*(column.tolist() for column in rows.row(i)))]
    if not entries:
        return [*lines, f"{name}.active = False  # all weights are 0"]
    sources, targets, values = zip(*entries)
    return [*lines, f"{name}.connect(i={numbers(sources)}, j={numbers(targets)})",
            f"{name}.weight = {_array(values, unit_name)}"]


def _recording(experiment, models, names):
    lines, shown, monitors = [], [], MonitorNames(experiment, names)
    several = len(experiment.neurons) > 1
    for group in experiment.neurons:
        name, states = names[group.name], models[group.name][0].states
        monitor = monitors.new("M", *[name] * several)
        which = "True" if group.size <= 20 else "[0, 1, 2]"
        lines.append(f"{monitor} = StateMonitor({name}, {list(states)!r}, record={which}, when='end')")
        for state in states:
            unit_name = state_unit(experiment, group, state)
            values = f"{monitor}.{state}[0]" + (f"/{unit_name}" if unit_name not in ("", "1") else "")
            shown.append(f"plot({monitor}.t/ms, {values}, label={state!r})")
        if group.threshold.strip():
            lines.append(f"{monitors.new('S', name)} = SpikeMonitor({name})")
    return [*lines, "", f"run({quantity(experiment.duration, 'ms')})", "", *shown, "xlabel('time (ms)')", "legend()", "show()"]
