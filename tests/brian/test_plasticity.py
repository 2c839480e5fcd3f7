"""Plastic connections: closed forms, bounds, delays, runs in parts, and what is refused in words."""

import gc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurolab import *  # noqa: F403
from neurolab.errors import (
    ArgumentError,
    BlowUpError,
    NeurolabError,
    NotAvailableError,
    ParseError,
    RangeError,
    UndefinedNameError,
    UnitsError,
)
from neurolab.experiment.from_objects import experiment_from_objects

TRACES = """dp/dt = -p/(10*ms) : 1
            dq/dt = -q/(16*ms) : 1"""


def pair(source_times, target_times, *, weight=1 * mV, delay=0 * ms, **options):
    """Inputs that drive x of a neuron, which fires one step after each of its own times (ms)."""
    inputs = SpikeGeneratorGroup(1, [(0, t * ms) for t in source_times])
    push = SpikeGeneratorGroup(1, [(0, t * ms) for t in target_times])
    cell = NeuronGroup(1, "dV/dt = -V/(5*ms) : volt\nx : volt", threshold=10 * mV, reset="V = 0*mV")
    force = Connection(push, cell, "V", weight=20 * mV)
    C = Connection(inputs, cell, "x", weight=weight, delay=delay, **options)
    return inputs, push, cell, force, C


def weight_after(make_rule, source_times, target_times, duration=100 * ms, **options):
    *others, C = pair(source_times, target_times, **options)
    rule = make_rule(C)
    Network(*others, C, rule).run(duration)
    return float(C[0, 0] / mV)


# A push in the step of a spike is wiped out by the reset, so times lie two steps apart.
times = st.lists(st.integers(1, 250), min_size=1, max_size=8, unique=True).map(
    lambda steps: [step / 5 for step in sorted(steps)]
)


@settings(max_examples=40, deadline=None)
@given(source=times, target=times)
def test_the_pair_rule_is_the_sum_over_all_pairs_of_spikes(source, target):
    """Without bounds that act, w = w0 + sum over pairs of A exp(-|T|/tau)."""
    fired = np.array(target) + 0.1
    gaps = fired[:, None] - np.array(source)[None, :]
    up = 0.002 * 50 * np.exp(-gaps[gaps > -1e-9] / 12).sum()
    down = -0.0025 * 50 * np.exp(gaps[gaps < -1e-9] / 18).sum()
    found = weight_after(
        lambda C: ExponentialSTDP(
            C, taup=12 * ms, taum=18 * ms, Ap=0.002, Am=-0.0025, wmin=-50 * mV, wmax=50 * mV
        ),
        source,
        target,
    )
    assert found == pytest.approx(1 + up + down, rel=1e-9, abs=1e-9)


def test_short_term_plasticity_has_the_steady_state_of_a_periodic_input():
    """x and u just before a spike solve the equations of one period."""
    period, taud, tauf, U = 20.0, 60.0, 35.0, 0.3
    inputs = SpikeGeneratorGroup(1, [(0, 1 * ms)], period=period * ms)
    cell = NeuronGroup(1, "V : volt")
    C = Connection(inputs, cell, "V", weight=1 * mV)
    rule = STP(C, taud=taud * ms, tauf=tauf * ms, U=U)
    M = StateMonitor(cell, "V", record=True)
    Network(inputs, cell, C, rule, M).run(2000 * ms)
    decay_u, decay_x = np.exp(-period / tauf), np.exp(-period / taud)
    u = U / (1 - (1 - U) * decay_u)
    x = (1 - decay_x) / (1 - (1 - u) * decay_x)
    last = np.diff(np.asarray(M[0] / mV))
    assert last[last > 0][-1] == pytest.approx(u * x, rel=1e-10)


RULES = ("additive", "multiplicative", "mixed")


@settings(max_examples=30, deadline=None)
@given(
    source=times,
    target=times,
    up=st.floats(0.01, 0.9),
    down=st.floats(-0.9, -0.01),
    update=st.sampled_from(RULES),
    interactions=st.sampled_from(["all", "nearest", "nearest_post"]),
    low=st.floats(-2, 0.9),
    high=st.floats(1.1, 4),
)
def test_no_weight_leaves_its_bounds(source, target, up, down, update, interactions, low, high):
    *others, C = pair(source, target)
    rule = ExponentialSTDP(
        C,
        taup=12 * ms,
        taum=18 * ms,
        Ap=up,
        Am=down,
        wmin=low * mV,
        wmax=high * mV,
        update=update,
        interactions=interactions,
    )
    seen = []

    @network_operation
    def watch():
        seen.append(float(C[0, 0] / mV))

    Network(*others, C, rule, watch).run(60 * ms)
    margin = 1e-12
    assert np.isfinite(seen).all()
    assert low - margin <= min(seen)
    assert max(seen) <= high + margin


def small_network(observed):
    """A recurrent network with delays; `observed` integrates the traces in every step."""
    seed(3)
    inputs = SpikeGeneratorGroup(
        6, [(i, (2 + 3 * i + 17 * k) * ms) for i in range(6) for k in range(6)]
    )
    cells = NeuronGroup(4, "dV/dt = -V/(8*ms) : volt", threshold=9 * mV, reset=0 * mV)
    C = Connection(inputs, cells, "V", structure="dense", delay=1.3 * ms)
    C.connect(
        inputs, cells, [[3.0 + ((5 * i + 3 * j) % 7) for j in range(4)] for i in range(6)] * mV
    )
    D = Connection(cells, cells, "V", weight=1 * mV)
    rules = [
        ExponentialSTDP(C, taup=12 * ms, taum=18 * ms, Ap=0.05, Am=-0.04, wmax=12 * mV),
        STDP(D, TRACES, pre="p += 1; w -= 0.1*mV*q", post="q += 1; w += 0.12*mV*p", wmax=4 * mV),
    ]
    monitors = [
        StateMonitor(rule.pre_group, "A_pre", record=True) for rule in rules[:1] if observed
    ]
    fired = SpikeMonitor(cells)
    return [inputs, cells, C, D, *rules, fired, *monitors], (C, D, fired, rules)


@pytest.mark.parametrize("parts", [1, 3])
def test_traces_computed_at_events_equal_those_integrated_in_every_step(parts):
    outcomes = []
    for observed in (False, True):
        objects, (C, D, fired, rules) = small_network(observed)
        network = Network(*objects)
        for _ in range(parts):
            network.run(120 * ms / parts)
        assert fired.nspikes > 10
        traces = [np.asarray(rule.pre_group.state_array()) for rule in rules]
        outcomes.append((C.todense(), D.todense(), *traces))
    for at_events, integrated in zip(*outcomes):
        np.testing.assert_allclose(at_events, integrated, rtol=1e-11, atol=1e-15)


def test_a_run_in_parts_equals_one_run():
    outcomes = []
    for parts in (1, 4):
        objects, (C, D, fired, _) = small_network(False)
        network = Network(*objects)
        for _ in range(parts):
            network.run(120 * ms / parts)
        outcomes.append((C.todense(), D.todense(), np.array(fired.spikes, dtype=float)))
    for whole, pieces in zip(*outcomes):
        np.testing.assert_allclose(pieces, whole, rtol=1e-11)


def test_a_rule_without_a_name_acts_too():
    inputs, push, cell, force, C = pair([5], [7])
    ExponentialSTDP(C, taup=12 * ms, taum=18 * ms, Ap=0.1, Am=-0.1, wmax=2 * mV)
    gc.collect()
    run(20 * ms)
    assert C[0, 0] > 1.1 * mV


def test_a_network_without_its_rule_says_so_and_keeps_the_weight():
    *others, C = pair([5], [7])
    rule = ExponentialSTDP(C, taup=12 * ms, taum=18 * ms, Ap=0.1, Am=-0.1, wmax=2 * mV)
    with pytest.warns(NeurolabWarning, match="ExponentialSTDP.*is not part of this network"):
        Network(*others, C).run(20 * ms)
    assert C[0, 0] == 1 * mV


def test_a_rule_that_was_forgotten_does_not_act():
    inputs, push, cell, force, C = pair([5], [7])
    rule = ExponentialSTDP(C, taup=12 * ms, taum=18 * ms, Ap=0.1, Am=-0.1, wmax=2 * mV)
    forget(rule)
    run(20 * ms)
    assert C[0, 0] == 1 * mV


def test_weights_that_the_program_sets_between_runs_are_learned_from():
    *others, C = pair([5, 25], [7, 27])
    rule = ExponentialSTDP(C, taup=12 * ms, taum=18 * ms, Ap=0.1, Am=-0.1, wmax=4 * mV)
    network = Network(*others, C, rule)
    network.run(20 * ms)
    first = float(C[0, 0] / mV)
    C[0, 0] = 2 * mV
    network.run(20 * ms)
    assert first > 1.1
    assert float(C[0, 0] / mV) > 2.1


def test_a_weight_that_has_become_zero_grows_again():
    *others, C = pair([12, 40], [5, 42])
    rule = ExponentialSTDP(C, taup=12 * ms, taum=18 * ms, Ap=0.2, Am=-0.9, wmax=2 * mV)
    network = Network(*others, C, rule)
    network.run(30 * ms)
    assert C[0, 0] == 0 * mV
    network.run(30 * ms)
    assert C[0, 0] > 0.2 * mV


@pytest.mark.parametrize("structure", ["sparse", "dense"])
def test_only_a_dense_structure_has_synapses_of_weight_zero(structure):
    inputs, push, cell, force, _ = pair([5], [7])
    C = Connection(inputs, cell, "x", structure=structure)
    C[0, 0] = 0 * mV
    rule = ExponentialSTDP(C, taup=12 * ms, taum=18 * ms, Ap=0.1, Am=-0.1, wmax=2 * mV)
    Network(inputs, push, cell, force, C, rule).run(20 * ms)
    assert (C[0, 0] > 0 * mV) == (structure == "dense")


def test_a_delivery_meets_the_weight_of_its_arrival_with_a_rule_added_before_its_connection():
    """What is added first to a network acts first, where it waits for the same spikes."""
    heights = []
    for rule_first in (False, True):
        *others, C = pair([8], [5])
        rule = ExponentialSTDP(C, taup=12 * ms, taum=18 * ms, Ap=0.1, Am=-0.3, wmax=2 * mV)
        pieces = (rule, C) if rule_first else (C, rule)
        Network(*others, *pieces).run(10 * ms)
        heights.append(float(others[2].x[0] / mV))
    assert heights[0] == pytest.approx(1)
    assert heights[1] == pytest.approx(1 - 0.6 * np.exp(-2.9 / 18))


def test_short_term_and_spike_timing_plasticity_act_on_one_connection():
    *others, C = pair([5, 10], [7])
    depression = STP(C, taud=1000 * ms, tauf=1 * ms, U=0.5)
    rule = ExponentialSTDP(C, taup=10 * ms, taum=10 * ms, Ap=0.1, Am=0, wmax=2 * mV)
    Network(*others, C, depression, rule).run(12 * ms)
    learned = 1 + 0.2 * np.exp(-0.21)
    used = (0.5 + 0.25 * np.exp(-5)) * (1 - 0.5 * np.exp(-5 / 1000))
    assert float(others[2].x[0] / mV) == pytest.approx(0.5 + used * learned)


def test_a_weight_that_grows_without_bound_is_refused():
    with pytest.raises(BlowUpError, match=r"weight \[0, 0\] became infinite.*Give bounds"):
        weight_after(
            lambda C: STDP(C, TRACES, pre="p += 1; w += 0*mV", post="q += 1; w *= 1e200"),
            [5],
            range(6, 60, 2),
        )


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda C: STP(C.source, 1 * ms, 1 * ms, 0.5), ArgumentError, "Give a Connection"),
        (lambda C: STP(C, taud=5, tauf=5 * ms, U=0.1), UnitsError, "must have dimension second"),
        (lambda C: STP(C, taud=0 * ms, tauf=5 * ms, U=0.1), RangeError, "more than 0 ms"),
        (lambda C: STP(C, taud=5 * ms, tauf=5 * ms, U=1.5), RangeError, "from 0 to 1"),
        (
            lambda C: [STP(C, taud=5 * ms, tauf=5 * ms, U=0.1) for _ in range(2)],
            ArgumentError,
            "has short-term plasticity already",
        ),
        (
            lambda C: ExponentialSTDP(C, 10 * ms, 10 * ms, 0.1, -0.1),
            ArgumentError,
            "wmax is missing",
        ),
        (
            lambda C: ExponentialSTDP(C, 10 * ms, 10 * ms, 0.1, -0.1, wmax=1),
            UnitsError,
            "must have dimension volt",
        ),
        (
            lambda C: ExponentialSTDP(C, 10 * ms, 10 * ms, 0.1, 0.1, wmax=mV, update="mixed"),
            ArgumentError,
            "one must be positive and the other negative",
        ),
        (
            lambda C: ExponentialSTDP(C, 10 * ms, 10 * ms, 0.1, -0.1, wmax=mV, update="mix"),
            ArgumentError,
            "'additive' or 'multiplicative' or 'mixed'",
        ),
        (
            lambda C: ExponentialSTDP(C, 10 * ms, 10 * ms, 0.1, -0.1, wmin=3 * mV, wmax=2 * mV),
            RangeError,
            "wmin must be below wmax",
        ),
        (
            lambda C: ExponentialSTDP(C, 10 * ms, 10 * ms, 0.1, -0.1, wmax=mV, delay_pre=2 * ms),
            RangeError,
            "the other one would be negative",
        ),
        (
            lambda C: STDP(C, TRACES, pre="p += 1; w -= 0.1*q", post="q += 1"),
            UnitsError,
            "gives w a value in 1, a plain number. It must be in volt",
        ),
        (
            lambda C: STDP(C, TRACES, pre="p += 1; q += 1", post="q += 1"),
            ParseError,
            "q would belong to source and to target neurons",
        ),
        (lambda C: STDP(C, TRACES, pre="p += 1", post=""), ParseError, "changes q"),
        (
            lambda C: STDP(C, TRACES, pre="p += q", post="q += 1"),
            ParseError,
            "sets p from q, which differs from synapse to synapse",
        ),
        (
            lambda C: STDP(C, TRACES, pre="p += 1; v += 1", post="q += 1"),
            ParseError,
            "changes v, which is not a trace",
        ),
        (
            lambda C: STDP(C, TRACES, pre="p += 1; w += gain*q", post="q += 1"),
            UndefinedNameError,
            "'gain' is not known",
        ),
        (
            lambda C: STDP(C, TRACES, pre="p += 1; print(w)", post="q += 1"),
            ParseError,
            "'print\\(w\\)' is not a statement",
        ),
        (
            lambda C: STDP(C, TRACES, pre="__import__('os')", post="q += 1"),
            ParseError,
            "is not a statement",
        ),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_words(make, error, words):
    *_, C = pair([5], [7])
    with pytest.raises(error, match=words) as caught:
        make(C)
    assert isinstance(caught.value, NeurolabError)


def test_a_delay_for_each_synapse_takes_no_delays_of_the_rule():
    *_, C = pair([5], [7])
    C.delay = True
    with pytest.raises(ArgumentError, match="delay_pre and delay_post do not apply"):
        ExponentialSTDP(C, 10 * ms, 10 * ms, 0.1, -0.1, wmax=mV, delay_pre=1 * ms)
    with pytest.raises(ArgumentError, match="delay for each synapse"):
        STP(C, taud=5 * ms, tauf=5 * ms, U=0.1)


def test_an_experiment_refuses_a_plastic_connection():
    inputs, push, cell, force, C = pair([5], [7])
    STP(C, taud=5 * ms, tauf=5 * ms, U=0.1)
    with pytest.raises(NotAvailableError, match=r"rule of plasticity \(STP\)"):
        experiment_from_objects(inputs, cell, C)


def test_traces_can_be_read_and_set_by_their_names():
    *others, C = pair([5], [7])
    rule = ExponentialSTDP(C, taup=10 * ms, taum=10 * ms, Ap=0.1, Am=-0.1, wmax=2 * mV)
    rule.A_pre = 1 * mV
    Network(*others, C, rule).run(1 * ms)
    assert float(rule.A_pre[0] / mV) == pytest.approx(np.exp(-0.1))
    rule.A_post = 0.002  # in SI units, as in Brian 1
    assert rule.A_post[0] == 2 * mV
