"""An experiment as a Brian 2 program.

A step of Brian 2 has the same parts in the same order as ours: groups, thresholds, synapses,
resets. The program handles the differences: Brian 2's monitors record at the start of a step unless
they have ``when='end'``, its spike generators repeat by whole steps, it has fewer formulas
(`brian2_formulas`), and its refractory period does not hold a variable.
"""

import numpy as np

from ..engine.sources import SpikeSource
from ..experiment.checked import check
from ..experiment.expansion import rows_of
from ..experiment.experiment import Experiment, Inputs, Neurons, Parameter, Rule, Synapses
from ..experiment.simulate import schedule_of
from ..experiment.step_counts import steps_of
from ..grid import Ms, Steps
from ..units import in_si
from .brian2_groups import NeuronsWriter
from .brian2_names import is_reserved, permitted
from .brian2_program_group import ProgramGroup
from .writing import (
    NewNames,
    array_text,
    call,
    in_unit,
    number,
    numbers,
    quantity,
    run_and_plot,
    unit_text,
)


def to_brian2(experiment: Experiment) -> str:
    """Write an experiment as a Brian 2 program.

    Parameters
    ----------
    experiment : Experiment

    Returns
    -------
    str
        In Brian 2, it gives the traces of `simulate` up to rounding errors, if nothing is random.

    Raises
    ------
    NeurolabError
        The experiment cannot be simulated, or cannot be written as a program. The message gives
        the reason.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> print("\\n".join(to_brian2(TUTORIAL).splitlines()[3:6]))
    defaultclock.dt = 0.1*ms
    tau_a = 1*ms
    tau_b = 10*ms
    """
    with np.errstate(all="ignore"):  # an error message reports a formula without a value
        return Program(experiment).text()


class Program:
    """The parts of an experiment under the names that they have in the program.

    Parameters
    ----------
    experiment : Experiment
    """

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._checked = check(experiment)
        models = self._checked.models
        parameters = [parameter.name for parameter in experiment.parameters]
        variables = sorted(
            {equation.name for checked in models.values() for equation in checked.model.equations}
        )
        used = {name for name in parameters if not is_reserved(name, "parameter")}
        used |= {name for name in variables if not is_reserved(name, "variable")}
        self._used = used
        self._parameters = self._permitted(parameters, "parameter")
        self._variables = self._permitted(variables, "variable")
        self._names: dict[str, str] = {}
        for item in (*experiment.groups, *experiment.connections):
            self._names[item.name] = name = permitted(item.name, used, "object")
            used.add(name)

    def _permitted(self, names: list[str], kind: str) -> dict[str, str]:
        """Return the names that parameters or variables have in the program."""
        new_names = {}
        for name in names:
            new_names[name] = permitted(name, self._used - {name}, kind)
            self._used.add(new_names[name])
        return new_names

    def text(self) -> str:
        """Return the whole program."""
        experiment = self._experiment
        lines = [
            "from brian2 import *",
            "",
            "prefs.codegen.target = 'numpy'  # nothing to compile: quick for small networks",
            f"defaultclock.dt = {quantity(experiment.dt, 'ms')}",
        ]
        lines += [
            f"{self._parameters[parameter.name]} = {_parameter(parameter)}"
            for parameter in experiment.parameters
        ]
        for group in experiment.groups:
            lines.append("")
            lines += self._inputs(group) if isinstance(group, Inputs) else self._neurons(group)
        for connection in experiment.connections:
            lines += ["", *self._synapses(connection)]
        return "\n".join([*lines, "", *self._recording()]) + "\n"

    def _inputs(self, group: Inputs) -> list[str]:
        name = self._names[group.name]
        if group.rates:
            return [f"{name} = PoissonGroup({group.size}, rates={array_text(group.rates, 'Hz')})"]
        fired, period = self._firings(group)
        times = numbers([self._time(step) for step, _ in fired])
        neurons = numbers([neuron for _, neuron in fired])
        made = call("SpikeGeneratorGroup", str(group.size), neurons, f"{times}*ms", period=period)
        return [f"{name} = {made}"]

    def _firings(self, group: Inputs) -> tuple[list[tuple[Steps, int]], str]:
        """Return step and neuron of each spike of the run, and the period of their repetition."""
        dt = in_si(self._experiment.dt, 1e-3)
        end = self._checked.step_count()
        schedule = schedule_of(group.spikes, group.period, dt)
        period = steps_of(group.period, self._experiment)
        # A schedule lists its first two rounds. If they are the same, Brian 2 can repeat the first.
        rounds = [
            [step for step in schedule.steps if first <= step < first + period]
            for first in (0, period)
        ]
        is_whole = abs(group.period - period * self._experiment.dt) < 1e-9 * group.period
        repeats = period and is_whole and [step + period for step in rounds[0]] == rounds[1]
        written = ""
        if repeats and period < end:
            end = period
            written = self._steps_in_ms(period)
        fired = _spikes_before(end, SpikeSource(schedule, group.size))
        return fired, written if fired else ""

    def _neurons(self, group: Neurons) -> list[str]:
        group_in_program = ProgramGroup(
            self._experiment,
            group,
            self._checked.models[group.name],
            self._names[group.name],
            self._parameters,
            self._variables,
            set(self._used),
        )
        refractory = self._longest_needed(group.refractory)
        writer = NeuronsWriter(group_in_program)
        return writer.lines(self._steps_in_ms(refractory) if refractory else "")

    def _longest_needed(self, time: Ms) -> Steps:
        """Return a delay or refractory period in steps; one longer than the run is cut."""
        return min(steps_of(time, self._experiment), self._checked.step_count() + 1)

    def _time(self, steps: Steps) -> Ms:
        return float(f"{steps * self._experiment.dt:.12g}")

    def _steps_in_ms(self, steps: int) -> str:
        return quantity(self._time(steps), "ms")

    def _synapses(self, connection: Synapses) -> list[str]:
        name = self._names[connection.name]
        checked = self._checked.models[connection.target]
        delay = self._longest_needed(connection.delay)
        made = call(
            "Synapses",
            self._names[connection.source],
            self._names[connection.target],
            repr(f"weight : {unit_text(checked.dimensions[connection.state])}"),
            on_pre=repr(f"{self._variables[connection.state]}_post += weight"),
            delay=self._steps_in_ms(delay) if delay else "",
        )
        weights = connection.weights
        unit_name = checked.unit(connection.state)
        if isinstance(weights, Rule) and weights.kind == "random":
            connected = _random_synapses(name, weights, unit_name)
        else:
            connected = self._listed_synapses(name, connection, unit_name)
        return [f"{name} = {made}", *connected]

    def _listed_synapses(self, name: str, connection: Synapses, unit_name: str) -> list[str]:
        source = self._experiment.group(connection.source)
        target = self._experiment.group(connection.target)
        rows = rows_of(connection.weights, 1.0, source.size, target.size)
        entries = [
            (i, j, weight)
            for i in range(source.size)
            for j, weight in zip(*(column.tolist() for column in rows.row(i)))
        ]
        if not entries:
            return [f"{name}.active = False  # all weights are 0"]
        sources, targets, values = zip(*entries)
        return [
            f"{name}.connect(i={numbers(sources)}, j={numbers(targets)})",
            f"{name}.weight = {array_text(values, unit_name)}",
        ]

    def _recording(self) -> list[str]:
        experiment = self._experiment
        names = NewNames(self._used)
        lines = []
        plots = []
        for group in experiment.neurons:
            name = self._names[group.name]
            checked = self._checked.models[group.name]
            states = checked.model.states
            monitor = names.new("M", *[name] * (len(experiment.neurons) > 1))
            which = "True" if group.size <= 20 else "[0, 1, 2]"
            recorded = [self._variables[state] for state in states]
            lines.append(
                f"{monitor} = StateMonitor({name}, {recorded!r}, record={which}, when='end')"
            )
            for state in states:
                trace = f"{monitor}.{self._variables[state]}[0]"
                values = in_unit(trace, checked.unit(state))
                plots.append(f"plot({monitor}.t / ms, {values}, label={state!r})")
            if group.threshold.strip():
                lines.append(f"{names.new('S', name)} = SpikeMonitor({name})")
        return [*lines, "", *run_and_plot(experiment.duration, plots)]


def _random_synapses(name: str, rule: Rule, unit_name: str) -> list[str]:
    part = " and ".join(
        f"{index} >= {ends[0]} and {index} < {ends[1]}"
        for index, ends in (("i", rule.sources), ("j", rule.targets))
        if ends
    )
    arguments = [repr(part)] if part else []
    connect = call(f"{name}.connect", *arguments, p=number(rule.probability))
    return [
        f"{connect}  # other random pairs than in the lab",
        f"{name}.weight = {quantity(rule.weight, unit_name)}",
    ]


def _spikes_before(end: Steps, source: SpikeSource) -> list[tuple[Steps, int]]:
    fired = []
    step = source.next_event(0)
    while step < end:
        source.settle(step, 1)
        fired += [(step, neuron) for neuron in source.spikes.tolist()]
        step = source.next_event(step + 1)
    return fired


def _parameter(parameter: Parameter) -> str:
    """Write the value of a parameter.

    A plain number is a float, because Brian 2 computes in another way with whole numbers.
    """
    written = quantity(parameter.value, parameter.unit)
    return repr(float(written)) if written.lstrip("-").isdigit() else written
