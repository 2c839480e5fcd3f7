"""One neuron, computed with Python's numbers, equals many neurons, computed with arrays."""

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab.errors import NeurolabError

MODELS = {
    "synaptic conductance": """dV/dt = (-70*mV - V + ge*(0*mV - V))/(10*ms) : volt
                               dge/dt = (0.3 - ge)/(5*ms) : 1""",
    "exponential": """dV/dt = (-V + 2*mV*exp((V - 5*mV)/(2*mV)) + I)/(10*ms) : volt
                      I : volt
                      dge/dt = -ge*V/(5*ms)/mV : 1""",
    "conditions": """dV/dt = ((V < 3*mV)*4*mV - V)/(10*ms)*clip(t/ms, 0, 2) : volt
                     dge/dt = sin(t/ms)*x/ms : 1
                     x = floor(3*V/mV)*abs(sin(t/ms)) : 1""",
}


@pytest.mark.parametrize("name", MODELS)
def test_one_neuron_equals_each_of_two(name):
    traces = []
    for size in (1, 2):
        G = NeuronGroup(size, MODELS[name])
        if "I" in G.model.parameters:
            G.I = 3 * mV
        M = StateMonitor(G, "V", record=True)
        E = StateMonitor(G, "ge", record=True)
        Network(G, M, E).run(30 * ms)
        traces.append((np.asarray(M[0]), np.asarray(E[0])))
    for one, two in zip(*traces):
        np.testing.assert_allclose(one, two, rtol=1e-13, atol=0)


@pytest.mark.parametrize(
    "equation",
    ["dx/dt = x**3/ms : 1", "dx/dt = 1/(x - 1)/ms : 1", "dx/dt = exp(1000*x)/ms : 1"],
)
def test_a_formula_without_a_value_is_refused_in_the_same_words(equation):
    messages = []
    for size in (1, 2):
        G = NeuronGroup(size, equation)
        G.x = 1
        with pytest.raises(NeurolabError) as caught:
            Network(G).run(100 * ms)
        messages.append(str(caught.value).replace(f"({size})", "(N)"))
    assert messages[0] == messages[1]


def test_a_parameter_that_an_operation_changes_counts_at_once():
    G = NeuronGroup(1, "dx/dt = k*x*x/ms + k/ms : 1\nk : 1")
    M = StateMonitor(G, "x", record=True)

    @network_operation(when="start")
    def change():
        G.k = 0 if defaultclock.t > 0.5 * ms else 1

    Network(G, change, M).run(1 * ms)
    assert M[0][-1] == M[0][6]
    assert M[0][3] > M[0][2]
