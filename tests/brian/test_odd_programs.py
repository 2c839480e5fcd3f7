"""Programs that are odd but mean something, and programs that mean nothing: the former run, the latter are told why not."""

import math
from functools import partial

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab.errors import (
    ArgumentError,
    NeurolabError,
    ParseError,
    RangeError,
    ShapeError,
    UnitsError,
)

tau = 5 * ms


@pytest.fixture(autouse=True)
def fresh_clock():
    defaultclock.dt = 0.1 * ms
    reinit_default_clock()


def two_groups(n_inputs=2, n_neurons=3):
    return (
        SpikeGeneratorGroup(n_inputs, [(0, 1 * ms)]),
        NeuronGroup(n_neurons, "dV/dt = -V/tau : volt\ndge/dt = -ge/tau : volt"),
    )


def plain(value):
    return np.asarray(value, dtype=float).tolist()


def test_a_condition_in_an_equation_counts_one_or_zero():
    Vt = 2 * mV
    G = NeuronGroup(2, "dV/dt = -(V > Vt)*V/tau : volt\ns = V > Vt : 1\ncurrent = -s*V : volt")
    G.V = [1, 4] * mV
    M, N = StateMonitor(G, "V", record=True), StateMonitor(G, "current", record=True)
    run(5 * ms)
    assert plain(M[0] / mV) == pytest.approx([1] * 50)
    decay = 4 * 0.98 ** np.arange(1, 51)
    stays = decay[decay <= 2][0]
    np.testing.assert_allclose(M[1] / mV, np.maximum(decay, stays))
    np.testing.assert_allclose(N[1] / mV, np.where(decay > 2, -decay, 0))


@pytest.mark.parametrize(
    ("threshold", "reset"),
    [
        ("V > 1*mV/x", None),
        ("V > 1*mV/y", None),
        ("V > 1*mV", "V = 1*mV/x"),
        ("V > 1*mV", "V = t*mV/x/ms"),
    ],
)
def test_a_threshold_or_reset_that_divides_by_0_is_an_error_of_ours(threshold, reset):
    x, y = 0, array([0.0])[0]
    G = NeuronGroup(1, "dV/dt = 1*mV/ms : volt", threshold=threshold, reset=reset)
    with pytest.raises(NeurolabError):
        run(3 * ms)


@pytest.mark.parametrize("formula", ["k**0.5", "(k - 1)**0.25", "k**-0.5"])
def test_a_root_of_a_negative_number_is_an_error_and_no_complex_number(formula):
    k = -2.0
    G = NeuronGroup(1, f"dx/dt = {formula}/tau : 1")
    with pytest.raises(RangeError, match=r"is negative, and.*no real number"):
        run(1 * ms)


def test_noise_in_a_static_equation_has_no_value_to_look_at():
    G = NeuronGroup(1, "dx/dt = -x/tau + n : 1\nn = xi*tau**-0.5 : second**-1\ny = 2*x : 1")
    run(1 * ms)
    assert np.isfinite(G.x).all()
    assert np.isfinite(G.y).all()
    with pytest.raises(NeurolabError, match=r"'n' holds noise \(xi\) and has no value"):
        G.n
    with pytest.raises(NeurolabError, match="noise"):
        StateMonitor(G, "n", record=True)


def test_the_programs_own_e_and_pi_are_meant_where_it_has_them():
    def slope(**names):
        known = {}
        exec("from neurolab import *", known)
        known.update(names)
        exec("G = NeuronGroup(1, 'dx/dt = e*pi/second : 1')\nrun(10*ms)", known)
        return float(known["G"].x[0]) / 0.01

    assert slope() == pytest.approx(math.e * math.pi)
    assert slope(e=3.0) == pytest.approx(3 * math.pi)
    assert slope(e=3, pi=2.0) == pytest.approx(6)
    assert slope(e="something else") == pytest.approx(math.e * math.pi)


def test_an_e_with_a_unit_is_checked_as_any_name():
    e = 1.6e-19 * coulomb
    G = NeuronGroup(1, "dQ/dt = e/tau : coulomb")
    run(5 * ms)
    assert float(G.Q[0]) == pytest.approx(1.6e-19)
    with pytest.raises(UnitsError, match="right-hand side of x"):
        NeuronGroup(1, "dx/dt = e/tau : 1")


def test_a_group_is_the_sequence_of_its_neurons():
    inputs, cells = two_groups()
    cells.V = [1, 2, 3] * mV
    assert [float(one.V[0]) for one in cells] == pytest.approx([0.001, 0.002, 0.003])
    assert [one.span for one in cells[1:3]] == [(1, 2), (2, 3)]
    assert len(list(inputs)) == 2
    assert cells[-1].span == (2, 3)


@pytest.mark.parametrize(
    "index",
    ["V", slice("a", 2), 1.5, None, 3, -4, slice(2, 2), slice(5, 9), slice(0, 3, 2), (0, 1)],
)
def test_what_names_no_range_of_neurons_is_refused(index):
    with pytest.raises(RangeError):
        two_groups()[1][index]


@pytest.mark.parametrize(
    "rule",
    [
        lambda i, j, w=2 * mV: w,
        lambda i, j: 2 * mV,
        lambda: 2 * mV,
        lambda w=2 * mV: w,
        partial(lambda w, i, j: w, 2 * mV),
        lambda i, j: 2 * mV if i < j else (1 + 1) * mV,
        lambda i, j: math.sqrt(4) * mV + 0 * i * mV,
    ],
)
def test_a_weight_may_be_any_function_of_two_indices_or_of_nothing(rule):
    inputs, cells = two_groups()
    C = Connection(inputs, cells, "V", weight=rule)
    np.testing.assert_allclose(plain(C[:, :]), np.full((2, 3), 0.002))


def test_a_function_that_asks_for_single_indices_or_draws_is_called_for_each_pair():
    inputs, cells = two_groups(3, 3)
    C = Connection(inputs, cells, "V")
    C.connect_full(weight=lambda i, j: 3 * mV if i == j else 0 * mV)
    np.testing.assert_array_equal(plain(C[:, :]), np.eye(3) * 0.003)
    C.connect_full(weight=lambda i, j: rand() * mV)
    assert len(np.unique(C.dense())) == 9


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (lambda i, j, k: 1 * mV, r"needs 3 values. Give a function of \(i, j\)"),
        (lambda i: 1 * mV, "needs 1 value."),
        (lambda i, j: 1 * ms, "has dimension second"),
        (lambda: None, "has dimension"),
        (lambda i, j: "a", "The function returns 'a'"),
        (lambda i, j: 1 * mV if i else 1 * ms, "in second and in volt"),
    ],
)
def test_a_function_that_gives_no_weight_is_refused(rule, message):
    inputs, cells = two_groups()
    with pytest.raises(NeurolabError, match=message):
        Connection(inputs, cells, "V", weight=rule)


def test_delays_of_no_synapse_are_no_delays():
    inputs, cells = two_groups()
    C = Connection(inputs, cells, "V", weight=1 * mV, delay=True)
    C.delay[0:0, :] = 3 * ms
    C.delay[[], 1] = [] * ms
    C[0:0, :] = 5 * mV
    run(2 * ms)
    assert plain(C.delay[:, :]) == [[0] * 3] * 2
    assert plain(cells.V)[0] > 0


def test_a_delay_that_a_function_draws_stays():
    inputs, cells = two_groups(5, 5)
    C = Connection(inputs, cells, "V", weight=1 * mV, delay=lambda: rand() * ms)
    drawn = plain(C.delay[:, :])
    C[0, 0] = 2 * mV
    assert plain(C.delay[:, :]) == drawn
    assert len(np.unique(drawn)) == 25


def test_an_entry_of_one_delay_for_all_is_refused_in_words():
    inputs, cells = two_groups()
    C = Connection(inputs, cells, "V", weight=1 * mV, delay=2 * ms)
    with pytest.raises(NeurolabError, match=r"no entry .*0.002 s. It is one value"):
        C.delay[0, 1] = 1 * ms


def test_lists_of_quantities_are_quantities():
    inputs, cells = two_groups()
    cells.V = [1 * mV, 0, 3 * mV]
    assert plain(cells.V) == pytest.approx([0.001, 0, 0.003])
    C = Connection(inputs, cells, "V")
    C[0, :] = [1 * mV, 2 * mV, 3 * mV]
    C.connect(cells and inputs[1:2], cells, [[4 * mV, 5 * mV, 0 * mV]])
    np.testing.assert_allclose(plain(C[:, :]), [[0.001, 0.002, 0.003], [0.004, 0.005, 0]])
    P = PoissonGroup(2, rates=[3 * Hz, 4 * Hz])
    with pytest.raises(UnitsError, match="in second and in volt"):
        cells.V = [1 * mV, 1 * ms, 1 * mV]
    with pytest.raises(UnitsError, match="not a list of numbers"):
        cells.V = [1 * mV, "2", 3 * mV]
    with pytest.raises(NeurolabError):
        C.connect(W=[[1 * mV], [1 * mV, 2 * mV, 3 * mV]])


def test_a_weight_may_be_a_matrix():
    inputs, cells = two_groups()
    C = Connection(inputs, cells, "V", weight=array([[1, 2, 3], [4, 5, 6]]) * mV)
    np.testing.assert_allclose(plain(C[:, :]), [[0.001, 0.002, 0.003], [0.004, 0.005, 0.006]])
    with pytest.raises(ShapeError, match=r"\(3, 2\). The shape must be \(2, 3\)"):
        Connection(inputs, cells, "V", weight=np.ones((3, 2)) * mV)


def test_options_that_only_tune_the_original_are_accepted_and_others_refused():
    inputs, cells = two_groups()
    Connection(inputs, cells, "V", weight=1 * mV, delay=True, max_delay=5 * ms, structure="dense")
    with pytest.raises(ArgumentError, match="'wieght' is not an option"):
        Connection(inputs, cells, "V", wieght=1 * mV)


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("dreset/dt = 1/tau : 1", "cannot be called reset"),
        ("dx/dt = 1/tau : 1\nmodel : volt", "cannot be called model"),
        ("d_x/dt = 1/tau : 1", "The name _x begins with _"),
    ],
)
def test_a_variable_cannot_have_a_name_that_groups_use(model, message):
    with pytest.raises(ParseError, match=message):
        NeuronGroup(1, model)


@pytest.mark.parametrize(
    "action",
    [
        lambda i, c: Connection(i, c, "V").connect(3, 4, np.ones((2, 3)) * mV),
        lambda i, c: Connection(i, c, "V").connect_full("a"),
        lambda i, c: Connection(i, c, "V")["a":2, 0],
        lambda i, c: Connection(i, c, "V", sparseness="a"),
        lambda i, c: c.subgroup(1.5),
        lambda i, c: c.subgroup("a"),
        lambda i, c: NeuronGroup(1, "dx/dt = 1/tau : 1", order=3),
        lambda i, c: NeuronGroup(1, "dx/dt = 1/tau : 1", method=3),
        lambda i, c: NeuronGroup(1, "dx/dt = 1/tau : 1", clock=3),
        lambda i, c: PoissonGroup(2, rates="fast"),
        lambda i, c: PoissonGroup(2, rates=[1, 2, 3] * Hz),
        lambda i, c: Clock(dt=0 * ms),
        lambda i, c: Clock(t=-1 * ms),
        lambda i, c: reinit_default_clock(3 * mV),
        lambda i, c: Network(i, [c, 3]),
        lambda i, c: setattr(c, "V", {1: 2}),
        lambda i, c: run("10 ms"),
        lambda i, c: NeuronGroup(1, [1, 2]),
        lambda i, c: seed("a"),
        lambda i, c: seed(-1),
        lambda i, c: seed(1.5),
        lambda i, c: network_operation(3),
        lambda i, c: PoissonGroup(1, rates=lambda t, s: 1 * Hz),
        lambda i, c: Connection(i, c, "V", delay=(2 * ms, 1 * ms)),
    ],
)
def test_wrong_use_is_an_error_of_ours(action):
    with pytest.raises(NeurolabError):
        action(*two_groups())


def test_a_group_says_whether_it_has_a_variable():
    cells = two_groups()[1]
    assert hasattr(cells, "V")
    assert hasattr(cells[0:1], "ge")
    assert not hasattr(cells, "Vx")
    assert not hasattr(cells[0:1], "Vx")
    assert getattr(cells, "Vx", 7) == 7


def test_objects_say_what_they_are():
    inputs, cells = two_groups()
    C = Connection(inputs, cells, "V")
    named = [
        repr(each)
        for each in (
            inputs,
            cells[0:2],
            C,
            StateMonitor(cells, "V"),
            SpikeCounter(cells),
            Clock(dt=0.5 * ms),
        )
    ]
    assert named == [
        "SpikeGeneratorGroup(2)",
        "Subgroup(2)",
        "Connection(SpikeGeneratorGroup(2) → NeuronGroup(3), 'V')",
        "StateMonitor(NeuronGroup(3), 'V')",
        "SpikeCounter(NeuronGroup(3))",
        "Clock: t = 0 ms, dt = 0.5 ms",
    ]


def test_rates_may_be_a_function_of_nothing():
    P = PoissonGroup(100, rates=lambda: 1 * kHz)
    S = SpikeMonitor(P)
    run(10 * ms)
    assert 800 < S.nspikes < 1200
