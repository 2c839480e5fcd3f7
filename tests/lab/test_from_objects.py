"""A network written in the script API becomes an experiment that gives the same traces."""

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab.errors import NeurolabError
from neurolab.lab.experiment import Experiment
from neurolab.lab.from_objects import experiment_from_objects
from neurolab.lab.presets import TUTORIAL
from neurolab.lab.simulate import simulate
from tests.correctness.test_recorded_programs import HERE, PROGRAMS


def run_program(name):
    namespace = {}
    exec((HERE / "programs" / f"{name}.py").read_text(), namespace)
    return namespace


def describe(namespace):
    """The program's network as the program itself would ask for it."""
    groups = [name for name in ("G1", "G2") if name in namespace]
    connections = [name for name in namespace if name[0] == "C" and name[1:].isdigit()]
    exec("from neurolab.lab.from_objects import experiment_from_objects\n"
         f"experiment = experiment_from_objects({', '.join(groups + connections)})", namespace)
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
            np.testing.assert_allclose(result.trace("G2", monitor.variable)[neuron, steps], values, rtol=0,
                                       atol=1e-9 * np.abs(values).max())


def test_without_a_run_the_experiment_is_long_enough_for_the_spikes():
    tau = 5*ms
    source = SpikeGeneratorGroup(1, [(0, 30*ms)])
    cell = NeuronGroup(1, "dV/dt = -V/tau : volt")
    link = Connection(source, cell, "V", weight=3*mV)
    experiment = experiment_from_objects(link)
    assert experiment.duration == 38.0
    assert {group.name for group in experiment.groups} == {"source", "cell"}
    assert experiment.connections[0].name == "link"


def test_what_the_lab_cannot_show_is_refused_in_words():
    tau = [5, 6]*ms
    cells = NeuronGroup(2, "dV/dt = -V/tau : volt")
    with pytest.raises(NeurolabError, match="tau has one value a neuron"):
        experiment_from_objects(cells)
    with pytest.raises(NeurolabError, match="a int cannot be opened in the lab"):
        experiment_from_objects(3)
