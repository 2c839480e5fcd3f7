"""A network written in the script API becomes an experiment that gives the same traces."""

import warnings
from dataclasses import replace

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab.errors import LimitError, NeurolabError
from neurolab.experiment.experiment import Experiment, Parameter
from neurolab.experiment.from_objects import experiment_from_objects
from neurolab.experiment.presets import TUTORIAL
from neurolab.experiment.simulate import simulate
from tests.correctness.test_recorded_programs import HERE, PROGRAMS


def run_program(name):
    namespace = {}
    exec((HERE / "programs" / f"{name}.py").read_text(), namespace)
    return namespace


def describe(namespace):
    """The program's network as the program itself would ask for it."""
    groups = [name for name in ("G1", "G2") if name in namespace]
    connections = [name for name in namespace if name[0] == "C" and name[1:].isdigit()]
    exec(
        "from neurolab.experiment.from_objects import experiment_from_objects\n"
        f"experiment = experiment_from_objects({', '.join(groups + connections)})",
        namespace,
    )
    return namespace["experiment"]


def test_the_tutorial_program_becomes_the_tutorial_experiment_under_its_own_names():
    experiment = describe(run_program("tutorial_2a"))
    assert [group.name for group in experiment.groups] == ["G1", "G2"]
    assert experiment.parameters == TUTORIAL.parameters
    assert experiment.connection("C1").weights == TUTORIAL.connection("C1").weights
    assert experiment.group("G2").threshold == "Va > Vt"
    assert (experiment.duration, experiment.dt) == (10.0, 0.1)


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_recorded_program_gives_the_same_traces_as_an_experiment(name):
    namespace = run_program(name)
    experiment = describe(namespace)
    assert Experiment.from_dict(experiment.to_dict()) == experiment
    result = simulate(experiment)
    for monitor in namespace["outputs"].values():
        if not hasattr(monitor, "variable"):
            continue
        steps = np.rint(np.asarray(monitor.times) / (experiment.dt * 1e-3)).astype(int)
        for neuron in monitor.recorded:
            values = np.asarray(monitor[neuron])
            np.testing.assert_allclose(
                result.trace("G2", monitor.variable)[neuron, steps],
                values,
                rtol=0,
                atol=1e-9 * np.abs(values).max(),
            )


def test_without_a_run_the_experiment_is_long_enough_for_the_spikes():
    tau = 5 * ms
    source = SpikeGeneratorGroup(1, [(0, 30 * ms)])
    cell = NeuronGroup(1, "dV/dt = -V/tau : volt")
    link = Connection(source, cell, "V", weight=3 * mV)
    experiment = experiment_from_objects(link)
    assert experiment.duration == 38.0
    assert {group.name for group in experiment.groups} == {"source", "cell"}
    assert experiment.connections[0].name == "link"


def test_what_the_lab_cannot_show_is_refused_in_words():
    tau = [5, 6] * ms
    cells = NeuronGroup(2, "dV/dt = -V/tau : volt")
    with pytest.raises(NeurolabError, match="tau has one value for each neuron"):
        experiment_from_objects(cells)
    with pytest.raises(NeurolabError, match="of type int cannot be opened in the lab"):
        experiment_from_objects(3)


def test_a_clock_of_the_groups_gives_the_time_step_and_the_duration():
    clock, tau = Clock(dt=0.5 * ms), 5 * ms
    source = SpikeGeneratorGroup(1, [(0, 2 * ms)], clock=clock)
    cell = NeuronGroup(1, "dV/dt = -V/tau : volt", clock=clock)
    link = Connection(source, cell, "V", weight=3 * mV)
    M = StateMonitor(cell, "V", record=True)
    Network(source, cell, link, M).run(7 * ms)
    experiment = experiment_from_objects(source, cell, link)
    assert (experiment.dt, experiment.duration) == (0.5, 7.0)
    np.testing.assert_allclose(
        simulate(experiment).trace("cell", "V")[0], np.asarray(M[0]), rtol=1e-12
    )
    other = NeuronGroup(1, "dV/dt = -V/tau : volt", clock=Clock())
    with pytest.raises(NeurolabError, match="The groups have different clocks"):
        experiment_from_objects(cell, other)


def test_thresholds_without_a_name_are_told_apart_by_their_groups():
    tau = 5 * ms
    first = NeuronGroup(1, "dV/dt = -V/tau : volt", threshold=10 * mV, reset=1 * mV)
    second = NeuronGroup(1, "dV/dt = -V/tau : volt", threshold=12 * mV, reset=0 * mV)
    third = NeuronGroup(1, "dw/dt = -w/tau : amp", threshold=2 * nA)
    experiment = experiment_from_objects(first, second, third)
    assert experiment.group("first").threshold == "V > threshold_value_first"
    assert experiment.parameter("threshold_value_second").value == 12.0
    assert experiment.parameter("threshold_value_third").unit == "nA"
    assert experiment.group("first").reset == "V = reset_value_first"
    assert experiment_from_objects(first).parameter("threshold_value").value == 10.0


def test_refractory_times_periods_and_changed_rules_come_along():
    tau = 5 * ms
    source = SpikeGeneratorGroup(1, [(0, 2 * ms)], period=4 * ms)
    cell = NeuronGroup(1, "dV/dt = -V/tau : volt", threshold="V > 1*mV", refractory=3 * ms)
    cell.threshold, cell.reset, cell.method = "V > 2*mV", "V = 0*mV", "euler"
    experiment = experiment_from_objects(source, cell)
    assert experiment.group("source").period == 4.0
    group = experiment.group("cell")
    assert (group.threshold, group.reset, group.refractory, group.method) == (
        "V > 2*mV",
        "V = 0*mV",
        3.0,
        "euler",
    )


@pytest.mark.parametrize("name", ["e", "pi", "t", "xi"])
def test_a_parameter_cannot_have_a_name_that_formulas_know(name):
    with pytest.raises(NeurolabError, match=f"{name} already has another meaning"):
        simulate(replace(TUTORIAL, parameters=(*TUTORIAL.parameters, Parameter(name, 2.0))))


def test_a_program_with_an_e_of_its_own_is_refused_in_words():
    e, tau = 2.0, 5 * ms
    cell = NeuronGroup(1, "dx/dt = (e - x)/tau : 1")
    with pytest.raises(NeurolabError, match="e already has another meaning"):
        experiment_from_objects(cell)


def pair_of_groups():
    source = SpikeGeneratorGroup(1, [(0, 1 * ms)])
    cell = NeuronGroup(1, "dV/dt = -V/(5*ms) : volt")
    return source, cell


def test_a_connection_between_the_groups_comes_with_them_wherever_it_is_held():
    source, cell = pair_of_groups()
    hidden = {"links": [Connection(source, cell, "V", weight=4 * mV)]}
    experiment = experiment_from_objects(source, cell)
    assert [link.weights for link in experiment.connections] == [((4.0,),)]
    assert hidden


def test_a_connection_that_was_made_anew_counts_once():
    source, cell = pair_of_groups()
    link = Connection(source, cell, "V", weight=4 * mV)
    link = Connection(source, cell, "V", weight=5 * mV)
    experiment = experiment_from_objects(source, cell, link)
    assert [link.weights for link in experiment.connections] == [((5.0,),)]


def test_a_connection_from_a_group_that_was_not_given_is_named():
    source, cell = pair_of_groups()
    link = Connection(source, cell, "V", weight=4 * mV)
    with pytest.warns(
        NeurolabWarning,
        match=r"^Connection.* is not part of the lab, because SpikeGeneratorGroup\(1\) was not",
    ):
        experiment = experiment_from_objects(cell)
    assert not experiment.connections
    assert link


def test_a_period_that_holds_nothing_is_refused_where_the_lab_would_hold():
    cell = NeuronGroup(
        1,
        "dV/dt = -V/(5*ms) : volt",
        threshold=EmpiricalThreshold(6 * mV, refractory=2 * ms),
        reset=0 * mV,
    )
    with pytest.raises(NeurolabError, match="suppresses spikes without holding"):
        experiment_from_objects(cell)


@pytest.mark.parametrize(
    "add",
    [
        lambda group: setattr(group, "I", TimedArray([1, 2] * mV)),
        lambda group: setattr(group, "I", linked_var(group, "V")),
        lambda group: TimedArraySetter(group, "I", [1, 2] * mV),
        lambda group: SpikeMonitor(group, function=lambda spikes: None),
        lambda group: PoissonInput(group, N=1, rate=1 * Hz, weight=1 * mV),
    ],
)
def test_what_acts_in_each_step_is_refused(add):
    group = NeuronGroup(1, "dV/dt = (I - V)/(5*ms) : volt\nI : volt")
    held = add(group)
    with pytest.raises(LimitError, match="acts in each step, which the lab cannot show"):
        experiment_from_objects(group)


def test_a_function_of_the_program_is_refused():
    def gate(v):
        return v

    group = NeuronGroup(1, "dV/dt = -gate(V)/(5*ms) : volt")
    with pytest.raises(LimitError, match="call the program's function 'gate'"):
        experiment_from_objects(group)


def test_an_operation_that_uses_a_group_is_named_in_a_warning():
    group = NeuronGroup(1, "dV/dt = -V/(5*ms) : volt")
    other = NeuronGroup(1, "dV/dt = -V/(5*ms) : volt")

    @network_operation
    def push():
        group.V += 1 * mV

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        experiment_from_objects(other)
    with pytest.warns(NeurolabWarning, match="push is not part of the lab"):
        experiment_from_objects(group)
