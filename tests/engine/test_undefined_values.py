"""A formula that has no value stops the run, and the message names it, the values it was given, the neuron and the time."""

import numpy as np
import pytest

from neurolab import *
from neurolab.errors import BlowUpError, NeurolabError, NoValueError

SINGULAR = "a = 0.01*(25*mV - V)/(exp((25*mV - V)/(10*mV)) - 1)/mV : 1\ndn/dt = a*(1 - n)/ms : 1"
RISES = "dV/dt = 1*mV/ms : volt\n"
AT_25 = r"line 2 \(a\): '0.01\*\(25\*mV - V\)/.*' is 0/0, which has no value, where V = 25 mV \(neuron 1, t = 0 ms\)"

CASES = {
    "0/0 by Euler": ("dV/dt = 0*mV/ms : volt\n" + SINGULAR, {}, AT_25),
    "0/0 by the midpoint rule": ("dV/dt = 0*mV/ms : volt\n" + SINGULAR, {"method": "rk2"}, AT_25),
    "0/0 by Runge-Kutta": ("dV/dt = 0*mV/ms : volt\n" + SINGULAR, {"method": "rk4"}, AT_25),
    "0/0 by exponential Euler": (
        "dV/dt = 0*mV/ms : volt\n" + SINGULAR,
        {"method": "exponential_euler"},
        AT_25,
    ),
    "a division by 0": (
        RISES + "dn/dt = (25*mV/(V - 25*mV))*(1 - n)/ms : 1",
        {},
        r"divides by 0 .* where V = 25 mV",
    ),
    "a logarithm": (
        "dV/dt = -log(V/mV - 25)*mV/ms : volt",
        {},
        r"log is given a value that is not positive where V = 0 mV",
    ),
    "a root": (
        RISES + "dn/dt = sqrt(0.5 - n)/ms - 99/ms*(0 > n) + 9/ms : 1",
        {},
        r"sqrt is given a negative value where n =",
    ),
    "a power": (
        RISES + "dn/dt = (0.5 - n)**0.5/ms + 9/ms : 1",
        {},
        r"'0.5 - n' is negative, and .* is no real number",
    ),
    "a reset": (
        RISES + "w : volt",
        {"threshold": "V > 10*mV", "reset": "V = 1*mV*(w/w)"},
        r"reset: 'w/w' is 0/0",
    ),
    "a linear equation": (
        "dV/dt = -V/tau : volt\ntau : second",
        {},
        r"'-V/tau' is 0/0.*divides by tau, which is 0\) where tau = 0 ms",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_formula_that_has_no_value_is_named(case):
    model, options, message = CASES[case]
    G = NeuronGroup(2, model, **options)
    G.V = [0, 25] * mV
    with pytest.raises(NoValueError, match=message) as caught:
        Network(G).run(3 * ms)
    assert "smaller dt" not in str(caught.value)


def test_a_formula_that_only_grows_is_told_apart():
    G = NeuronGroup(1, "dx/dt = x*x/ms : 1")
    G.x = 100
    with pytest.raises(
        BlowUpError,
        match=r"x of neuron 0 grew beyond all bounds .*'x\*x' is too large a number.*smaller dt",
    ):
        Network(G).run(5 * ms)


def test_a_part_that_is_infinite_may_leave_the_whole_finite():
    G = NeuronGroup(1, "dV/dt = -V/(1 + exp(-V/(0.001*mV)))/ms : volt")
    G.V = -1000 * mV
    Network(G).run(1 * ms)
    assert float(G.V[0]) == -1


def test_a_static_equation_without_a_value_is_neither_recorded_nor_read_in_silence():
    G = NeuronGroup(1, "dV/dt = 0*mV/ms : volt\na = V/V : 1")
    with pytest.warns(NeurolabWarning, match="'V/V' is 0/0"):
        assert np.isnan(np.asarray(G.a)).all()
    with pytest.raises(
        NeurolabError, match=r"line 2 \(a\): 'V/V' is 0/0, which has no value, .* where V = 0 mV"
    ):
        Network(G, StateMonitor(G, "a", record=True)).run(1 * ms)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("V > 1*mV & V < 3*mV", "Put each condition in brackets"),
        ("(V > 1*mV) & 3", "'3' is not a condition"),
        ("~V", "'V' is not a condition"),
        ("(V > 1*mV) ^ (V < 3*mV)", "cannot stand in a formula"),
    ],
)
def test_signs_between_what_is_no_condition_are_refused(text, message):
    with pytest.raises(NeurolabError, match=message):
        NeuronGroup(1, "dV/dt = -V/(5*ms) : volt", threshold=text, reset="V = 0*mV")


@pytest.mark.parametrize(
    ("signs", "words"),
    [
        ("(V > 1*mV) & (t > 2*ms)", "V > 1*mV and t > 2*ms"),
        ("(V > 9*mV) | ~(t < 2*ms)", "V > 9*mV or not t < 2*ms"),
    ],
)
def test_signs_between_conditions_are_words(signs, words):
    counts = []
    for threshold in (signs, words):
        G = NeuronGroup(
            2, "dV/dt = (12*mV - V)/(5*ms) : volt", threshold=threshold, reset="V = 0*mV"
        )
        S = SpikeMonitor(G)
        Network(G, S).run(20 * ms)
        counts.append([(i, round(float(t) * 1e7)) for i, t in S.spikes])
    assert counts[0] == counts[1] != []


def test_infinity_is_a_bound_without_a_unit_and_a_time_constant_that_never_ends():
    tau = inf * second
    G = NeuronGroup(1, "dV/dt = clip(5*mV - V, 0, Inf)/(1*ms) : volt\ndx/dt = -x/tau : 1")
    G.x = 2
    Network(G).run(30 * ms)
    assert float(G.V[0]) == pytest.approx(0.005, rel=1e-6)
    assert G.x[0] == 2


EXPLODES = "dV/dt = 80*mV/ms*exp(exp(V/mV) - 1) : volt"
HIDDEN = {
    "the reset of the same step": (EXPLODES, {"threshold": "V > 10*mV", "reset": "V = 0*mV"}),
    "the reset of another variable's spike": (
        EXPLODES + "\ndw/dt = 1*mV/ms : volt",
        {"threshold": "w > 0.05*mV", "reset": "V = 0*mV; w = 0*mV"},
    ),
}


@pytest.mark.parametrize("case", HIDDEN)
@pytest.mark.parametrize("with_operation", [False, True])
def test_an_infinite_value_is_an_error_even_if_a_reset_follows_in_the_same_step(
    case, with_operation
):
    model, options = HIDDEN[case]
    G = NeuronGroup(1, model, **options)
    G.V = 8 * mV
    network = Network(G, StateMonitor(G, "V", record=True))
    if with_operation:
        network.add(network_operation(lambda: None))
    with pytest.raises(BlowUpError, match="V of neuron 0 grew beyond all bounds by t = 0 ms"):
        network.run(1 * ms)


SIDES = {
    "a threshold": (RISES, {"threshold": "log(V/mV) > 99", "reset": "V = 0*mV"}),
    "one condition of two": (
        RISES,
        {"threshold": "(V > 99*mV) | (log(V/mV) > 99)", "reset": "V = 0*mV"},
    ),
    "a factor in an equation": ("dV/dt = (sqrt(V/mV) > 2)*mV/ms : volt", {}),
}


@pytest.mark.parametrize("case", SIDES)
def test_a_side_of_a_comparison_without_a_value_stops_the_run(case):
    model, options = SIDES[case]
    G = NeuronGroup(2, model, **options)
    G.V = [5, -5] * mV
    with pytest.raises(
        NoValueError, match=r"'(log|sqrt)\(V/mV\)' has no value.*neuron 1, t = 0 ms"
    ):
        Network(G).run(1 * ms)


def test_a_number_that_is_too_large_compares_as_it_should():
    G = NeuronGroup(1, "dV/dt = -V/(5*ms) : volt", threshold="exp(V/mV) > 5", reset="V = 0*mV")
    G.V = 5000 * mV
    S = SpikeMonitor(G)
    Network(G, S).run(1 * ms)
    assert S.nspikes == 1


def test_a_static_equation_that_divides_by_0_is_not_recorded_in_silence():
    G = NeuronGroup(1, "dV/dt = -V/(5*ms) : volt\nI = 1*mV/(V/mV) : volt")
    with pytest.raises(NoValueError, match=r"line 2 \(I\): '1\*mV/\(V/mV\)' divides by 0"):
        Network(G, StateMonitor(G, "I", record=True)).run(1 * ms)
