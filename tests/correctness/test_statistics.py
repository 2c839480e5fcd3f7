"""Random networks have the statistics that they should have."""

import numpy as np
import pytest

from neurolab import *  # noqa: F403

RECORDED_MEAN, RECORDED_SPREAD, RECORDED_RUNS = 11972, 245, 8
"""Spikes of tutorial 2c's network in 500 ms: mean and standard deviation of the original simulator's runs."""


def cuba_spikes(number):
    """Spikes of the network of tutorial 2c, connected and started at random."""
    reinit_default_clock()
    seed(number)
    taum, taue, taui = 20 * ms, 5 * ms, 10 * ms
    Vt, Vr, El = -50 * mV, -60 * mV, -49 * mV
    G = NeuronGroup(
        N=4000,
        model="""
        dV/dt  = (ge + gi - (V - El))/taum : volt
        dge/dt = -ge/taue : volt
        dgi/dt = -gi/taui : volt
        """,
        threshold=Vt,
        reset=Vr,
    )
    Ge, Gi = G.subgroup(3200), G.subgroup(800)
    Ce = Connection(Ge, G, "ge", sparseness=0.02, weight=1.62 * mV)
    Ci = Connection(Gi, G, "gi", sparseness=0.02, weight=-9 * mV)
    M = SpikeMonitor(G)
    G.V = Vr + rand(len(G)) * (Vt - Vr)
    run(500 * ms)
    return M.nspikes


def test_the_network_of_tutorial_2c_fires_as_often_as_the_original():
    counts = np.array([cuba_spikes(number) for number in range(12)])
    error = np.hypot(RECORDED_SPREAD / RECORDED_RUNS**0.5, counts.std(ddof=1) / len(counts) ** 0.5)
    assert abs(counts.mean() - RECORDED_MEAN) < 3 * error
    assert error < 0.03 * RECORDED_MEAN  # else the comparison would say nothing


@pytest.mark.parametrize("rates", [40 * Hz, lambda t: 40 * Hz])
def test_poisson_neurons_fire_at_their_rate_and_independently(rates):
    seed(1)
    P = PoissonGroup(2000, rates=rates)
    S = SpikeCounter(P)
    run(500 * ms)
    expected = 40 * 0.5 * 2000  # 5 % of it is ten standard deviations
    assert S.nspikes == pytest.approx(expected, abs=4 * expected**0.5)
    assert np.var(S.count) / np.mean(S.count) == pytest.approx(1.0, abs=0.15)


def test_random_connections_are_made_with_their_probability_in_every_row_and_column():
    seed(2)
    tau = 5 * ms
    G = NeuronGroup(1000, "dV/dt = -V/tau : volt")
    C = Connection(G, G, "V")
    C.connect_random(sparseness=0.1, weight=1 * mV)
    connected = C.dense() > 0
    assert connected.sum() == pytest.approx(
        100_000, abs=4 * (1e6 * 0.09) ** 0.5
    )  # 5 % of it is 17 standard deviations
    for axis in (0, 1):
        counts = connected.sum(axis=axis)
        assert counts.std() == pytest.approx(90**0.5, rel=0.1)
        assert abs(counts - 100).max() < 6 * 90**0.5


def test_the_same_seed_gives_the_same_network():
    assert cuba_spikes(5) == cuba_spikes(5) != cuba_spikes(6)


def test_a_thousand_inputs_with_plasticity_agree_with_recorded_statistics():
    """Six seeds of Brian 1 gave these means and standard deviations (sd); 20 s, 1000 inputs."""
    seed(5)
    inputs = PoissonGroup(1000, rates=15 * Hz)
    cell = NeuronGroup(
        1,
        """dV/dt = (-70*mV - V + ge*(0*mV - V))/(10*ms) : volt
           dge/dt = -ge/(5*ms) : 1""",
        threshold=-54 * mV,
        reset=-60 * mV,
    )
    cell.V = -70 * mV
    C = Connection(inputs, cell, "ge", weight=0)
    C.connect(inputs, cell, 0.01 * rand(1000, 1))
    rule = ExponentialSTDP(C, taup=20 * ms, taum=20 * ms, Ap=0.01, Am=-0.0105, wmax=0.01)
    fired = SpikeMonitor(cell)
    run(20 * second)
    w = C.todense()[:, 0] / 0.01
    t = np.array([float(time) for _, time in fired.spikes])
    bounds = {"early": (107.8, 5.5), "late": (46.2, 2.81), "w": (0.4052, 0.0028)}
    found = {"early": (t < 5).sum() / 5, "late": (t >= 15).sum() / 5, "w": w.mean()}
    bounds |= {"low": (0.2437, 0.0068), "high": (0.0663, 0.0116)}
    found |= {"low": (w < 0.1).mean(), "high": (w > 0.9).mean()}
    for name, (mean, sd) in bounds.items():
        assert abs(found[name] - mean) < 5 * sd, name
