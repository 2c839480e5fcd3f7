"""Synapses: how they are made, read and set, how events act, and what is refused in words."""

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
    NotReadyError,
    OutOfRangeError,
    ParseError,
    RangeError,
    UndefinedNameError,
    UnitsError,
    UnknownAttributeError,
)
from neurolab.experiment.from_objects import experiment_from_objects


def ends(sources=2, targets=2, spikes=((0, 1), (1, 3))):
    return (
        SpikeGeneratorGroup(sources, [(i, t * ms) for i, t in spikes]),
        NeuronGroup(targets, "V : volt"),
    )


def weighted(source, target, **options):
    S = Synapses(source, target, model="w : volt", pre="V += w", **options)
    S[:, :] = True
    return S


def volts(group):
    return (np.asarray(group.V) * 1e3).round(9).tolist()


def test_synapses_are_equal_to_a_connection_with_the_same_weights():
    found = []
    for kind in ("connection", "synapses"):
        src = SpikeGeneratorGroup(
            5, [(i, (1 + 2 * i + 7 * k) * ms) for i in range(5) for k in range(5)]
        )
        cell = NeuronGroup(3, "dV/dt = -V/(8*ms) : volt", threshold=9 * mV, reset=0 * mV)
        weights = np.array([[1.0 + ((3 * i + 5 * j) % 7) for j in range(3)] for i in range(5)])
        if kind == "connection":
            link = Connection(src, cell, "V", delay=1.5 * ms)
            link.connect(src, cell, weights * mV)
        else:
            link = weighted(src, cell)
            link.w = weights.ravel() * mV
            link.delay = 1.5 * ms
        M, F = StateMonitor(cell, "V", record=True), SpikeMonitor(cell)
        Network(src, cell, link, M, F).run(50 * ms)
        assert F.nspikes > 3
        found.append((np.asarray(M.values), F.spikes))
    np.testing.assert_allclose(found[0][0], found[1][0], rtol=1e-12, atol=1e-18)
    assert found[0][1] == found[1][1]


def test_the_pair_rule_by_synapses_is_exponential_stdp():
    seed(2)
    src = PoissonGroup(20, rates=40 * Hz)
    record = SpikeMonitor(src)
    Network(src, record).run(400 * ms)
    found = []
    for kind in ("rule", "synapses"):
        inputs = SpikeGeneratorGroup(20, record.spikes)
        cell = NeuronGroup(1, "dge/dt = -ge/(5*ms) : 1", threshold="ge > 0.35", reset="ge = 0")
        if kind == "rule":
            C = Connection(inputs, cell, "ge", weight=0.1)
            rule = ExponentialSTDP(C, 20 * ms, 20 * ms, 0.1, -0.105, wmax=0.2)
            Network(inputs, cell, C, rule).run(400 * ms)
            found.append(C.todense()[:, 0])
        else:
            tau, wmax = 20 * ms, 0.2
            S = Synapses(
                inputs,
                cell,
                model="""w : 1
                         da/dt = -a/tau : 1 (event-driven)
                         db/dt = -b/tau : 1 (event-driven)""",
                pre="ge += w; a += 0.1*wmax; w = clip(w + b, 0, wmax)",
                post="b -= 0.105*wmax; w = clip(w + a, 0, wmax)",
            )
            S[:, :] = True
            S.w = 0.1
            Network(inputs, cell, S).run(400 * ms)
            found.append(S.w[:])
    assert np.ptp(found[0]) > 0.02
    np.testing.assert_allclose(found[0], found[1], rtol=1e-10)


def test_code_that_changes_the_target_acts_for_each_synapse_also_from_the_targets_spikes():
    """Brian 1 counts the last synapse only."""
    src = SpikeGeneratorGroup(3, [])
    push = SpikeGeneratorGroup(1, [(0, 1 * ms)])
    cell = NeuronGroup(1, "V : volt\ncount : 1", threshold="V > 5*mV", reset="V = 0*mV")
    force = Connection(push, cell, "V", weight=6 * mV)
    S = Synapses(src, cell, model="w : 1", post="count += w")
    S[:, :] = True
    S.w = [1, 2, 4]
    Network(src, push, cell, force, S).run(3 * ms)
    assert cell.count[0] == 7


def test_several_pathways_have_delays_of_their_own():
    src, cell = ends(1, 1, ((0, 1),))
    S = Synapses(src, cell, model="w : volt", pre=["V += w", "V += 10*w"])
    S[:, :] = True
    S.w = 1 * mV
    S.delay[0][:] = 1 * ms
    S.delay[1][0, 0] = 2 * ms
    M = StateMonitor(cell, "V", record=True)
    Network(src, cell, S, M).run(5 * ms)
    assert (np.asarray(M[0]) * 1e3)[[19, 20, 29, 30]].round(9).tolist() == [0, 1, 1, 11]
    with pytest.raises(ArgumentError, match=r"several pathways.*S.delay\[0\]"):
        S.delay = 1 * ms


def test_a_delay_of_three_tenths_is_three_steps():
    src, cell = ends(1, 4, ((0, 1),))
    S = weighted(src, cell)
    S.w = 1 * mV
    S.delay = "(0.3 + 0.3*j)*ms"
    M = StateMonitor(cell, "V", record=True)
    Network(src, cell, S, M).run(5 * ms)
    first = [int((np.asarray(M[j]) > 0).argmax()) for j in range(4)]
    assert first == [13, 16, 19, 22]


def test_events_on_their_way_meet_the_weight_of_their_arrival_in_the_next_run():
    src, cell = ends(1, 1, ((0, 1),))
    S = weighted(src, cell)
    S.w = 1 * mV
    S.delay = 3 * ms
    network = Network(src, cell, S)
    network.run(2 * ms)
    S.w = 5 * mV
    network.run(3 * ms)
    assert volts(cell) == [5]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(1, 40)), min_size=1, max_size=20, unique=True
    ),
    st.sampled_from(["V += w", "V = 0.5*V + w", "V += w; w *= 0.9", "V *= 0.5; V += w"]),
)
def test_events_of_a_step_act_one_after_the_other(spikes, code):
    src = SpikeGeneratorGroup(4, [(i, step * 0.5 * ms) for i, step in spikes])
    cell = NeuronGroup(2, "V : 1")
    S = Synapses(src, cell, model="w : 1", pre=code)
    S[:, :] = True
    S.w = "1 + i + 0.3*j"
    Network(src, cell, S).run(30 * ms)
    V, w = np.zeros(2), {(i, j): 1 + i + 0.3 * j for i in range(4) for j in range(2)}
    for _, i in sorted((step, i) for i, step in spikes):
        for j in range(2):
            if code.startswith("V = "):
                V[j] = 0.5 * V[j] + w[i, j]
            elif code.startswith("V *="):
                V[j] = V[j] * 0.5 + w[i, j]
            else:
                V[j] += w[i, j]
                w[i, j] *= 0.9 if "0.9" in code else 1
    np.testing.assert_allclose(cell.V, V, rtol=1e-12)
    np.testing.assert_allclose(S.w[:], [w[i, j] for i in range(4) for j in range(2)], rtol=1e-12)


def test_short_term_plasticity_by_synapses_is_the_rule():
    times = [2, 12, 22, 32, 80]
    found = []
    for kind in ("rule", "synapses"):
        src = SpikeGeneratorGroup(1, [(0, t * ms) for t in times])
        cell = NeuronGroup(1, "V : volt")
        if kind == "rule":
            link = Connection(src, cell, "V", weight=10 * mV)
            rule = STP(link, taud=60 * ms, tauf=25 * ms, U=0.3)
            Network(src, cell, link, rule).run(100 * ms)
        else:
            link = Synapses(
                src,
                cell,
                model="""w : volt
                         dx/dt = (1-x)/(60*ms) : 1 (event-driven)
                         du/dt = (0.3-u)/(25*ms) : 1 (event-driven)""",
                pre="V += w*u*x; x *= 1 - u; u += 0.3*(1 - u)",
            )
            link[:, :] = True
            link.w, link.x, link.u = 10 * mV, 1, 0.3
            Network(src, cell, link).run(100 * ms)
        found.append(float(cell.V[0]))
    assert found[0] == pytest.approx(found[1], rel=1e-12)


def test_the_sum_over_synapses_is_that_of_the_step_before():
    src = SpikeGeneratorGroup(2, [(0, 1 * ms), (1, 1 * ms)])
    cell = NeuronGroup(2, "dV/dt = g/ms : 1\ng : 1")
    S = Synapses(src, cell, model="y : 1", pre="y += 1")
    S[:, 0] = True
    cell.g = S.y
    M, G = StateMonitor(cell, "V", record=True), StateMonitor(cell, "g", record=True)
    Network(src, cell, S, M, G).run(2 * ms)
    assert G[0][9:11].tolist() == [0, 2]
    assert np.asarray(M[0])[[10, 11]] == pytest.approx([0, 0.2])
    assert not np.any(G[1])


def test_the_sum_may_have_the_name_of_the_variable_that_it_sets():
    cell = NeuronGroup(3, "dv/dt = (0.5 - v + Igap)/(10*ms) : 1\nIgap : 1")
    cell.v = [0, 1, 3]
    S = Synapses(cell, model="w : 1\nIgap = w*(v_pre - v_post) : 1")
    S[:, :] = "i != j"
    S.w = 0.2
    cell.Igap = S.Igap
    Network(cell, S).run(1 * ms)
    assert np.allclose(cell.Igap, 0.2 * (np.sum(cell.v) - 3 * cell.v))


def test_making_synapses():
    src, cell = ends(4, 4, ())
    S = Synapses(src, cell, model="w : 1")
    S[0, 1] = True
    S[1, :] = 2
    S[2:4, array([0, 3])] = "i != j"
    S[3, 3] = 1.0
    S[2, 2] = 0.0
    S[src[2:4], cell[2:4]] = "(i + j) % 2 == 0"
    pairs = list(zip(S.presynaptic.tolist(), S.postsynaptic.tolist()))
    assert pairs[:1] == [(0, 1)]
    assert pairs[1:9] == [(1, j) for j in range(4)] * 2
    assert pairs[9:] == [(2, 0), (2, 3), (3, 0), (3, 3), (2, 2), (3, 3)]
    assert len(S) == 15
    assert S.synapse_index((3, 3)).tolist() == [12, 14]


def test_probabilities_make_about_as_many_synapses():
    seed(1)
    src, cell = ends(60, 50, ())
    for value in (0.2, "rand() < 0.2", "rand(n) < 0.2"):
        S = Synapses(src, cell, model="w : 1")
        S[:, :] = value
        assert 600 - 110 < len(S) < 600 + 110
        S.w = "randn() + 2*rand()"
        assert abs(np.mean(S.w[:]) - 1) < 0.25


def test_reading_and_setting_values():
    src, cell = ends(3, 2, ())
    S = Synapses(src, cell, model="w : volt\nk : 1", pre="V += w")
    S[:, :] = True
    S.w = "(i + 10*j)*mV"
    assert S.w[1, 1].shape == (1,)
    assert float(S.w[3] / mV) == pytest.approx(11)
    assert float(S.w[2, 1, 0] / mV) == pytest.approx(12)
    assert np.asarray(S.w[:, :] / mV).tolist() == pytest.approx([0, 1, 2, 10, 11, 12])
    S.w[1:3, :] = 5 * mV
    S.w[0, :] *= 0
    S.w[:] += 1 * mV
    assert np.asarray(S.w[:] / mV).tolist() == pytest.approx([1, 1, 6, 6, 6, 6])
    S.k = "w/mV + rand()*0"
    assert S.k[:].tolist() == pytest.approx([1, 1, 6, 6, 6, 6])
    assert S.k.to_matrix().shape == (3, 2)
    assert S.state("k") is not None
    assert array(S.k).tolist() == pytest.approx([1, 1, 6, 6, 6, 6])


REFUSED = [
    (
        lambda S, src, cell: S.__setitem__((0, 0), False),
        RangeError,
        "synapses cannot be taken away",
    ),
    (lambda S, src, cell: S.__setitem__((0, 0), 0), RangeError, "0 synapses were asked for"),
    (lambda S, src, cell: S.__setitem__((0, 0), 1.5), RangeError, "probability is 1.5"),
    (lambda S, src, cell: S.__setitem__((0, 0), "0.5"), RangeError, "write rand\\(\\) < 0.1"),
    (lambda S, src, cell: S.__setitem__((0, 0), "w > 1"), UndefinedNameError, "'w' is not known"),
    (lambda S, src, cell: S.__setitem__((0, 9), True), OutOfRangeError, "target neurons between"),
    (lambda S, src, cell: S.__setitem__(0, True), OutOfRangeError, "two indices"),
    (lambda S, src, cell: S.__setitem__((0, 0), [[1]]), ArgumentError, "cannot be made by a list"),
    (lambda S, src, cell: setattr(S, "w", 1), UnitsError, "must have dimension volt"),
    (lambda S, src, cell: setattr(S, "w", "i*second"), UnitsError, "is in second"),
    (lambda S, src, cell: setattr(S, "w", "1/i*mV"), NeurolabError, "no finite value|divides"),
    (lambda S, src, cell: setattr(S, "w", [1, 2] * mV), NeurolabError, "shape"),
    (lambda S, src, cell: setattr(S, "weight", 1 * mV), UnknownAttributeError, "cannot be set"),
    (lambda S, src, cell: setattr(S, "delay", -1 * ms), RangeError, "0 ms or more"),
    (lambda S, src, cell: setattr(S, "delay", 7 * ms), RangeError, "longer than max_delay"),
    (lambda S, src, cell: S.delay_post, NotReadyError, "no code post"),
    (lambda S, src, cell: S.w[99], OutOfRangeError, "names no synapse"),
    (lambda S, src, cell: S.w.to_matrix("mean"), ArgumentError, "multiple_synapses"),
    (lambda S, src, cell: setattr(src, "g", S.w), UnknownAttributeError, "cannot be set"),
    (lambda S, src, cell: setattr(NeuronGroup(1, "g : volt"), "g", S.w), ArgumentError, "target"),
]


@pytest.mark.parametrize(("use", "error", "words"), REFUSED)
def test_a_use_that_cannot_be_is_refused_in_words(use, error, words):
    src, cell = ends()
    S = weighted(src, cell, max_delay=5 * ms)
    with pytest.raises(error, match=words) as caught:
        use(S, src, cell)
    assert isinstance(caught.value, NeurolabError)


WRONG_CODE = [
    ({"pre": "V += w"}, UnitsError, "gives V a value in 1"),
    ({"pre": "V_pre += 1*mV"}, ParseError, "changes a variable of the source"),
    ({"pre": "z += 1"}, ParseError, "changes z, which is no variable"),
    ({"pre": "w += gain"}, UndefinedNameError, "'gain' is not known"),
    ({"pre": "w += scaled_post"}, NotAvailableError, "static equation of the neurons"),
    ({"pre": "w += 1 if w else 2"}, ParseError, "cannot stand in a formula"),
    ({"pre": "open('x')"}, ParseError, "is not a statement"),
    ({"pre": "lastupdate = 1*ms"}, ParseError, "changes lastupdate"),
    ({"model": "V : 1", "pre": "V += 1"}, ParseError, "of the synapses and of the target"),
    ({"model": "delay : second"}, ParseError, "S.delay = 2\\*ms"),
    ({"model": "w : 1 (event-driven)"}, ParseError, "cannot be event-driven"),
    ({"model": "dx/dt = -x**2/ms : 1 (event-driven)"}, ParseError, "not linear in x"),
    (
        {"model": "dx/dt = -x/ms : 1 (event-driven)\ndy/dt = (x-y)/ms : 1 (event-driven)"},
        ParseError,
        "depends on x, which changes between events",
    ),
    ({"model": "dx/dt = V/mV/ms : 1 (event-driven)"}, ParseError, "depends on V"),
    ({"model": "dx/dt = -x : 1"}, UnitsError, "divide by a time constant"),
]


@pytest.mark.parametrize(("options", "error", "words"), WRONG_CODE)
def test_a_model_or_code_that_cannot_be_is_refused_in_words(options, error, words):
    source = NeuronGroup(2, "V : volt")
    target = NeuronGroup(2, "V : volt\nscaled = V/mV : 1")
    with pytest.raises(error, match=words):
        Synapses(source, target, **{"model": "w : 1", **options})


def test_values_cannot_be_set_before_there_are_synapses():
    src, cell = ends()
    S = Synapses(src, cell, model="w : volt", pre="V += w")
    with pytest.raises(NotReadyError, match="There are no synapses yet"):
        S.w = 1 * mV


def test_a_run_without_any_synapse_says_so():
    src, cell = ends()
    S = Synapses(src, cell, model="w : volt", pre="V += w")
    with pytest.warns(NeurolabWarning, match="no synapses were made"):
        Network(src, cell, S).run(1 * ms)


def test_a_value_that_is_no_number_stops_the_run():
    src, cell = ends(1, 1, ((0, 1),))
    S = Synapses(src, cell, model="w : 1", pre="w = log(w - 1)")
    S[:, :] = True
    with pytest.raises(BlowUpError, match=r"w of synapse 0 became not a number at 1 ms"):
        Network(src, cell, S).run(3 * ms)


def test_an_experiment_refuses_synapses():
    src, cell = ends()
    S = weighted(src, cell)
    with pytest.raises(NotAvailableError, match="have code of their own"):
        experiment_from_objects(src, cell)


def test_run_takes_synapses_and_their_monitors():
    src, cell = ends()
    S = weighted(src, cell)
    S.w = 2 * mV
    W = StateMonitor(S, "w", record=[1, 3], timestep=5)
    run(4 * ms)
    assert W.values.shape == (2, 8)
    assert volts(cell) == [4, 4]


def test_a_text_is_never_evaluated_by_python():
    src, cell = ends()
    S = weighted(src, cell)
    for text in ("__import__('os').getcwd()", "i.__class__", "[i for i in (1,)]", "exec('1')"):
        with pytest.raises(NeurolabError):
            S.w = text
        with pytest.raises(NeurolabError):
            S[:, :] = text
