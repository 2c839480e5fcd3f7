"""The script API: groups, connections, monitors and run as the tutorial uses them, and errors that teach."""

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab import NeurolabError
from neurolab.errors import ArgumentError, RangeError, ShapeError, UnitsError, UnknownNameError


@pytest.fixture(autouse=True)
def fresh_clock():
    reinit_default_clock()


def two_groups(n_inputs=2, n_neurons=3):
    tau = 10 * ms
    inputs = SpikeGeneratorGroup(n_inputs, [(0, 1 * ms)])
    return inputs, NeuronGroup(n_neurons, "dV/dt = -V/tau : volt\ndge/dt = -ge/tau : volt")


def plain(value):
    return np.asarray(value).tolist()


def test_sources_fire_all_their_spikes_beside_an_operation():
    inputs = SpikeGeneratorGroup(2, [(0, 1 * ms), (1, 2 * ms), (0, 4 * ms)])
    S = SpikeMonitor(inputs)
    steps = []

    @network_operation
    def count():
        steps.append(1)

    run(5 * ms)
    assert [(neuron, round(float(time) * 1e3, 9)) for neuron, time in S.spikes] == [
        (0, 1.0),
        (1, 2.0),
        (0, 4.0),
    ]
    assert len(steps) == 50


def test_times_divided_by_ms_are_a_plain_array():
    inputs, cells = two_groups()
    monitor = StateMonitor(cells, "V", record=True)
    Network(monitor).run(1 * ms)
    assert type(monitor.times / ms) is np.ndarray
    np.testing.assert_allclose(monitor.times / ms, np.arange(10) * 0.1)
    assert type(monitor[0] / mV) is np.ndarray


def test_a_second_run_goes_on_from_the_first():
    inputs, cells = two_groups()
    C = Connection(inputs, cells, "V", weight=5 * mV)
    M = StateMonitor(cells, "V", record=True)
    run(0.5 * ms)
    run(1 * ms)
    assert len(M.times) == 15
    assert M.values[0, 10] / mV == pytest.approx(5)


def test_new_objects_begin_at_zero_after_an_earlier_run():
    for _ in range(2):
        inputs, cells = two_groups()
        C = Connection(inputs, cells, "V", weight=5 * mV)
        M = StateMonitor(cells, "V", record=True)
        run(2 * ms)
        assert M.times[0] / ms == 0
        assert M[0][10] / mV == pytest.approx(5)


@pytest.mark.parametrize(
    "spiketimes",
    [
        [(0, 1 * ms), (1, 2 * ms), (0, 2 * ms)],
        [([0, 1], 2 * ms), (0, 1 * ms)],
        np.array([[0, 0.001], [1, 0.002], [0, 0.002]]),
        (np.array([0, 1, 0]), np.array([1, 2, 2]) * ms),
        ([0, 1, 0], [1 * ms, 2 * ms, 2 * ms]),
        ((i, t * ms) for i, t in ((0, 1), (1, 2), (0, 2))),
        lambda: [(0, 1 * ms), (1, 2 * ms), (0, 2 * ms)],
    ],
    ids=["list", "several neurons", "array", "two arrays", "two lists", "generator", "function"],
)
def test_spike_times_may_be_given_in_every_form(spiketimes):
    G = SpikeGeneratorGroup(2, spiketimes)
    S = SpikeMonitor(G)
    run(3 * ms)
    assert [(i, round(float(t) * 1e4)) for i, t in S.spikes] == [(0, 10), (0, 20), (1, 20)]


def test_weights_can_be_set_by_entry_slice_matrix_and_function():
    inputs, cells = two_groups()
    C = Connection(inputs, cells, "ge")
    C[0, 1] = 2 * mV
    C[1, :] = [1, 2, 3] * mV
    assert plain(C[:, :]) == [[0, 0.002, 0], [0.001, 0.002, 0.003]]
    C[1, 1:] = 4 * mV
    C.connect_full(inputs[0:1], cells, weight=lambda i, j: (i + j) * mV)
    np.testing.assert_allclose(plain(C[:, :]), [[0, 0.001, 0.002], [0.001, 0.004, 0.004]])
    C.connect(W=np.ones((2, 3)) * mV)
    np.testing.assert_allclose(plain(C[:, :]), np.full((2, 3), 0.001))


def test_subgroups_count_from_their_own_first_neuron():
    cells = two_groups(n_neurons=5)[1]
    first, second = cells.subgroup(2), cells.subgroup(3)
    second.V = [1, 2, 3] * mV
    assert plain(cells.V) == [0, 0, 0.001, 0.002, 0.003]
    C = Connection(first, second, "V", weight=1 * mV)
    assert C.shape == (2, 3)
    with pytest.raises(RangeError, match="only 0 neurons are left"):
        cells.subgroup(1)


@pytest.mark.parametrize(
    ("action", "kind", "message"),
    [
        (
            lambda i, c: Connection(i, c, "ge").connect(W=np.ones((3, 2)) * mV),
            ShapeError,
            r"weights have shape|values have shape \(3, 2\). The shape must be \(2, 3\) = \(source, target\).*transpose",
        ),
        (
            lambda i, c: Connection(i, c, "gx"),
            UnknownNameError,
            "'gx' is not a state variable.*variables are V, ge",
        ),
        (
            lambda i, c: Connection(i, c, "V").__setitem__((2, 0), 1 * mV),
            RangeError,
            "source neuron 2.*between 0 and 1",
        ),
        (
            lambda i, c: Connection(i, c, "V").__setitem__((0, 0), 1 * ms),
            UnitsError,
            r"has dimension second. It must have dimension volt",
        ),
        (
            lambda i, c: Connection(i, c, "V").__setitem__((0, 0), float("nan") * mV),
            RangeError,
            "infinite or not a number",
        ),
        (lambda i, c: Connection(i, c, "V", delay=-1 * ms), RangeError, "must be 0 or more"),
        (lambda i, c: Connection(c, i, "V"), ArgumentError, "no state variables"),
        (
            lambda i, c: SpikeGeneratorGroup(2, [(2, 1 * ms)]),
            RangeError,
            "Neuron 2 has a spike time but does not exist. Give a neuron between 0 and 1",
        ),
        (
            lambda i, c: SpikeGeneratorGroup(2, [(0, -1 * ms)]),
            RangeError,
            "-1 ms. Give times of 0 ms or later",
        ),
        (lambda i, c: SpikeGeneratorGroup(2, [(0, 1 * mV)]), UnitsError, "dimension volt"),
        (lambda i, c: SpikeGeneratorGroup(2, "abc"), NeurolabError, "cannot be read"),
        (lambda i, c: SpikeGeneratorGroup(0, []), RangeError, "N is 0"),
        (
            lambda i, c: setattr(c, "V", 3 * ms),
            UnitsError,
            "has dimension second. It must have dimension volt",
        ),
        (
            lambda i, c: setattr(c, "V", [1, 2] * mV),
            ShapeError,
            r"shape \(2,\). The shape must be \(3,\)",
        ),
        (lambda i, c: setattr(c, "Vx", 3 * mV), UnknownNameError, "'Vx' is not a variable"),
        (lambda i, c: StateMonitor(c, "Vx"), UnknownNameError, "'Vx' is not a variable"),
        (lambda i, c: StateMonitor(c, "V", record=[3]), RangeError, "Neuron 3"),
        (lambda i, c: StateMonitor(c, "V", record=[0])[1], RangeError, "Neuron 1 was not recorded"),
        (
            lambda i, c: NeuronGroup(1, "dV/dt = -V/tau_zz : volt"),
            UnknownNameError,
            "'tau_zz' is not known",
        ),
        (
            lambda i, c: NeuronGroup(1, "dV/dt = -V/(1*ms) : volt", threshold=3 * ms),
            UnitsError,
            "cannot be compared",
        ),
        (
            lambda i, c: NeuronGroup(1, "dV/dt = -V/(0*ms) : volt").prepare(1e-4),
            RangeError,
            "divide",
        ),
        (lambda i, c: Network(c).run(3 * mV), UnitsError, "Give a time"),
        (lambda i, c: Network(3), UnknownNameError, "cannot be simulated"),
    ],
)
def test_wrong_use_is_an_error_that_says_what_was_expected(action, kind, message):
    with pytest.raises(kind, match=message):
        action(*two_groups())


def test_quantities_of_different_dimension_cannot_be_added_or_compared():
    with pytest.raises(UnitsError, match=r"1.0 mV \(volt\) and 1.0 ms \(second\) cannot be added"):
        mV + ms
    with pytest.raises(UnitsError, match="cannot be compared"):
        mV < ms
    with pytest.raises(UnitsError, match="exp"):
        exp(3 * mV)


def test_a_blow_up_names_the_variable_and_the_time_and_keeps_what_was_recorded():
    tau = 0.1 * ms
    G = NeuronGroup(1, "dx/dt = x*x*x/tau : 1")
    G.x = 10
    M = StateMonitor(G, "x", record=True)
    with pytest.raises(NeurolabError, match=r"x of neuron 0 grew beyond all bounds by t = .* ms"):
        run(50 * ms)
    assert M[0][0] > 10


def test_poisson_neurons_fire_at_their_rate():
    seed(1)
    P = PoissonGroup(1000, rates=40 * Hz)
    S = SpikeMonitor(P)
    run(200 * ms)
    assert S.nspikes == pytest.approx(8000, abs=4 * 8000**0.5)


def test_a_network_operation_is_called_after_every_step_and_sees_the_state():
    inputs, cells = two_groups()
    C = Connection(inputs, cells, "V", weight=5 * mV)
    seen = []

    @network_operation
    def look():
        seen.append(float(cells.V[0]))

    run(2 * ms)
    assert len(seen) == 20
    assert seen[9:11] == [0, pytest.approx(0.005)]


def test_star_import_shadows_no_builtin():
    import builtins

    import neurolab

    assert not set(neurolab.__all__) & set(dir(builtins))


def test_each_synapse_may_have_a_delay_of_its_own():
    tau = 5 * ms
    G = SpikeGeneratorGroup(2, [(0, 1 * ms), (1, 1 * ms)])
    H = NeuronGroup(3, "dV/dt = -V/tau : volt")
    C = Connection(G, H, "V", weight=2 * mV, delay=True)
    C.delay[0, :] = [1, 2, 3] * ms
    C.delay[1, 1] = 0.5 * ms
    M = StateMonitor(H, "V", record=True)
    run(2 * ms)
    run(3 * ms)  # some spikes are under way between the runs
    jumps = [(M.times / ms)[1:][np.diff(M[i] / mV) > 1].round(6).tolist() for i in range(3)]
    assert jumps == [[1.0, 2.0], [1.5, 3.0], [1.0, 4.0]]
    assert plain(C.delay[:, 1]) == [0.002, 0.0005]
    with pytest.raises(RangeError, match="A delay is -1 ms"):
        C.delay[0, 0] = -1 * ms


def test_random_delays_lie_between_their_ends_and_stay():
    G, H = two_groups(n_inputs=30, n_neurons=30)
    C = Connection(G, H, "V", weight=1 * mV, delay=(1 * ms, 3 * ms))
    drawn = np.asarray(C.delay[:, :])
    assert 0.001 <= drawn.min() < 0.0012
    assert 0.0028 < drawn.max() <= 0.003
    np.testing.assert_array_equal(drawn, np.asarray(C.delay[:, :]))


def test_static_equations_can_be_recorded_and_parameters_differ_between_neurons():
    E = 5 * mV
    G = NeuronGroup(2, "dV/dt = I/tau : volt\nI = E - V : volt\ntau : second")
    G.tau = [5, 10] * ms
    M, current = StateMonitor(G, "V", record=True), StateMonitor(G, "I", record=True)
    run(10 * ms)
    np.testing.assert_allclose(M.values[:, -1] / mV, 5 * (1 - np.exp([-2, -1])), rtol=1e-12)
    np.testing.assert_allclose((M[1] + current[1]) / mV, 5, rtol=1e-12)
    assert plain(G.I) == pytest.approx(plain(current.values[:, -1]))


def test_time_in_equations_is_the_time_of_the_step():
    tau = 1 * ms
    G = NeuronGroup(1, "dx/dt = t/tau**2 : 1")
    M = StateMonitor(G, "x", record=True)
    run(1 * ms)
    np.testing.assert_allclose(
        M[0], np.cumsum(np.arange(10)) * 0.1 * 0.1, rtol=1e-12
    )  # Euler: Σ t dt


def test_white_noise_makes_an_ornstein_uhlenbeck_process_of_the_right_spread():
    """dx/dt = -x/tau + s (2/tau)^½ xi has standard deviation s in the long run."""
    seed(3)
    tau, s = 5 * ms, 2.0
    G = NeuronGroup(4000, "dx/dt = -x/tau + s*(2/tau)**0.5*xi : 1")
    run(50 * ms)
    # Euler–Maruyama widens it by 1/(1 - dt/2tau)^½ = 1.005; the sample's own spread is 1.1 %
    assert np.std(np.asarray(G.x)) == pytest.approx(2.0 * 1.005, rel=0.04)


def test_the_clock_put_back_gives_the_same_spikes_again():
    G = SpikeGeneratorGroup(1, [(0, 1 * ms)])
    S = SpikeMonitor(G)
    run(2 * ms)
    reinit_default_clock()
    run(2 * ms)
    assert S.nspikes == 2


def test_objects_that_only_a_notebooks_history_still_holds_do_not_take_part():
    old = two_groups()[1]
    old_monitor = StateMonitor(old, "V", record=True)
    Out, _3 = {3: old_monitor}, old_monitor
    del old, old_monitor
    inputs, cells = two_groups()
    run(1 * ms)
    assert len(Out[3].times) == 0


def test_objects_in_lists_and_dictionaries_take_part():
    inputs, cells = two_groups()
    monitors = {"all": [StateMonitor(cells, "V", record=True)]}
    run(1 * ms)
    assert len(monitors["all"][0].times) == 10


def test_a_threshold_on_the_time_alone_is_crossed_by_all():
    tau = 5 * ms
    G = NeuronGroup(3, "dV/dt = -V/tau : volt", threshold="t > 0.85*ms", reset="V = 0*mV")
    S = SpikeMonitor(G)
    run(1 * ms)
    assert [neuron for neuron, _ in S.spikes] == [0, 1, 2]


@pytest.mark.parametrize(
    "action",
    [
        lambda: SpikeGeneratorGroup(1, [(0, 1 * ms)], period=1e17 * second).prepare(1e-4),
        lambda: Network(two_groups()[1]).run(1e300 * second),
    ],
)
def test_times_beyond_all_steps_are_refused(action):
    with pytest.raises(NeurolabError, match="too long a time"):
        action()


def test_an_empirical_threshold_suppresses_spikes_and_lets_the_variable_go_on():
    G = NeuronGroup(
        1,
        "dV/dt = (20*mV - V)/(4*ms) : volt",
        threshold=EmpiricalThreshold(6 * mV, refractory=2 * ms),
        reset=0 * mV,
    )
    M, S = StateMonitor(G, "V", record=True), SpikeMonitor(G)
    Network(G, M, S).run(8 * ms)
    steps = [round(float(time) * 1e4) for _, time in S.spikes]
    first = (
        int(np.ceil(-40 * np.log(1 - 6 / 20))) - 1
    )  # the first step after which V lies above 6 mV
    assert steps == [first, first + 20, first + 40, first + 60]
    since = np.arange(20)
    np.testing.assert_allclose(
        np.asarray(M[0])[first : first + 20], 0.02 * (1 - np.exp(-since / 40)), rtol=0, atol=1e-15
    )


@pytest.mark.parametrize(
    "options",
    [
        {"threshold": EmpiricalThreshold(6 * mV), "reset": Refractoriness(0 * mV)},
        {"threshold": EmpiricalThreshold(6 * mV), "reset": 0 * mV, "refractory": 3 * ms},
        {"threshold": 6 * mV, "reset": Refractoriness(0 * mV), "refractory": 3 * ms},
    ],
)
def test_of_several_refractory_periods_none_is_ignored(options):
    with pytest.raises(ArgumentError, match=r"Several refractory periods are given\. Give one"):
        NeuronGroup(1, "dV/dt = (20*mV - V)/(4*ms) : volt", **options)
