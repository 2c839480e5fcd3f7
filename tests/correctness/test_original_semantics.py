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
    tau = 10 * ms
    return NeuronGroup(n, "dV/dt = -V/tau : volt")


def plain(values):
    return np.asarray(values).tolist()


def test_a_weight_function_that_gives_one_value_is_called_for_each_pair():
    G = cells()
    C = Connection(G, G, "V")
    C.connect_full(weight=lambda i, j: 5 * mV if i == j else 1 * mV)
    np.testing.assert_allclose(np.asarray(C[:, :]), 1e-3 * (1 + 4 * np.eye(4)))
    C.connect_full(weight=lambda i, j: rand() * mV)
    assert len(np.unique(np.asarray(C[:, :]))) == 16


def test_a_weight_function_is_called_with_a_number_and_an_array_where_it_can():
    G, asked = cells(3), []

    def weight(i, j):
        asked.append((i, plain(j)))
        return j * mV if i else 0 * j * mV

    C = Connection(G, G, "V", weight=weight)
    assert asked == [(0, [0, 1, 2]), (1, [0, 1, 2]), (2, [0, 1, 2])]
    np.testing.assert_allclose(
        np.asarray(C[:, :]), 1e-3 * np.array([[0, 0, 0], [0, 1, 2], [0, 1, 2]])
    )


def test_a_delay_function_of_two_indices_is_called_for_each_pair():
    G = cells(2)
    C = Connection(G, G, "V", weight=1 * mV, delay=lambda i, j: 2 * ms if i == j else 1 * ms)
    assert plain(C.delay[:, :]) == [[2e-3, 1e-3], [1e-3, 2e-3]]


def test_a_weight_may_be_a_matrix():
    G = cells(2)
    C = Connection(G, G, "V", weight=array([[1, 2], [3, 4]]) * mV)
    np.testing.assert_allclose(np.asarray(C[:, :]), [[1e-3, 2e-3], [3e-3, 4e-3]])
    np.testing.assert_allclose(C.W.todense(), [[1e-3, 2e-3], [3e-3, 4e-3]])


@pytest.mark.parametrize(
    "connect",
    [
        lambda C: C.connect_full(),
        lambda C: C.connect_one_to_one(),
        lambda C: C.connect_random(p=1.0),
    ],
    ids=["full", "one to one", "random"],
)
def test_a_weight_that_is_not_given_is_1_where_that_is_a_weight(connect):
    tau = 10 * ms
    G, H = NeuronGroup(2, "dx/dt = -x/tau : 1"), cells(2)
    C = Connection(G, G, "x")
    connect(C)
    assert C[1, 1] == 1
    with pytest.raises(NeurolabError, match=r"The weight is missing. Give one in volt"):
        connect(Connection(H, H, "V"))


def test_the_fourth_argument_of_a_connection_is_its_delay():
    source, H = SpikeGeneratorGroup(1, [(0, 1 * ms)]), cells(1)
    C = Connection(source, H, "V", 2 * ms, structure="dense", max_delay=5 * ms)
    C[0, 0] = 3 * mV
    M = StateMonitor(H, "V", record=True)
    run(4 * ms)
    assert np.flatnonzero(np.asarray(M[0]))[0] == 30
    with pytest.raises(NeurolabError, match="strucure"):
        Connection(source, H, "V", strucure="dense")


def test_delays_may_be_set_for_parts_of_a_connection():
    G = cells(4)
    C = Connection(G, G, 0, weight=1 * mV, delay=True)
    C.delay[:] = 1 * ms
    C.set_delays(G[2:], G[:1], 3 * ms)
    np.testing.assert_allclose(np.asarray(C.delay[:, 0]), [1e-3, 1e-3, 3e-3, 3e-3])
    C.connect_full(G[:1], G[1:2], weight=2 * mV, delay=(4 * ms, 5 * ms))
    assert 4e-3 <= float(C.delay[0, 1]) <= 5e-3
    assert float(C.delay[0, 2]) == 1e-3


def test_a_fixed_random_connection_gives_each_target_as_many_sources():
    G, H = cells(40), cells(20)
    C = Connection(G, H, "V")
    C.connect_random(G, H, 0.25, 1 * mV, fixed=True)
    assert set(np.count_nonzero(C.dense(), axis=0)) == {10}


def test_the_probability_of_a_connection_may_depend_on_the_neurons():
    G = cells(6)
    C = Connection(G, G, "V", weight=1 * mV, sparseness=lambda i, j: 1.0 * (i == j))
    np.testing.assert_allclose(C.dense(), 1e-3 * np.eye(6))


def test_equations_take_the_values_of_their_names_where_they_are_made():
    tau = 5 * ms
    eqs = Equations("dV/dt = -V/tau : volt")
    tau = 10 * ms

    def made(T):
        return Equations("dw/dt = -w/T : volt")

    G = NeuronGroup(1, eqs + made(2 * ms))
    G.V = G.w = 1 * mV
    run(1 * ms)
    assert (G.V[0] / mV, G.w[0] / mV) == (pytest.approx(np.exp(-0.2)), pytest.approx(np.exp(-0.5)))


def test_equations_that_are_made_twice_keep_their_own_names_and_values():
    def current(tau, name):
        return Equations("dI/dt = -I/tau : amp", I=name)

    G = NeuronGroup(1, current(5 * ms, "Ia") + current(2 * ms, "Ib"))
    G.Ia = G.Ib = 1 * nA
    run(1 * ms)
    assert (G.Ia[0] / nA, G.Ib[0] / nA) == (
        pytest.approx(np.exp(-0.2)),
        pytest.approx(np.exp(-0.5)),
    )


def test_a_name_that_has_no_value_where_the_equations_are_made_takes_it_from_where_the_group_is():
    eqs = Equations(["dV/dt = -V/tau_late : volt"])
    tau_late = 5 * ms
    assert NeuronGroup(1, eqs).namespace == {"tau_late": 5 * ms}


@pytest.mark.parametrize("options", [{"order": 2}, {"implicit": True}, {"order": 1}])
def test_linear_equations_stay_exact_whatever_the_order(options):
    tau = 10 * ms
    G = NeuronGroup(1, "dV/dt = -V/tau : volt", **options)
    G.V = 1 * mV
    run(1 * ms)
    assert G.V[0] / mV == pytest.approx(np.exp(-0.1), rel=1e-14)


@pytest.mark.parametrize(
    ("options", "factor"),
    [
        ({"method": "nonlinear"}, 1 - 0.01),
        ({"method": "nonlinear", "order": 2}, 1 - 0.01 + 0.01**2 / 2),
        ({"method": "nonlinear", "implicit": True}, np.exp(-0.01)),
    ],
    ids=["euler", "midpoint", "exponential euler"],
)
def test_equations_called_nonlinear_are_not_integrated_exactly(options, factor):
    tau = 10 * ms
    G = NeuronGroup(1, "dV/dt = -V/tau : volt", **options)
    G.V = 1 * mV
    run(0.1 * ms)
    assert G.V[0] / mV == pytest.approx(factor, rel=1e-14)


def test_implicit_means_exponential_euler_for_equations_that_are_not_linear():
    tau = 10 * ms
    G = NeuronGroup(1, "dx/dt = -x*y/tau : 1\ndy/dt = -x*y/tau : 1", implicit=True)
    G.x, G.y = 1, 2
    run(0.1 * ms)
    assert (G.x[0], G.y[0]) == (
        pytest.approx(np.exp(-0.02), rel=1e-14),
        pytest.approx(2 * np.exp(-0.01), rel=1e-14),
    )


def test_a_run_covers_a_step_that_is_only_begun():
    G = cells(1)
    M = StateMonitor(G, "V", record=True)
    run(0.25 * ms)
    assert len(M.times) == 3


def test_resets_and_connections_may_act_on_parameters():
    tau = 10 * ms
    source = SpikeGeneratorGroup(1, [(0, 1 * ms)])
    H = NeuronGroup(
        1,
        "dV/dt = (I - V)/tau : volt\nI : volt\nn : 1",
        threshold=10 * mV,
        reset="V = 0*mV; n += 1",
    )
    C = Connection(source, H, "I", weight=20 * mV)
    S = SpikeMonitor(H)
    run(30 * ms)  # 20 mV from 1 ms on: period of 70 steps, as 10 ms ln 2 = 6.93 ms
    assert steps(S) == [80, 150, 220, 290]
    assert H.n[0] == 4


def test_a_driven_parameter_keeps_the_values_it_had():
    tau = 10 * ms
    H = NeuronGroup(2, "I : volt\ndV/dt = (I - V)/tau : volt\nJ : volt")
    H.I, H.J, H.V = [1, 2] * mV, [3, 4] * mV, 5 * mV
    C = Connection(SpikeGeneratorGroup(1, [(0, 0 * ms)]), H, "I", weight=1 * mV)
    assert Connection(H, H).state == "V"
    run(0.2 * ms)
    np.testing.assert_allclose([np.asarray(H.I), np.asarray(H.J)], [[2e-3, 3e-3], [3e-3, 4e-3]])


def test_a_model_of_parameters_alone_fires_once():
    G = NeuronGroup(1, "V : 1", threshold=-1.0, reset=-2.0)
    S = SpikeMonitor(G)
    run(1 * ms)
    assert steps(S) == [0]


def test_threshold_and_reset_may_be_functions():
    tau = 10 * ms

    def reset(P, spikes):
        P.V[spikes] = 1 * mV

    G = NeuronGroup(
        2, "dV/dt = (20*mV - V)/tau : volt", threshold=lambda v: v > 10 * mV, reset=reset
    )
    S = SpikeMonitor(G[0:1])
    run(15 * ms)
    assert steps(S) == [69, 69 + int(100 * np.log(19 / 10)) + 1]


def test_a_threshold_function_of_all_states_and_a_reset_of_plain_numbers():
    tau = 10 * ms

    def reset(P, spikes):
        P.V_[spikes] = 0.0
        P.w_[spikes] += 5e-3

    G = NeuronGroup(
        1,
        "dV/dt = (20*mV - V)/tau : volt\ndw/dt = 0*volt/second : volt",
        threshold=lambda V, w: 10 * mV + w < V,
        reset=reset,
    )
    S = SpikeMonitor(G)
    run(30 * ms)  # 10 ms ln 2, then 10 ms ln 4 later; at 20 mV it never arrives
    assert steps(S) == [69, 69 + 139]


@pytest.mark.parametrize(
    ("as_objects", "as_text"),
    [
        (
            {"threshold": Threshold(10 * mV, state="V"), "reset": Reset(1 * mV, state="V")},
            {"threshold": "V > 10*mV", "reset": "V = 1*mV"},
        ),
        (
            {"threshold": VariableThreshold("Vt", "V"), "reset": VariableReset("Vr", "V")},
            {"threshold": "V > Vt", "reset": "V = Vr"},
        ),
        (
            {"threshold": 10 * mV, "reset": Refractoriness(1 * mV, 5 * ms, state="V")},
            {"threshold": 10 * mV, "reset": 1 * mV, "refractory": 5 * ms},
        ),
        (
            {"threshold": StringThreshold("V > 9*mV"), "reset": StringReset("V = 2*mV; w += 1*mV")},
            {"threshold": "V > 9*mV", "reset": "V = 2*mV; w += 1*mV"},
        ),
        ({"threshold": NoThreshold(), "reset": NoReset()}, {}),
    ],
    ids=["values", "variables", "refractoriness", "texts", "none"],
)
def test_thresholds_and_resets_as_objects_mean_what_the_texts_mean(as_objects, as_text):
    tau, found = 10 * ms, []
    for options in (as_objects, as_text):
        G = NeuronGroup(
            1,
            "dw/dt = -w/tau : volt\ndV/dt = (20*mV - V + w)/tau : volt\nVt : volt\nVr : volt",
            **options,
        )
        G.Vt, G.Vr = 11 * mV, 3 * mV
        M = StateMonitor(G, "V", record=True)
        Network(G, M).run(30 * ms)
        found.append(plain(M[0]))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "equations",
    [
        "dx/dt = -x/tau + xi/tau**0.5 : 1\ndy/dt = -y/tau + xi/tau**0.5 : 1",
        "dx/dt = -x/tau + n : 1\ndy/dt = -y/tau + n : 1\nn = xi/tau**0.5 : hertz",
    ],
    ids=["itself", "through a static equation"],
)
def test_noise_is_independent_between_the_equations_of_a_neuron(equations):
    seed(1)
    tau = 10 * ms
    G = NeuronGroup(5000, equations)
    run(5 * ms)
    assert abs(np.corrcoef(np.asarray(G.x), np.asarray(G.y))[0, 1]) < 0.06
    np.testing.assert_allclose([np.std(G.x), np.std(G.y)], np.sqrt((1 - np.exp(-1)) / 2), rtol=0.04)


def test_names_of_numpy_and_units_that_programs_use_are_there():
    assert concatenate([array([1.0]), maximum([1, 3], 2)]).tolist() == [1, 2, 3]
    assert (float(1 * umetre2), float(2 * cm3), float(3 * gram)) == pytest.approx(
        (1e-12, 2e-6, 3e-3)
    )
    seed(3)
    first = [uniform(0, 1), normal(0, 1), randint(0, 10)]
    seed(3)
    assert [uniform(0, 1), normal(0, 1), randint(0, 10)] == first


def test_a_poisson_group_fires_at_a_rate_that_is_set_later():
    P = PoissonGroup(100, rates=0 * Hz)
    S = SpikeMonitor(P)
    P.rate = 1000 * Hz
    run(10 * ms)
    assert 850 < S.nspikes < 1150


def test_a_group_is_gone_through_neuron_by_neuron():
    G = cells(3)
    G.V = [1, 2, 3] * mV
    assert [plain(neuron.V) for neuron in G] == [[1e-3], [2e-3], [3e-3]]


def test_a_variable_is_the_array_itself_by_each_of_its_names():
    G = cells(2)
    G.V_[0], G.state("V")[1] = 1e-3, 2 * mV
    np.testing.assert_allclose(G.state_("V"), [1e-3, 2e-3])


@pytest.mark.parametrize("window", ["gaussian", "flat"])
def test_a_smooth_rate_keeps_the_number_of_spikes(window):
    R = PopulationRateMonitor(SpikeGeneratorGroup(1, [(0, 50 * ms)]))
    run(100 * ms)
    smooth = np.asarray(R.smooth_rate(5 * ms, filter=window))
    assert len(smooth) == 1000
    assert smooth.sum() * 1e-4 == pytest.approx(1)
    assert np.argmax(smooth) == 500 or window == "flat" and smooth[500] == pytest.approx(200)
    assert smooth.max() == pytest.approx(
        200 if window == "flat" else 1e4 / (50 * np.sqrt(2 * np.pi)), rel=0.05
    )
