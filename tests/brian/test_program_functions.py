"""Functions of the program in equations, thresholds and resets."""

import gc
import weakref

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab.errors import NeurolabError, ParseError, UnitsError
from neurolab.model.compilation import compile_model


def test_a_function_and_its_formula_give_the_same():
    def drive(v):
        return v * v / (3 * mV)

    with_function = NeuronGroup(2, "dV/dt = (drive(V) - V)/(4*ms) : volt", order=2)
    with_formula = NeuronGroup(2, "dV/dt = (V*V/(3*mV) - V)/(4*ms) : volt", order=2)
    for G in (with_function, with_formula):
        G.V = [1, 4] * mV
    Network(with_function, with_formula).run(3 * ms)
    assert np.asarray(with_function.V) == pytest.approx(np.asarray(with_formula.V), rel=1e-12)


def test_thresholds_resets_and_static_equations_can_call_functions():
    def level(t):
        return 2 * mV + t * (1 * mV / ms)

    def half(v):
        return v / 2

    G = NeuronGroup(
        2,
        "dV/dt = 3*mV/ms : volt\nx = half(V) : volt",
        threshold="V > level(t)",
        reset="V = half(V)",
    )
    M, S = StateMonitor(G, "x", record=True), SpikeMonitor(G)
    Network(G, M, S).run(1.5 * ms)
    # 3 mV/ms (t + dt) > 2 mV + 1 mV/ms t for the first time at t = 0.9 ms
    assert float(S[0][0]) == pytest.approx(0.9e-3)
    assert float(M[0][9]) * 1e3 == pytest.approx(3.0 / 4)


def test_a_function_sees_one_value_for_each_neuron():
    shapes = set()

    def watch(v):
        shapes.add(np.shape(v))
        return v

    G = NeuronGroup(3, "dV/dt = 1*mV/ms : volt", threshold="watch(V) > 5*mV", reset="V = 0*mV")
    Network(G).run(2 * ms)
    assert shapes == {(1,), (3,)}  # one sample when the units are checked


def test_the_functions_of_equations_are_those_of_the_place_where_they_are_written():
    def equations():
        def gain(v):
            return 2 * v

        return Equations("dV/dt = gain(V)/(4*ms) : volt")

    G = NeuronGroup(1, equations(), method="euler")
    G.V = 1 * mV
    Network(G).run(0.1 * ms)
    assert float(G.V[0]) * 1e3 == pytest.approx(1 + 2 * 0.1 / 4)


def test_units_of_functions_are_checked():
    def gate(v):
        return v / (3 * mV)

    with pytest.raises(UnitsError, match="cannot be subtracted"):
        NeuronGroup(1, "dV/dt = (gate(V) - V)/(4*ms) : volt")


def test_a_function_that_fails_says_so_with_its_place():
    def broken(v):
        return {}[0]

    with pytest.raises(ParseError, match=r"dV/dt.*'broken' fails"):
        NeuronGroup(1, "dV/dt = broken(V)/(4*ms) : volt")


def test_a_text_alone_cannot_call_a_function():
    with pytest.raises(ParseError, match="'print' is not a function"):
        compile_model("dV/dt = print(V)/tau : volt")


def test_no_cache_keeps_a_programs_functions_alive():
    class Gate:
        def __call__(self, v):
            return v

    def reference_to_used_gate():
        gate = Gate()
        equations = Equations("dV/dt = gate(V)/(4*ms) : volt", gate=gate)
        NeuronGroup(1, equations, threshold="V > 1*mV")
        return weakref.ref(gate)

    reference = reference_to_used_gate()
    gc.collect()
    assert reference() is None


def test_a_function_that_is_not_called_is_refused_as_a_value():
    with pytest.raises(NeurolabError, match="do not use 'gate'"):
        Equations("dV/dt = -V/(4*ms) : volt", gate=abs)
