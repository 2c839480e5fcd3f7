"""Large networks as experiments: said in a few words, written out when they run, and looked at from afar."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from neurolab import *
from neurolab.errors import LimitError, NeurolabError, ParseError, RangeError, ShapeError
from neurolab.experiment.checked import check
from neurolab.experiment.edits import set_rates, set_rule, set_size, set_spread, set_wiring
from neurolab.experiment.expansion import connected, initial_values, listed, rows_of
from neurolab.experiment.experiment import (
    Entries,
    Experiment,
    Inputs,
    Neurons,
    Parameter,
    Rule,
    Spread,
    Synapses,
)
from neurolab.experiment.from_objects import experiment_from_objects
from neurolab.experiment.limits import MAX_SYNAPSES
from neurolab.experiment.presets import BALANCED, TUTORIAL
from neurolab.experiment.simulate import MAX_SPIKES, simulate

SMALL = Experiment(
    groups=(
        Neurons("cells", 10, "dV/dt = -V/tau : volt", initial=(("V", Spread(1.0, 2.0, seed=4)),)),
    ),
    connections=(
        Synapses(
            "C",
            "cells",
            "cells",
            "V",
            Rule("random", 2.0, 0.5, seed=3, sources=(0, 8), targets=(5, 10)),
        ),
    ),
    parameters=(Parameter("tau", 5.0, "ms"),),
)


def with_weights(weights):
    return SMALL.with_connection(replace(SMALL.connection("C"), weights=weights))


def matrix(weights, n_sources=10, n_targets=10):
    """The matrix that weights stand for, as an array."""
    rows = rows_of(weights, 1.0, n_sources, n_targets)
    found = np.zeros((n_sources, n_targets))
    for source in range(n_sources):
        targets, values = rows.row(source)
        found[source, targets] = values
    return found


def test_the_balanced_network_is_that_of_tutorial_2c():
    result = simulate(BALANCED)
    excitatory, inhibitory = result.rows["Ce"], result.rows["Ci"]
    for rows, count in ((excitatory, 3200), (inhibitory, 800)):
        expected = count * 4000 * 0.02
        assert len(rows.weights) == pytest.approx(expected, abs=4 * math.sqrt(expected * 0.98))
    assert excitatory.starts[3200] == len(excitatory.weights)
    assert inhibitory.starts[3200] == 0
    assert (excitatory.weights[0], inhibitory.weights[0]) == pytest.approx((1.62e-3, -9e-3))
    first = result.trace("neurons", "V")[:, 0]
    assert -60.1e-3 < first.min() < first.max() < -49.9e-3
    # Recorded of the original: 11972 ± 245 spikes over eight runs.
    assert len(result.spikes("neurons")[0]) == pytest.approx(11972, abs=4 * 245)


def test_the_balanced_network_fits_into_a_few_lines_of_json():
    text = json.dumps(BALANCED.to_dict())
    assert len(text) < 3000
    assert Experiment.from_dict(json.loads(text)) == BALANCED


def test_a_random_rule_connects_within_its_parts_only():
    found = matrix(SMALL.connection("C").weights)
    inside = np.zeros((10, 10), dtype=bool)
    inside[:8, 5:] = True
    assert not found[~inside].any()
    assert 8 < (found[inside] == 2).sum() < 32
    assert set(np.unique(found)) == {0.0, 2.0}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule("full", 3.0, sources=(1, 3), targets=(0, 2)), [(1, 0), (1, 1), (2, 0), (2, 1)]),
        (Rule("one_to_one", 3.0, sources=(0, 3), targets=(7, 10)), [(0, 7), (1, 8), (2, 9)]),
    ],
)
def test_rules_for_parts_count_in_the_whole_groups(rule, expected):
    assert list(zip(*np.nonzero(matrix(rule)))) == expected


def test_a_random_rule_is_the_same_drawn_in_pieces_or_at_once(monkeypatch):
    from neurolab.experiment import expansion

    rule = Rule("random", 1.0, 0.3, seed=9)
    at_once = matrix(rule, 40, 30)
    monkeypatch.setattr(expansion, "_AT_ONCE", 100)
    expansion._pairs.cache_clear()
    expansion._small_rows.cache_clear()
    np.testing.assert_array_equal(matrix(rule, 40, 30), at_once)
    reference = np.random.default_rng(9).random((40, 30)) < 0.3
    np.testing.assert_array_equal(at_once > 0, reference)


def test_values_drawn_at_random_lie_between_their_ends_and_repeat_with_their_seed():
    values = initial_values(Spread(-60.0, -50.0, seed=2), 4000)
    assert -60 <= values.min() < -59.9
    assert -50.1 < values.max() <= -50
    assert values.mean() == pytest.approx(-55, abs=4 * 10 / math.sqrt(12 * 4000))
    np.testing.assert_array_equal(values, initial_values(Spread(-60.0, -50.0, seed=2), 4000))
    assert (values != initial_values(Spread(-60.0, -50.0, seed=3), 4000)).all()


def test_entries_say_what_their_matrix_says():
    entries = Entries((0, 3, 3), (1, 0, 9), (1.5, -2.0, 4.0))
    full = matrix(entries)
    assert (full[0, 1], full[3, 0], full[3, 9], np.count_nonzero(full)) == (1.5, -2.0, 4.0, 3)
    written_out = tuple(map(tuple, full.tolist()))
    assert listed(written_out) == entries
    assert (
        simulate(with_weights(entries)).recorded["cells"].tobytes()
        == simulate(with_weights(written_out)).recorded["cells"].tobytes()
    )


def test_entries_and_parts_survive_json():
    for weights in (Entries((0, 3), (1, 9), (1.5, -2.0)), SMALL.connection("C").weights):
        experiment = with_weights(weights)
        again = Experiment.from_dict(json.loads(json.dumps(experiment.to_dict())))
        assert again == experiment
        assert hash(again) == hash(experiment)
        assert type(again.connection("C").weights) is type(weights)


@pytest.mark.parametrize(
    ("weights", "kind", "message"),
    [
        (
            Rule("random", 1.0, 0.5, sources=(0, 11)),
            RangeError,
            r"source neurons of C are \(0, 11\)",
        ),
        (
            Rule("random", 1.0, 0.5, sources=(5, 5)),
            RangeError,
            "first and the past-the-last of 10 neurons",
        ),
        (Rule("random", 1.0, 0.5, targets=(1, 2, 3)), RangeError, "target neurons"),
        (
            Rule("one_to_one", 1.0, sources=(0, 3), targets=(0, 4)),
            ShapeError,
            "pairs 3 source neurons with 4",
        ),
        (Rule("random", 1.0, 0.5, seed=-1), RangeError, "The seed is -1"),
        (Entries((0, 1), (1,), (1.0, 2.0)), ShapeError, "2 sources, 1 targets and 2 weights"),
        (Entries((0,), (10,), (1.0,)), RangeError, "a target neuron that does not exist"),
        (Entries((-1,), (0,), (1.0,)), RangeError, "a source neuron that does not exist"),
        (Entries((0,), (0,), (math.nan,)), RangeError, "not a finite number"),
    ],
)
def test_wrong_connections_are_refused_in_words(weights, kind, message):
    with pytest.raises(kind, match=message):
        check(with_weights(weights))


def test_a_connection_that_would_fill_the_memory_is_refused():
    large = replace(
        SMALL,
        groups=(Neurons("cells", 4000, "dV/dt = -V/tau : volt"),),
        connections=(Synapses("C", "cells", "cells", "V", Rule("full", 1.0)),),
    )
    with pytest.raises(LimitError, match=r"about 16,000,000 synapses. At most"):
        check(large)
    assert MAX_SYNAPSES < 16_000_000


def test_a_network_in_which_all_fire_all_the_time_is_ended_in_words():
    many = Experiment(
        groups=(Inputs("noise", ((),) * 10_000, rates=(10_000.0,) * 10_000), SMALL.group("cells")),
        parameters=SMALL.parameters,
        duration=1000.0,
    )
    with pytest.raises(
        LimitError, match=f"more than {MAX_SPIKES:,} spikes before 3% of the run"
    ) as caught:
        simulate(many)
    assert "refractory" not in caught.value.advice, "the page has no control for it"


def test_progress_is_told_before_the_first_step_and_can_stop_the_run():
    class Enough(Exception):
        pass

    told = []

    def progress(fraction):
        told.append(fraction)
        if fraction > 0.2:
            raise Enough

    with pytest.raises(Enough):
        simulate(replace(BALANCED, duration=50.0), progress)
    assert told[0] == 0.0
    assert told[-1] < 0.5
    assert told == sorted(told)


def test_a_group_of_another_size_keeps_the_shares_of_its_parts():
    small = set_size(BALANCED, "neurons", 400)
    assert [connection.weights.sources for connection in small.connections] == [
        (0, 320),
        (320, 400),
    ]
    assert small.group("neurons").initial == BALANCED.group("neurons").initial
    check(set_size(BALANCED, "neurons", 1))


def test_a_matrix_that_grows_large_is_kept_by_its_entries_and_comes_back():
    large = set_size(set_size(TUTORIAL, "inputs", 3000), "target", 3000)
    assert large.connection("C1").weights == Entries((0,), (0,), (6.0,))
    check(large)
    assert set_size(set_size(large, "inputs", 2), "target", 1) == TUTORIAL


def test_the_numbers_of_a_rule_are_edited_one_by_one():
    changed = set_rule(set_rule(BALANCED, "Ci", weight=-4.0), "Ci", probability=0.1)
    assert changed.connection("Ci").weights == Rule(
        "random", -4.0, 0.1, seed=2, sources=(3200, 4000)
    )
    assert changed.connection("Ce") == BALANCED.connection("Ce")


def test_listed_entries_can_all_be_given_one_weight_or_made_by_a_rule():
    entries = Entries((0, 0, 3), (1, 2, 4), (2.0, 2.0, 2.0))
    assert (
        set_rule(with_weights(entries), "C", weight=5).connection("C").weights.weights == (5.0,) * 3
    )
    made = set_wiring(with_weights(entries), "C", "random").connection("C").weights
    assert made == Rule("random", 2.0, 0.1875, sources=(0, 4), targets=(1, 5))  # 3 of 16 pairs


def test_another_kind_of_rule_keeps_weight_and_parts():
    made = set_wiring(SMALL, "C", "full").connection("C").weights
    assert made == replace(SMALL.connection("C").weights, kind="full")
    assert connected(made, 10, 10) == ((0, 8), (5, 10))


def test_rates_of_random_inputs_are_edited_one_by_one_or_all_at_once():
    noise = Experiment(
        groups=(Inputs("noise", ((), ()), rates=(10.0, 20.0)), SMALL.group("cells")),
        parameters=SMALL.parameters,
    )
    assert set_rates(noise, "noise", 50, 1).group("noise").rates == (10.0, 50.0)
    assert set_rates(noise, "noise", 50).group("noise").rates == (50.0, 50.0)


def test_the_ends_of_random_starts_are_edited():
    assert set_spread(SMALL, "cells", "V", low=0.5).group("cells").initial == (
        ("V", Spread(0.5, 2.0, seed=4)),
    )


@pytest.mark.parametrize(
    "change",
    [{"sources": [0, 1.5]}, {"sources": "ab"}, {"sources": [True, 3]}, {"sources": [[0], 1]}],
)
def test_parts_that_are_not_whole_numbers_are_refused(change):
    plain = SMALL.to_dict()
    plain["connections"][0]["weights"] |= change
    with pytest.raises(NeurolabError):
        check(Experiment.from_dict(plain))


def test_a_damaged_spread_is_refused():
    plain = SMALL.to_dict()
    plain["groups"][0]["initial"] = [["V", {"low": "x", "high": 1.0}]]
    with pytest.raises(ParseError, match="low is 'x'"):
        Experiment.from_dict(plain)


def cuba(size):
    """The objects of tutorial 2c's program, smaller."""
    seed(1)
    taum, taue, taui = 20 * ms, 5 * ms, 10 * ms
    Vt, Vr, El = -50 * mV, -60 * mV, -49 * mV
    P = NeuronGroup(
        size,
        model="""
        dV/dt  = (ge + gi - (V - El))/taum : volt
        dge/dt = -ge/taue : volt
        dgi/dt = -gi/taui : volt
        """,
        threshold=Vt,
        reset=Vr,
    )
    Pe, Pi = P.subgroup(size * 4 // 5), P.subgroup(size // 5)
    Ce = Connection(Pe, P, "ge", weight=1.62 * mV, sparseness=80 / size)
    Ci = Connection(Pi, P, "gi", weight=-9 * mV, sparseness=80 / size)
    P.V = Vr + rand(size) * (Vt - Vr)
    return P, Ce, Ci


def test_the_program_of_tutorial_2c_fires_in_the_lab_exactly_as_in_the_program():
    reinit_default_clock()
    P, Ce, Ci = cuba(1000)
    M = SpikeMonitor(P)
    run(100 * ms)
    experiment = experiment_from_objects(P, Ce, Ci)
    weights = [connection.weights for connection in experiment.connections]
    assert [connected(matrix, 1000, 1000)[0] for matrix in weights] == [(0, 800), (800, 1000)]
    assert (set(weights[0].weights), set(weights[1].weights)) == ({1.62}, {-9.0})
    neurons, times = simulate(experiment).spikes("P")
    program = np.array([(i, float(t)) for i, t in M.spikes])
    assert len(neurons) == len(program) > 100
    np.testing.assert_array_equal(neurons, program[:, 0])
    np.testing.assert_allclose(times, program[:, 1], rtol=0, atol=1e-9)


def test_regular_connections_of_large_groups_become_rules():
    tau = 5 * ms
    A, B = NeuronGroup(300, "dV/dt = -V/tau : volt"), NeuronGroup(200, "dV/dt = -V/tau : volt")
    full = Connection(A[100:300], B, "V", weight=2 * mV)
    pairs = Connection(A, B, "V")
    pairs.connect_one_to_one(A[:200], B, weight=3 * mV)
    same = Connection(A, A, "V")
    same.connect_one_to_one(weight=-1 * mV)
    found = {
        connection.name: connection.weights
        for connection in experiment_from_objects(full, pairs, same).connections
    }
    assert found["full"] == Rule("full", 2.0, sources=(100, 300), targets=(0, 200))
    assert found["same"] == Rule("one_to_one", -1.0, sources=(0, 300), targets=(0, 300))
    assert isinstance(found["pairs"], Entries)
