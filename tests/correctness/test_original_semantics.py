"""What the original does beyond what was recorded (read in its source); each fact derived by hand."""

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab import NeurolabError


@pytest.fixture(autouse=True)
def fresh_clock():
    reinit_default_clock()


def steps(monitor):
    return [round(float(t) / 1e-4) for _, t in monitor.spikes]


def cells(n=4):
    tau = 10*ms
    return NeuronGroup(n, "dV/dt = -V/tau : volt")


def plain(values):
    return np.asarray(values).tolist()


def test_a_weight_function_that_gives_one_value_is_called_for_each_pair():
    G = cells()
    C = Connection(G, G, "V")
    C.connect_full(weight=lambda i, j: 5*mV if i == j else 1*mV)
    np.testing.assert_allclose(np.asarray(C[:, :]), 1e-3 * (1 + 4 * np.eye(4)))
    C.connect_full(weight=lambda i, j: rand()*mV)
    assert len(np.unique(np.asarray(C[:, :]))) == 16


def test_a_weight_function_is_called_with_a_number_and_an_array_where_it_can():
    G, asked = cells(3), []

    def weight(i, j):
        asked.append((i, plain(j)))
        return j*mV if i else 0*j*mV

    C = Connection(G, G, "V", weight=weight)
    assert asked == [(0, [0, 1, 2]), (1, [0, 1, 2]), (2, [0, 1, 2])]
    np.testing.assert_allclose(np.asarray(C[:, :]), 1e-3 * np.array([[0, 0, 0], [0, 1, 2], [0, 1, 2]]))


def test_a_delay_function_of_two_indices_is_called_for_each_pair():
    G = cells(2)
    C = Connection(G, G, "V", weight=1*mV, delay=lambda i, j: 2*ms if i == j else 1*ms)
    assert plain(C.delay[:, :]) == [[2e-3, 1e-3], [1e-3, 2e-3]]


def test_a_weight_may_be_a_matrix():
    G = cells(2)
    C = Connection(G, G, "V", weight=array([[1, 2], [3, 4]])*mV)
    np.testing.assert_allclose(np.asarray(C[:, :]), [[1e-3, 2e-3], [3e-3, 4e-3]])
    np.testing.assert_allclose(C.W.todense(), [[1e-3, 2e-3], [3e-3, 4e-3]])


@pytest.mark.parametrize("connect", [
    lambda C: C.connect_full(), lambda C: C.connect_one_to_one(), lambda C: C.connect_random(p=1.0)],
    ids=["full", "one to one", "random"])
def test_a_weight_that_is_not_given_is_1_where_that_is_a_weight(connect):
    tau = 10*ms
    G, H = NeuronGroup(2, "dx/dt = -x/tau : 1"), cells(2)
    C = Connection(G, G, "x")
    connect(C)
    assert C[1, 1] == 1
    with pytest.raises(NeurolabError, match="there is no weight, expected volt"):
        connect(Connection(H, H, "V"))


def test_the_fourth_argument_of_a_connection_is_its_delay():
    source, H = SpikeGeneratorGroup(1, [(0, 1*ms)]), cells(1)
    C = Connection(source, H, "V", 2*ms, structure="dense", max_delay=5*ms)
    C[0, 0] = 3*mV
    M = StateMonitor(H, "V", record=True)
    run(4*ms)
    assert np.flatnonzero(np.asarray(M[0]))[0] == 30
    with pytest.raises(NeurolabError, match="strucure"):
        Connection(source, H, "V", strucure="dense")


def test_delays_may_be_set_for_parts_of_a_connection():
    G = cells(4)
    C = Connection(G, G, 0, weight=1*mV, delay=True)
    C.delay[:] = 1*ms
    C.set_delays(G[2:], G[:1], 3*ms)
    np.testing.assert_allclose(np.asarray(C.delay[:, 0]), [1e-3, 1e-3, 3e-3, 3e-3])
    C.connect_full(G[:1], G[1:2], weight=2*mV, delay=(4*ms, 5*ms))
    assert 4e-3 <= float(C.delay[0, 1]) <= 5e-3
    assert float(C.delay[0, 2]) == 1e-3


def test_a_fixed_random_connection_gives_each_target_as_many_sources():
    G, H = cells(40), cells(20)
    C = Connection(G, H, "V")
    C.connect_random(G, H, 0.25, 1*mV, fixed=True)
    assert set(np.count_nonzero(C.dense(), axis=0)) == {10}


def test_the_probability_of_a_connection_may_depend_on_the_neurons():
    G = cells(6)
    C = Connection(G, G, "V", weight=1*mV, sparseness=lambda i, j: 1.0*(i == j))
    np.testing.assert_allclose(C.dense(), 1e-3 * np.eye(6))
