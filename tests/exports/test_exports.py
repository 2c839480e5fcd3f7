"""Experiments as programs, documents, links and tables."""

import ast
import csv
import io
import json
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot

from neurolab.brian.magic import defaultclock
from neurolab.errors import NeurolabError
from neurolab.experiment.edits import set_connection, set_neurons, set_parameter
from neurolab.experiment.experiment import Experiment, Inputs, Neurons, Parameter, Rule, Synapses
from neurolab.experiment.from_objects import experiment_from_objects
from neurolab.experiment.presets import COUPLED, PRESETS, TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.exports.brian2 import to_brian2
from neurolab.exports.documents import from_json, to_json
from neurolab.exports.link import MOST_CHARACTERS, from_link, to_link
from neurolab.exports.script import to_script
from neurolab.exports.tables import spikes_csv, traces_csv
from tests.correctness.test_recorded_programs import PROGRAMS
from tests.experiment.small_presets import SMALL
from tests.experiment.test_from_objects import describe, run_program

ALL = [preset.experiment for preset in PRESETS.values()]


def traces_of_program(text):
    """What the program's state monitors recorded: (group, state) → values."""
    names = {}
    defaultclock.start_over()
    exec(compile(text, "program", "exec"), names)
    groups = {
        id(value): name
        for name, value in names.items()
        if hasattr(value, "model") and hasattr(value, "whole")
    }
    return {
        (groups[id(monitor.source)], monitor.variable): np.asarray(monitor.values)
        for name, monitor in names.items()
        if name.startswith("M_") and hasattr(monitor, "variable")
    }


def assert_program_gives_the_same_traces(experiment):
    result, found = simulate(experiment), traces_of_program(to_script(experiment))
    assert found
    for (group, state), values in found.items():
        np.testing.assert_array_equal(values, result.trace(group, state))


@pytest.fixture(autouse=True)
def no_window(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "Agg")
    yield
    pyplot.close("all")


@pytest.mark.parametrize("key", SMALL)
def test_the_program_of_a_preset_gives_its_traces(key):
    assert_program_gives_the_same_traces(SMALL[key])


@pytest.mark.parametrize("name", PROGRAMS[::8])
def test_a_recorded_program_that_is_exported_gives_its_traces(name):
    experiment = describe(run_program(name))
    result, found = simulate(experiment), traces_of_program(to_script(experiment))
    for (group, state), values in found.items():
        peak = np.abs(values).max()
        np.testing.assert_allclose(values, result.trace(group, state), rtol=0, atol=1e-12 * peak)


@pytest.mark.parametrize("delay", [0.15, 0.35, 0.95, 1.15])
def test_a_delay_of_half_a_step_takes_as_long_in_the_program_as_in_the_lab(delay):
    assert_program_gives_the_same_traces(set_connection(TUTORIAL, "C1", delay=delay))


@pytest.mark.parametrize(("dt", "steps"), [(0.3, 34), (0.4, 25), (0.1, 100), (0.7, 15)])
def test_a_run_that_is_no_whole_number_of_steps_ends_in_the_program_s_last_step(dt, steps):
    """Steps at 0, dt, 2 dt, … before 10 ms: as many as 10/dt, rounded up."""
    assert len(simulate(replace(TUTORIAL, dt=dt)).times) == steps
    assert_program_gives_the_same_traces(replace(TUTORIAL, dt=dt))


def test_the_brian_2_program_has_delays_and_refractory_times_in_the_lab_s_whole_steps():
    experiment = set_neurons(set_connection(TUTORIAL, "C1", delay=0.35), "target", refractory=0.95)
    ((arrival, *_),) = [np.flatnonzero(simulate(experiment).trace("target", "Va")[0])]
    written = to_brian2(experiment)
    assert f"delay={(arrival - 10) / 10:g}*ms" in written  # the spike is at step 10
    assert "refractory=1*ms" in written
    assert "delay=0.1*ms" in to_brian2(set_connection(TUTORIAL, "C1", delay=0.04))


def test_the_program_reads_as_a_person_would_write_it():
    lines = to_script(TUTORIAL).splitlines()
    assert lines[:5] == [
        "from neurolab import *",
        "",
        "defaultclock.dt = 0.1*ms",
        "tau_a = 1*ms",
        "tau_b = 10*ms",
    ]
    assert "inputs = SpikeGeneratorGroup(2, [(0, 1*ms), (1, 2*ms), (1, 3*ms), (0, 4*ms)])" in lines
    assert "C1[0, 0] = 6*mV" in lines


def test_the_brian_2_program_reads_as_a_person_would_write_it():
    lines = to_brian2(TUTORIAL).splitlines()
    assert "inputs = SpikeGeneratorGroup(2, [0, 1, 1, 0], [1, 2, 3, 4]*ms)" in lines
    assert "C1 = Synapses(inputs, target, 'weight : volt', on_pre='Va_post += weight')" in lines
    assert "M = StateMonitor(target, ['Va', 'Vb'], record=True, when='end')" in lines


@pytest.mark.parametrize("write", [to_script, to_brian2])
@pytest.mark.parametrize("experiment", ALL, ids=PRESETS)
def test_every_preset_is_a_program(write, experiment):
    ast.parse(write(experiment))


HOSTILE = st.sampled_from(
    [
        "x = 1\nimport os",
        "');import os;('",
        "'''\nimport os\n'''",
        "os.system('x')",
        "__import__",
        "a b",
        "class",
        "run",
        "\\",
        '"',
        "é",
        "C1",
        "ms",
        "",
    ]
)


@settings(max_examples=150)
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_no_text_of_an_experiment_becomes_a_statement(group, connection, equations, comment):
    neurons = Neurons(
        group or "g",
        1,
        f"dV/dt = -V/tau : volt  # {comment}\n{equations}",
        "V > 1*mV",
        f"V = 0*mV  # {comment}",
    )
    experiment = Experiment(
        (Inputs("source", ((1.0,),)), neurons),
        (Synapses(connection or "c", "source", neurons.name, "V", ((1.0,),)),),
        (Parameter("tau", 5.0, "ms"),),
    )
    for write in (to_script, to_brian2):
        try:
            text = write(experiment)
        except NeurolabError:
            continue
        for node in ast.walk(ast.parse(text)):
            assert not isinstance(node, (ast.Import, ast.ClassDef, ast.FunctionDef, ast.Lambda))
            if isinstance(node, ast.ImportFrom):
                assert node.module in ("neurolab", "brian2")


@pytest.mark.parametrize("name", ["run", "class", "ms", "a b"])
def test_a_parameter_that_no_program_can_have_is_refused_in_words(name):
    neurons = Neurons("g", 1, "dV/dt = -V/(1*second) : volt")
    with pytest.raises(NeurolabError, match="cannot have a parameter"):
        to_script(Experiment((neurons,), (), (Parameter(name, 5.0, "ms"),)))


@pytest.mark.parametrize("experiment", ALL, ids=PRESETS)
def test_links_and_documents_hold_all_of_an_experiment(experiment):
    assert from_link(to_link(experiment)) == experiment
    assert from_json(to_json(experiment)) == experiment
    assert len(to_link(experiment)) < 1000


def test_a_link_holds_only_what_an_address_may():
    assert to_link(TUTORIAL).replace("-", "").replace("_", "").isalnum()


@settings(max_examples=300)
@given(
    st.one_of(
        st.text(max_size=300),
        st.binary(max_size=300).map(lambda data: data.hex()),
        st.tuples(st.integers(0, 400), st.characters(min_codepoint=33, max_codepoint=126)).map(
            lambda change: (
                to_link(TUTORIAL)[: change[0]] + change[1] + to_link(TUTORIAL)[change[0] + 1 :]
            )
        ),
    )
)
def test_a_damaged_link_gives_words_or_another_experiment(text):
    try:
        found = from_link(text)
    except NeurolabError:
        return
    assert isinstance(found, Experiment)


def test_a_link_that_unpacks_to_very_much_is_refused():
    import base64
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b" " * 40_000_000, 9)).decode().rstrip("=")
    assert len(bomb) < MOST_CHARACTERS
    with pytest.raises(NeurolabError, match="damaged"):
        from_link(bomb)


def test_a_link_whose_network_cannot_run_is_refused_with_the_reason():
    impossible = to_link(replace(TUTORIAL, duration=-1.0))
    with pytest.raises(NeurolabError, match="duration"):
        from_link(impossible)


def test_a_network_that_no_address_holds_is_refused():
    rng = np.random.default_rng(0)
    trains = tuple(tuple(np.round(rng.uniform(0, 10, 300), 3).tolist()) for _ in range(100))
    with pytest.raises(NeurolabError, match="too large for a link"):
        to_link(replace(TUTORIAL, groups=(Inputs("inputs", trains), TUTORIAL.group("target"))))


def test_the_table_of_traces_has_a_column_for_each_and_units_in_its_head():
    rows = list(csv.reader(io.StringIO(traces_csv(simulate(TUTORIAL)))))
    assert rows[0] == ["time (ms)", "target[0].Va (mV)", "target[0].Vb (mV)"]
    assert len(rows) == 101
    assert [float(value) for value in rows[11]] == pytest.approx([1.0, 6.0, 0.0])
    assert float(rows[41][1]) == pytest.approx(6 + 6 * np.exp(-3))


def test_the_table_of_spikes_is_in_order_of_time():
    rows = list(csv.reader(io.StringIO(spikes_csv(simulate(set_parameter(TUTORIAL, "Vt", 5.0))))))
    assert rows == [
        ["time (ms)", "group", "neuron"],
        ["1.0", "inputs", "0"],
        ["1.1", "target", "0"],
        ["2.0", "inputs", "1"],
        ["3.0", "inputs", "1"],
        ["4.0", "inputs", "0"],
        ["4.1", "target", "0"],
    ]


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.002, "s", "0.002*second"),
        (2.0, "sec", "2*second"),
        (3.0, "kV", "3000*volt"),
        (3.0, "uV", "3e-06*volt"),
        (2.0, "ms", "2*ms"),
        (3.0, "mvolt", "3*mvolt"),
    ],
)
def test_a_parameter_is_said_in_units_that_the_program_has(value, unit, said):
    experiment = replace(
        TUTORIAL, parameters=(*TUTORIAL.parameters, Parameter("tau_c", value, unit))
    )
    for write in (to_script, to_brian2):
        assert f"tau_c = {said}" in write(experiment).splitlines()
    assert_program_gives_the_same_traces(experiment)


@pytest.mark.parametrize("write", [to_script, to_brian2])
@pytest.mark.parametrize("name", ["M", "M_Va", "M_2", "S_target"])
def test_what_records_never_takes_the_name_of_something_else(write, name):
    inputs = replace(TUTORIAL.groups[0], name=name)
    neurons = replace(TUTORIAL.groups[1], threshold="Va > 5*mV", reset="Va = 0*mV")
    experiment = replace(
        TUTORIAL,
        groups=(inputs, neurons, replace(neurons, name="M_target")),
        connections=tuple(replace(connection, source=name) for connection in TUTORIAL.connections),
    )
    made = [
        node.targets[0].id
        for node in ast.parse(write(experiment)).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    ]
    assert {name, "target", "M_target"} <= set(made)
    assert len(made) == len(set(made))


def test_a_program_s_own_names_come_back():
    names = {}
    exec(compile(to_script(TUTORIAL), "program", "exec"), names)
    found = experiment_from_objects(names["C1"], names["C2"], program=names)
    assert [group.name for group in found.groups] == ["inputs", "target"]
    assert [connection.name for connection in found.connections] == ["C1", "C2"]


def test_what_differs_from_brian_2_is_written_out():
    held = to_brian2(set_neurons(TUTORIAL, "target", refractory=2.0))
    assert "refractory=2*ms" in held
    assert "when='after_resets'" in held
    noisy = to_brian2(
        set_neurons(
            TUTORIAL,
            "target",
            equations="dVa/dt = -Va/tau_a + 1*mV*xi/tau_a**0.5 : volt\ndVb/dt = -Vb/tau_b : volt",
        )
    )
    assert "xi_Va" in noisy
    random = replace(
        TUTORIAL, connections=(Synapses("C", "inputs", "target", "Va", Rule("random", 1.0, 0.5)),)
    )
    assert "p=0.5)  # other random pairs" in to_brian2(random)


def steps_in_numbers(experiment):
    """Variable → the factors of a time step that the Brian 2 program writes out, the constant last."""
    found = re.findall(r"next_(\w+) = (.*)", to_brian2(experiment))
    return {
        name: [float(factor) for factor in re.findall(r"\(([-\d.e]+)\)\*", terms)]
        for name, terms in found
    }


@pytest.mark.parametrize("tau_b", [5.0, 5.000001])
def test_coupled_variables_of_one_time_constant_are_written_as_a_step_in_numbers(tau_b):
    """dVa/dt = (Vb - Va)/tau, dVb/dt = -Vb/tau: after s = dt/tau, Va = (Va + s Vb) exp(-s) and Vb = Vb exp(-s).

    The formula that Brian 2 finds divides by the difference of the rates, which gives NaN.
    """
    found = steps_in_numbers(set_parameter(set_parameter(COUPLED, "tau_a", 5.0), "tau_b", tau_b))
    fades = np.exp(-0.1 / 5)
    assert found == {
        "Va": pytest.approx([fades, 0.02 * fades, 0], rel=1e-6),
        "Vb": pytest.approx([0, fades, 0], rel=1e-6),
    }
    assert not steps_in_numbers(COUPLED)


@pytest.mark.parametrize(
    ("equation", "factors"),
    [
        ("dVa/dt = 3*mV/ms : volt", [1, 0, 3e-4]),
        ("dVa/dt = Vb/ms : volt", [1, 10 * (1 - np.exp(-0.01)), 0]),
    ],
)
def test_a_variable_that_does_not_fade_is_written_as_a_step_in_numbers(equation, factors):
    """After dt = 0.1 ms: the drive times dt, and the integral of Vb exp(-t/10 ms)."""
    found = steps_in_numbers(
        set_neurons(TUTORIAL, "target", equations=f"{equation}\ndVb/dt = -Vb/tau_b : volt")
    )
    assert found["Va"] == pytest.approx(factors, rel=1e-9)


@pytest.mark.parametrize(
    "equations",
    [
        "dVa/dt = -Va/tau_a : volt\ndVb/dt = -Vb/tau_a : volt",
        "dVa/dt = (w - Va)/tau_a : volt\ndVb/dt = -Vb/tau_b : volt\nw : volt",
    ],
)
def test_equations_that_brian_2_solves_stay_equations(equations):
    written = to_brian2(
        set_neurons(
            TUTORIAL,
            "target",
            equations=equations,
            reset="Va = Vr; w += 1*mV" if "w" in equations else "Va = Vr",
        )
    )
    assert "method='exact'" in written
    assert "next_" not in written


def with_entry(path, value):
    plain = TUTORIAL.to_dict()
    place = plain
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(plain)


ODD = [10**400, -1, 1e308, True, None, "x", [], [[]], [["x"]], {}, [[[[1.0]]]], "\ud800"]
PLACES = [
    ("duration",),
    ("dt",),
    ("seed",),
    ("parameters", 0, "value"),
    ("parameters", 0, "name"),
    ("groups", 0, "spikes"),
    ("groups", 0, "rates"),
    ("groups", 0, "period"),
    ("groups", 1, "size"),
    ("groups", 1, "initial"),
    ("groups", 1, "refractory"),
    ("groups", 1, "equations"),
    ("connections", 0, "weights"),
    ("connections", 0, "delay"),
    ("connections", 0, "source"),
]


@pytest.mark.parametrize("place", PLACES)
def test_any_entry_of_any_kind_gives_words_or_an_experiment(place):
    for value in ODD:
        try:
            found = from_json(with_entry(place, value))
        except NeurolabError:
            continue
        assert isinstance(found, Experiment)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "1e999", '{"schema": 2}', '{"schema": 1}', "[" * 100_000]
)
def test_what_is_no_experiment_is_refused_in_words(text):
    with pytest.raises(NeurolabError):
        from_json(text)


def test_a_method_that_does_not_exist_is_refused_before_anything_is_written():
    for use in (to_script, to_brian2, lambda experiment: from_link(to_link(experiment))):
        with pytest.raises(NeurolabError, match="not an integration method"):
            use(set_neurons(TUTORIAL, "target", method="zz"))


def test_a_document_can_be_read_by_people():
    assert json.loads(to_json(TUTORIAL))["duration"] == 10.0
    assert to_json(TUTORIAL).count("\n") > 20
