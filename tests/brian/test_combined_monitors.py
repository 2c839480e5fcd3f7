"""Monitors of several variables, of the last part of a run, and random input."""

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab.errors import ArgumentError, OutOfRangeError, RangeError, UnitsError


def group():
    return NeuronGroup(2, "dV/dt = I/ms : volt\nI : volt")


def test_several_variables_are_recorded_like_one():
    G = group()
    G.I = [1, 2] * mV
    both, one = MultiStateMonitor(G, record=True, timestep=2), StateMonitor(G, "V", record=True)
    run(1 * ms)
    assert sorted(both.vars) == ["I", "V"]
    assert len(both.times) == 5
    assert np.array_equal(np.asarray(both["V", 1]), np.asarray(one[1])[::2])
    assert [name for name, _ in both.items()] == both.vars
    both.reinit()
    assert len(both.times) == 0
    with pytest.raises(OutOfRangeError, match="The recorded variables are"):
        both["W"]


@pytest.mark.parametrize(("timestep", "count"), [(1, 31), (4, 8), (100, 1)])
def test_only_the_last_values_are_kept(timestep, count):
    G = group()
    G.I = 1 * mV
    M = RecentStateMonitor(G, "V", duration=3 * ms, timestep=timestep)
    run(4 * ms)
    run(6 * ms)
    assert len(M.times) == len(M[0]) == count
    assert float(M.times[-1]) == pytest.approx((99 // timestep) * timestep * 1e-4)


def test_a_monitor_can_be_told_its_source_by_the_names_of_brian_1():
    G = group()
    M = StateMonitor(P=G, varname="V", record=True)
    run(0.2 * ms)
    assert len(M.times) == 2
    with pytest.raises(ArgumentError, match="given twice"):
        StateMonitor(G, "V", varname="V")
    with pytest.raises(ArgumentError, match="variable is missing"):
        StateMonitor(G)


def test_a_new_monitor_records_the_first_step_that_it_sees():
    G = group()
    net = Network(G)
    net.run(0.5 * ms)
    M = StateMonitor(G, "V", record=True, timestep=4)
    net.add(M)
    net.run(1 * ms)
    assert np.asarray(M.times) * 1e3 == pytest.approx([0.5, 0.9, 1.3])


@pytest.mark.parametrize(
    ("options", "mean", "variance"),
    [
        # N p w/(1 - d) and N p (1 - p) w²/(1 - d²) with p = rate·dt and d = exp(-dt/tau)
        ({"N": 100, "rate": 20 * Hz}, 4.0200, 0.4032),
        ({"N": 1, "rate": 2500 * Hz}, 5.0250, 0.3788),
        ({"N": 100, "rate": 20 * Hz, "copies": 4, "reliability": 0.5}, 8.0402, 2.0968),
    ],
)
def test_random_input_has_the_mean_and_the_variance_of_its_theory(options, mean, variance):
    seed(11)
    cells = NeuronGroup(200, "dV/dt = -V/(10*ms) : volt")
    noise = PoissonInput(cells, weight=0.2 * mV, state="V", **options)
    M = StateMonitor(cells, "V", record=True, timestep=50)
    run(2.1 * second)
    values = np.asarray(M.values)[:, 20:] * 1e3
    assert values.mean() == pytest.approx(mean, rel=0.02)
    assert values.var() == pytest.approx(variance, rel=0.06)
    independent = values.mean(axis=0).var() / values.var()
    if "reliability" not in options:
        assert independent == pytest.approx(1 / 200, rel=0.6)


def test_frozen_input_is_the_same_for_all_neurons():
    cells = NeuronGroup(3, "dV/dt = -V/(10*ms) : volt")
    noise = PoissonInput(cells[1:], N=100, rate=20 * Hz, weight=1 * mV, freeze=True)
    run(20 * ms)
    assert float(cells.V[0]) == 0.0
    assert float(cells.V[1]) == float(cells.V[2]) > 0


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"N": 1, "rate": 20 * Hz}, ArgumentError),
        ({"N": 1, "rate": 20 * ms, "weight": 1 * mV}, UnitsError),
        ({"N": 1, "rate": 20 * Hz, "weight": 1 * nA}, UnitsError),
        ({"N": 1, "rate": -1 * Hz, "weight": 1 * mV}, RangeError),
        ({"N": 1, "rate": 1 * Hz, "weight": 1 * mV, "reliability": 2}, RangeError),
        ({"N": 1, "rate": 1 * Hz, "weight": 1 * mV, "jitter": 5 * ms}, ArgumentError),
    ],
)
def test_input_that_is_not_possible_is_refused(options, error):
    with pytest.raises(error):
        PoissonInput(NeuronGroup(1, "dV/dt = -V/(10*ms) : volt"), **options)


def test_a_rate_above_one_spike_a_step_is_refused():
    cells = NeuronGroup(1, "dV/dt = -V/(10*ms) : volt")
    noise = PoissonInput(cells, N=1, rate=20 * kHz, weight=1 * mV)
    with pytest.raises(RangeError, match="more than one spike in a time step"):
        run(1 * ms)
