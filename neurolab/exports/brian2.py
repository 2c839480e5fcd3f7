"""An experiment as a Brian 2 program.

A step of Brian 2 has the same parts in the same order as ours: groups, thresholds, synapses, resets. The differences are
written out: its monitors record at the start of a step unless told ``when='end'``, its spike generators repeat by whole
steps, its formulas are fewer (`brian2_formulas`), and its refractory time does not hold a variable.
"""

import numpy as np

from ..engine.sources import SpikeSource
from ..experiment.expansion import rows_of
from ..experiment.experiment import Experiment, Inputs, Rule, Synapses
from ..experiment.simulate import schedule_of
from ..experiment.step_counts import steps_of
from ..experiment.validate import state_unit, step_count, validate
from ..units import in_si
from .brian2_groups import NeuronsWriter
from .brian2_names import is_reserved, permitted
from .writing import array_text, call, free_name, in_unit, number, numbers, quantity, unit_text


def to_brian2(experiment: Experiment) -> str:
    """Write an experiment as a Brian 2 program.

    Parameters
    ----------
    experiment : Experiment

    Returns
    -------
    str
        Run by Brian 2, it gives the traces of `simulate` up to rounding errors, where nothing is random.

    Raises
    ------
    NeurolabError
        The experiment cannot be simulated, or cannot be written as a program. The message says why.
    """
    with np.errstate(all="ignore"):  # a formula without a value is refused in words
        return Program(experiment).text()


class Program:
    """The parts of an experiment under the names that they have in the program.

    Parameters
    ----------
    experiment : Experiment
    """

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._models = validate(experiment)
        parameters = {parameter.name for parameter in experiment.parameters}
        variables = {
            equation.name for model, *_ in self._models.values() for equation in model.equations
        }
        used = {name for name in parameters if not is_reserved(name, "parameter")}
        used |= {name for name in variables if not is_reserved(name, "variable")}
        self._parameters = {}
        for parameter in experiment.parameters:
            self._parameters[parameter.name] = name = permitted(
                parameter.name, used - {parameter.name}, "parameter"
            )
            used.add(name)
        self._variables = {}
        for variable in sorted(variables):
            self._variables[variable] = name = permitted(variable, used - {variable}, "variable")
            used.add(name)
        self._names = {}
        for item in (*experiment.groups, *experiment.connections):
            self._names[item.name] = name = permitted(item.name, used, "object")
            used.add(name)
        self._used = used

    def text(self) -> str:
        """The whole program."""
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
            lines += [
                "",
                *(self._inputs(group) if isinstance(group, Inputs) else self._neurons(group)),
            ]
        for connection in experiment.connections:
            lines += ["", *self._synapses(connection)]
        return "\n".join([*lines, "", *self._recording()]) + "\n"

    def _inputs(self, group: Inputs) -> list[str]:
        name = self._names[group.name]
        if group.rates:
            return [f"{name} = PoissonGroup({group.size}, rates={array_text(group.rates, 'Hz')})"]
        fired, period = self._firings(group)
        times = numbers([float(f"{step * self._experiment.dt:.12g}") for step, _ in fired])
        return [
            f"{name} = "
            + call(
                "SpikeGeneratorGroup",
                str(group.size),
                numbers([neuron for _, neuron in fired]),
                f"{times}*ms",
                period=period,
            )
        ]

    def _firings(self, group: Inputs) -> tuple[list[tuple[int, int]], str]:
        """Step and neuron of each spike of the run, and the period after which they repeat."""
        dt, end = in_si(self._experiment.dt, 1e-3), step_count(self._experiment)
        schedule = schedule_of(group.spikes, group.period, dt)
        period = steps_of(group.period, self._experiment)
        # The first two rounds of a schedule are written out. Brian 2 can repeat the first where they are the same.
        rounds = [
            [step for step in schedule.steps if first <= step < first + period]
            for first in (0, period)
        ]
        whole = abs(group.period - period * self._experiment.dt) < 1e-9 * group.period
        repeats = period and whole and [step + period for step in rounds[0]] == rounds[1]
        if repeats and period < end:
            end, written = period, self._steps_in_ms(period)
        else:
            written = ""
        source = SpikeSource(schedule, group.size)
        fired = []
        step = source.next_event(0)
        while step < end:
            source.settle(step, 1)
            fired += [(step, neuron) for neuron in source.spikes.tolist()]
            step = source.next_event(step + 1)
        return fired, written if fired else ""

    def _neurons(self, group) -> list[str]:
        refractory = min(
            steps_of(group.refractory, self._experiment), step_count(self._experiment) + 1
        )
        writer = NeuronsWriter(
            self._experiment,
            group,
            self._models[group.name],
            self._names[group.name],
            self._parameters,
            self._variables,
            set(self._used),
        )
        return writer.lines(self._steps_in_ms(refractory) if refractory else "")

    def _steps_in_ms(self, steps: int) -> str:
        return quantity(float(f"{steps * self._experiment.dt:.12g}"), "ms")

    def _synapses(self, connection: Synapses) -> list[str]:
        experiment, name, weights = (
            self._experiment,
            self._names[connection.name],
            connection.weights,
        )
        source, target = (experiment.group(end) for end in (connection.source, connection.target))
        unit_name = state_unit(experiment, target, connection.state)
        dimension = self._models[target.name][1][connection.state]
        delay = min(
            steps_of(connection.delay, experiment), step_count(experiment) + 1
        )  # what comes later never arrives
        lines = [
            f"{name} = "
            + call(
                "Synapses",
                self._names[source.name],
                self._names[target.name],
                repr(f"weight : {unit_text(dimension)}"),
                on_pre=repr(f"{self._variables[connection.state]}_post += weight"),
                delay=self._steps_in_ms(delay) if delay else "",
            )
        ]
        if isinstance(weights, Rule) and weights.kind == "random":
            part = " and ".join(
                f"{index} >= {ends[0]} and {index} < {ends[1]}"
                for index, ends in (("i", weights.sources), ("j", weights.targets))
                if ends
            )
            options = {"p": number(weights.probability)}
            return [
                *lines,
                call(f"{name}.connect", *([repr(part)] if part else []), **options)
                + "  # other random pairs than in the lab",
                f"{name}.weight = {quantity(weights.weight, unit_name)}",
            ]
        rows = rows_of(weights, 1.0, source.size, target.size)
        entries = [
            (i, j, weight)
            for i in range(source.size)
            for j, weight in zip(*(column.tolist() for column in rows.row(i)))
        ]
        if not entries:
            return [*lines, f"{name}.active = False  # all weights are 0"]
        sources, targets, values = zip(*entries)
        return [
            *lines,
            f"{name}.connect(i={numbers(sources)}, j={numbers(targets)})",
            f"{name}.weight = {array_text(values, unit_name)}",
        ]

    def _recording(self) -> list[str]:
        experiment = self._experiment
        lines, shown, used = [], [], set(self._used)
        several = len(experiment.neurons) > 1

        def new(*parts: str) -> str:
            name = free_name("_".join(parts), used)
            used.add(name)
            return name

        for group in experiment.neurons:
            name, states = self._names[group.name], self._models[group.name][0].states
            monitor = new("M", *[name] * several)
            which = "True" if group.size <= 20 else "[0, 1, 2]"
            recorded = [self._variables[state] for state in states]
            lines.append(
                f"{monitor} = StateMonitor({name}, {recorded!r}, record={which}, when='end')"
            )
            for state in states:
                values = in_unit(
                    f"{monitor}.{self._variables[state]}[0]", state_unit(experiment, group, state)
                )
                shown.append(f"plot({monitor}.t / ms, {values}, label={state!r})")
            if group.threshold.strip():
                lines.append(f"{new('S', name)} = SpikeMonitor({name})")
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


def _parameter(parameter) -> str:
    """The value of a parameter; a plain number is a float, since Brian 2 computes otherwise with whole numbers."""
    written = quantity(parameter.value, parameter.unit)
    return repr(float(written)) if written.lstrip("-").isdigit() else written
