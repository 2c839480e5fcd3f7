"""Statistics of spike trains have the values of their definitions, and of trains whose statistics are known."""

import numpy as np
import pytest

from neurolab import *
from neurolab.errors import NeurolabError, NoValueError


def test_a_regular_train_has_its_rate_no_variation_and_full_vector_strength():
    train = arange(1, 11) * 10 * ms
    assert float(firing_rate(train)) == pytest.approx(100)
    assert CV(train) == pytest.approx(0, abs=1e-9)
    assert vector_strength(train, 10 * ms) == pytest.approx(1)
    assert vector_strength(train, 20 * ms) == pytest.approx(0, abs=1e-9)
    assert np.isnan(float(firing_rate([1 * ms])))


def test_a_poisson_train_varies_by_one_and_has_a_flat_correlogram():
    rng = np.random.default_rng(7)
    first, other = (np.sort(rng.uniform(0, 200, 10_000)) * second for _ in range(2))
    assert CV(first) == pytest.approx(1, abs=0.03)
    flat = np.asarray(correlogram(first, other, width=20 * ms, bin=5 * ms, T=200 * second))
    # Coincidences of independent trains: product of the rates, times the bin.
    assert flat == pytest.approx(np.full(8, 50 * 50 * 0.005), rel=0.1)
    assert np.asarray(CCVF(first, other, 20 * ms, 5 * ms, 200 * second)) == pytest.approx(
        np.zeros(8), abs=250
    )
    assert total_correlation(first, other, width=20 * ms, T=200 * second) == pytest.approx(
        0, abs=0.2
    )


def test_a_correlogram_counts_the_lags_of_the_second_train():
    counts = np.asarray(
        correlogram([10, 20] * ms, [12.5, 22.5] * ms, width=4 * ms, bin=1 * ms, T=100 * ms)
    )
    assert counts.tolist() == pytest.approx([0, 0, 0, 0, 0, 0, 2 / 0.098, 0])
    with pytest.raises(NeurolabError, match="longer than the recording"):
        correlogram([10] * ms, [12] * ms, width=20 * ms)


def test_intervals_are_counted_by_neuron():
    G = SpikeGeneratorGroup(2, [(0, 1 * ms), (0, 3 * ms), (1, 4 * ms), (0, 13 * ms), (1, 34 * ms)])
    H = ISIHistogramMonitor(G, [0, 2, 5, 20] * ms)
    Network(G, H).run(40 * ms)
    assert H.count.tolist() == [
        0,
        1,
        1,
        1,
    ]  # 2 ms lies on the edge and counts above it; 10 ms; 30 ms is beyond
    with pytest.raises(NeurolabError, match="do not ascend"):
        ISIHistogramMonitor(G, [3, 2] * ms)


def test_a_linear_group_is_put_at_rest():
    G = NeuronGroup(
        2, "dV/dt = (g + I - V)/(6*ms) : volt\ndg/dt = (3*mV - g)/(2*ms) : volt\nI : volt"
    )
    G.I = [1, 5] * mV
    G.rest()
    assert (G.V / mV).tolist() == pytest.approx([4, 8])
    Network(G).run(5 * ms)
    assert (G.V / mV).tolist() == pytest.approx([4, 8])
    with pytest.raises(NeurolabError, match="not linear"):
        NeuronGroup(1, "dx/dt = -x*x/ms : 1").rest()
    with pytest.raises(NoValueError, match="No single state is at rest"):
        NeuronGroup(1, "dx/dt = 0/ms : 1").rest()


def test_connections_and_groups_that_the_original_names_are_the_ordinary_ones():
    G = NeuronGroup(3, "dV/dt = -V/(5*ms) : volt")
    inputs = MultipleSpikeGeneratorGroup([[1 * ms], [], [2 * ms]])
    C = IdentityConnection(inputs, G, "V", weight=3 * mV, delay=1 * ms)
    D = DelayConnection(inputs, G, "V", weight=1 * mV)
    D.delay[0, 1] = 2 * ms
    assert (C[:, :] / mV).tolist() == np.diag([3, 3, 3]).tolist()
    assert float(D.delay[0, 1]) == 0.002
    seed(1)
    packet = PulsePacket(50 * ms, 2000, 2 * ms)
    S = SpikeMonitor(packet)
    Network(packet, S).run(100 * ms)
    times = np.array([float(t) for _, t in S.spikes])
    assert S.nspikes == 2000
    assert (times.mean(), times.std()) == (
        pytest.approx(0.05, abs=3e-4),
        pytest.approx(0.002, rel=0.1),
    )
