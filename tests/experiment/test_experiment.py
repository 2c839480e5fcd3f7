"""Experiments are values: they survive being written and read, and damaged ones are refused in words."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurolab.errors import (
    LimitError,
    NeurolabError,
    ParseError,
    RangeError,
    ShapeError,
    UnknownNameError,
)
from neurolab.experiment.experiment import Experiment, Inputs, Neurons, Parameter, Rule, Synapses
from neurolab.experiment.presets import PRESETS, TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.explain.ledger import ledger

RANDOM = Experiment(
    groups=(
        Inputs("noise", ((),) * 20, rates=(200.0,) * 20),
        Neurons("target", 5, "dV/dt = -V/tau : volt"),
    ),
    connections=(
        Synapses("C", "noise", "target", "V", Rule("random", 1.0, 0.5, seed=3), delay=0.5),
    ),
    parameters=(Parameter("tau", 5.0, "ms"),),
    duration=20.0,
    seed=7,
)


@pytest.mark.parametrize(
    "experiment", [*(preset.experiment for preset in PRESETS.values()), RANDOM]
)
def test_an_experiment_survives_json(experiment):
    again = Experiment.from_dict(json.loads(json.dumps(experiment.to_dict())))
    assert again == experiment
    assert hash(again) == hash(experiment)


@pytest.mark.parametrize("key", PRESETS)
def test_every_preset_runs_and_its_inputs_have_an_effect(key):
    result = simulate(PRESETS[key].experiment)
    assert any(event.is_jump for event in ledger(result).events)
    assert max(np.abs(values).max() for values in result.recorded.values()) > 1e-3


def test_random_experiments_repeat_with_their_seed_and_differ_with_another():
    first, again, other = (
        simulate(replace(RANDOM, seed=seed)).recorded["target"] for seed in (7, 7, 8)
    )
    assert first.tobytes() == again.tobytes() != other.tobytes()


def test_a_random_rule_connects_about_the_given_part_of_all_pairs():
    many = replace(
        RANDOM, groups=(Inputs("noise", ((),) * 200), replace(RANDOM.group("target"), size=200))
    )
    found = len(simulate(many).rows["C"].weights)
    assert found == pytest.approx(0.5 * 40_000, abs=4 * (40_000 * 0.25) ** 0.5)


def test_rules_say_what_their_matrices_say():
    for rule, matrix in (
        (Rule("full", 2.0), ((2.0, 2.0), (2.0, 2.0))),
        (Rule("one_to_one", 2.0), ((2.0, 0.0), (0.0, 2.0))),
    ):
        base = replace(
            TUTORIAL,
            groups=(TUTORIAL.group("inputs"), replace(TUTORIAL.group("target"), size=2)),
            connections=(replace(TUTORIAL.connection("C1"), weights=rule),),
        )
        written_out = base.with_connection(replace(base.connection("C1"), weights=matrix))
        np.testing.assert_array_equal(
            simulate(base).recorded["target"], simulate(written_out).recorded["target"]
        )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": 99}, "schema is 99. It must be 1"),
        ({"duration": "x"}, "duration is 'x'. It must be a number"),
        ({"groups": 3}, "experiment.groups is 3. It must be a list"),
        ({"surprise": 1}, "an entry 'surprise'"),
        ({"groups": [{"kind": "neurons", "name": "a"}]}, "lacks size"),
        ({"dt": True}, "dt is True"),
        (
            {"groups": [{"kind": "inputs", "name": "a", "spikes": [["x"], [None]]}]},
            "must be numbers",
        ),
    ],
)
def test_a_damaged_dictionary_is_refused_with_the_entry(change, message):
    with pytest.raises(ParseError, match=message):
        Experiment.from_dict({**TUTORIAL.to_dict(), **change})


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=300)
@given(st.sampled_from(sorted(TUTORIAL.to_dict())), _JSON)
def test_any_entry_of_any_kind_gives_a_result_or_an_error_of_ours(name, value):
    try:
        experiment = Experiment.from_dict({**TUTORIAL.to_dict(), name: value})
        if experiment.duration < 1e3:
            simulate(experiment)
    except NeurolabError:
        pass


def with_target(**changes):
    return TUTORIAL.with_group(replace(TUTORIAL.group("target"), **changes))


def with_c1(**changes):
    return TUTORIAL.with_connection(replace(TUTORIAL.connection("C1"), **changes))


SLOW = with_target(equations="dVa/dt = -Va/(99*ms) : volt\ndVb/dt = -Vb/(99*ms) : volt")


@pytest.mark.parametrize(
    ("experiment", "kind", "message"),
    [
        (
            TUTORIAL.with_parameter(Parameter("tau_a", 0.0, "ms")),
            RangeError,
            "tau_a is 0 ms. A time constant must be above 0",
        ),
        (TUTORIAL.with_parameter(Parameter("tau_a", -1.0, "ms")), RangeError, "tau_a is -1 ms"),
        (
            TUTORIAL.with_parameter(Parameter("tau_a", float("nan"), "ms")),
            RangeError,
            "not a finite number",
        ),
        (TUTORIAL.with_parameter(Parameter("tau_a", 1.0, "mV")), NeurolabError, "dimension"),
        (replace(TUTORIAL, dt=2.0), RangeError, r"dt \(2 ms\) is longer than tau_a \(1 ms\)"),
        (
            replace(SLOW, dt=20.0),
            RangeError,
            r"dt \(20 ms\) is longer than the whole run \(10 ms\)",
        ),
        (replace(TUTORIAL, dt=0.0), RangeError, "dt is 0 ms"),
        (replace(TUTORIAL, duration=float("inf")), RangeError, "duration is inf"),
        (replace(TUTORIAL, duration=1e9), LimitError, "time steps for 3 neurons. At most"),
        (with_target(size=0), RangeError, "0 neurons"),
        (with_target(size=10**9), RangeError, "can have 1 to 10,000"),
        (with_target(threshold="Va"), ParseError, "not a condition"),
        (
            with_target(equations="dVa/dt = -Va/tau_a : volt"),
            UnknownNameError,
            "C2 adds to Vb, which the equations do not",
        ),
        (with_target(refractory=-1.0), RangeError, "refractory period is -1 ms"),
        (with_target(initial=(("Va", (1.0, 2.0)),)), ShapeError, "2 initial values. Give 1, one"),
        (
            with_c1(weights=((6.0, 0.0),)),
            ShapeError,
            r"shape \(1, 2\). The shape must be \(2, 1\) = \(source, target\)",
        ),
        (
            with_c1(weights=((float("inf"),), (0.0,))),
            RangeError,
            r"C1\[0, 0\] is not a finite number",
        ),
        (with_c1(delay=-1.0), RangeError, "delay of C1 is -1 ms"),
        (with_c1(target="inputs"), UnknownNameError, "no state variables"),
        (with_c1(source="nobody"), NeurolabError, "has no group 'nobody'"),
        (
            replace(TUTORIAL, parameters=TUTORIAL.parameters * 2),
            ParseError,
            "two parameters named tau_a",
        ),
        (
            replace(TUTORIAL, groups=(TUTORIAL.group("inputs"),)),
            UnknownNameError,
            "no neurons with equations",
        ),
    ],
)
def test_what_cannot_be_simulated_is_refused_in_words(experiment, kind, message):
    with pytest.raises(kind, match=message):
        simulate(experiment)


def test_results_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        simulate(TUTORIAL).trace("target", "Va")[0, 0] = 1


def test_what_runs_share_cannot_be_changed_through_a_result():
    result = simulate(TUTORIAL)
    with pytest.raises(ValueError, match="read-only"):
        result.firings["inputs"][0][1][0] = 1
    with pytest.raises(ValueError, match="read-only"):
        result.rows["C1"].weights[0] = 1
