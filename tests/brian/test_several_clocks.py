"""Networks whose groups have different clocks."""

import numpy as np
import pytest

from neurolab import *  # noqa: F403


def network(**options):
    slow, fast = EventClock(dt=0.4 * ms, **options), EventClock(dt=0.1 * ms)
    A = NeuronGroup(1, "dV/dt = 1*mV/ms : volt", threshold="V > 0.9*mV", reset="V=0*mV", clock=slow)
    B = NeuronGroup(1, "dx/dt = -x/(5*ms) : volt", clock=fast)
    return slow, fast, A, B


@pytest.mark.parametrize("pieces", [1, 2, 5])
def test_each_group_is_integrated_with_its_own_step(pieces):
    slow, fast, A, B = network()
    A.V = 0.1 * mV
    B.x = 1 * mV
    C = Connection(A, B, "x", weight=1 * mV)
    MA, MB, S = (
        StateMonitor(A, "V", record=True),
        StateMonitor(B, "x", record=True),
        SpikeMonitor(A),
    )
    net = Network(A, B, C, MA, MB, S)
    for _ in range(pieces):
        net.run(4 * ms / pieces)
    assert np.asarray(MA.times) * 1e3 == pytest.approx(np.arange(10) * 0.4)
    assert np.asarray(MB.times) * 1e3 == pytest.approx(np.arange(40) * 0.1)
    # V is 0.5, 0.9, 1.3 (fires at 0.8 ms), then 0.4, 0.8, 1.2 (fires at 2 ms), …
    assert [round(float(time) * 1e3, 6) for _, time in S.spikes] == [0.8, 2.0, 3.2]
    expected = np.exp(-0.1 * np.arange(1, 41) / 5)
    for arrival in (8, 20, 32):
        # The slow clock comes first at equal times, so the fast group decays after the arrival.
        later = np.arange(40) >= arrival
        expected[later] += np.exp(-0.1 * (np.arange(40)[later] - arrival + 1) / 5)
    assert np.asarray(MB[0]) * 1e3 == pytest.approx(expected)


@pytest.mark.parametrize(("order", "first"), [(0, "slow"), (1, "fast")])
def test_of_clocks_at_the_same_time_that_with_the_lower_order_comes_first(order, first):
    slow, fast, A, B = network(order=order)
    calls = []
    of_slow = network_operation(slow)(lambda: calls.append("slow"))
    of_fast = network_operation(fast)(lambda: calls.append("fast"))
    Network(A, B, of_slow, of_fast).run(0.4 * ms)
    assert calls[0] == first
    assert sorted(calls) == ["fast"] * 4 + ["slow"]


def test_weights_and_parameters_that_a_call_changes_hold_from_then_on():
    slow, fast, A, B = network()
    B = NeuronGroup(1, "dx/dt = k/ms : 1\nk : 1", clock=fast)

    @network_operation(slow)
    def switch():
        B.k = 1 if slow.t > 0.3 * ms else 0

    Network(A, B, switch).run(0.8 * ms)
    assert float(B.x[0]) == pytest.approx(0.4)


def test_a_link_and_a_stop_work_between_clocks():
    slow, fast, A, B = network()
    B = NeuronGroup(1, "dx/dt = I/ms : volt\nI : volt", clock=fast)
    B.I = linked_var(A, "V")

    @network_operation(fast)
    def halt():
        if fast.t > 0.55 * ms:
            stop()

    Network(A, B, halt).run(10 * ms)
    assert float(B.I[0]) * 1e3 == pytest.approx(0.8)
    assert float(fast.t) == pytest.approx(0.7e-3)


def test_run_finds_connected_groups_with_different_clocks():
    slow, fast, A, B = network()
    C = Connection(A, B, "x", weight=1 * mV, delay=0.8 * ms)
    S, M = SpikeMonitor(A), StateMonitor(B, "x", record=True)
    run(4 * ms)
    arrivals = np.flatnonzero(np.diff(np.asarray(M[0]), prepend=0) > 0.5e-3)
    assert arrivals.tolist() == [round(float(time) * 1e4) + 8 for _, time in S.spikes[:-1]]


def test_a_run_of_one_clock_and_one_of_two_give_the_same_spikes():
    def spikes(clock):
        seed(5)
        P = PoissonGroup(20, rates=200 * Hz)
        G = NeuronGroup(5, "dV/dt = -V/(5*ms) : volt", threshold=3 * mV, reset=0 * mV)
        C = Connection(P, G, "V", weight=lambda i, j: (1 + (i + j) % 3) * 0.3 * mV)
        other = NeuronGroup(1, "dx/dt = -x/ms : 1", clock=clock)
        S = SpikeMonitor(G)
        Network(P, G, C, S, other).run(50 * ms)
        return [(i, round(float(time) * 1e4)) for i, time in S.spikes]

    alone = spikes(defaultclock)
    assert alone
    assert spikes(EventClock(dt=0.3 * ms)) == alone


@pytest.mark.parametrize(("order", "expected"), [(-1, [1, 1, 1, 2]), (1, [0, 1, 1, 1])])
def test_an_array_on_a_clock_of_another_order_acts_before_or_after_the_step(order, expected):
    G = NeuronGroup(1, "dx/dt = I/(0.1*ms) : 1\nI : 1")
    G.I = TimedArray([1.0, 2.0], clock=EventClock(dt=0.3 * ms, order=order))
    M = StateMonitor(G, "x", record=True)
    Network(G, M).run(0.4 * ms)
    assert np.diff(np.asarray(M[0]), prepend=0) == pytest.approx(expected)


def test_an_operation_can_have_a_clock_whose_steps_do_not_fit_those_of_the_group():
    G = NeuronGroup(1, "dx/dt = 1/ms : 1")
    ticks = EventClock(dt=0.25 * ms)
    seen = []

    @network_operation(ticks)
    def watch():
        seen.append((round(float(ticks.t) * 1e3, 6), round(float(G.x[0]), 6)))

    net = Network(G, watch)
    net.run(0.5 * ms)
    net.run(0.5 * ms)
    assert seen == [(0, 0.1), (0.25, 0.3), (0.5, 0.6), (0.75, 0.8)]


def test_synapses_and_their_sums_work_beside_another_clock():
    def traces(clock):
        inputs = SpikeGeneratorGroup(2, [(0, 1 * ms), (1, 2 * ms), (0, 3 * ms)])
        G = NeuronGroup(1, "dV/dt = (g - V)/(5*ms) : 1\ng : 1")
        S = Synapses(inputs, G, model="w : 1\ndx/dt = -x/(3*ms) : 1", pre="x += w")
        S[:, :] = True
        S.w = [1, 2]
        G.g = S.x
        other = NeuronGroup(1, "dy/dt = -y/ms : 1", clock=clock)
        M = StateMonitor(G, "V", record=True)
        X = StateMonitor(S, "x", record=[0])
        Network(inputs, G, S, M, X, other).run(5 * ms)
        return np.asarray(M[0]), np.asarray(X[0])

    alone = traces(defaultclock)
    together = traces(EventClock(dt=0.7 * ms))
    assert alone[0].max() > 0.1
    for first, second in zip(alone, together):
        assert second == pytest.approx(first, rel=1e-12)
