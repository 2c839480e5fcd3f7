"""Noise, refractoriness, a delay and random connections in one network, against the naive loop with the same numbers."""

import numpy as np
import pytest

import neurolab
from tests.correctness import naive
from tests.correctness.test_against_naive import IMPORT, outputs
from tests.correctness.test_recorded_programs import assert_spikes_equal, assert_traces_agree

PROGRAM = (
    IMPORT
    + """
import numpy as np
draw = np.random.RandomState(7)
N = 12
G = NeuronGroup(N, model='dV/dt = (9*mV - V)/(10*ms) + 2*mV*(2/(10*ms))**0.5*xi : volt',
                threshold=10*mV, reset=0*mV, refractory={refractory}*ms)
G.V = draw.rand(N)*9*mV
weights = np.where(draw.rand(N, N) < 0.3, 2.0, 0.0) - np.where(draw.rand(N, N) < 0.1, 4.0, 0.0)
C = Connection(G, G, 'V', delay={delay}*ms)
C.connect(G, G, weights*mV)
M = StateMonitor(G, 'V', record=True)
S = SpikeMonitor(G)
run(30*ms)
outputs = {{'M': M, 'S': S}}
"""
)


@pytest.mark.parametrize(("refractory", "delay"), [(0, 0), (2, 0), (2, 1.5), (0.7, 0.3), (5, 2)])
def test_noise_refractoriness_a_delay_and_random_connections_agree_with_the_naive_loop(
    refractory, delay, monkeypatch
):
    text = PROGRAM.format(refractory=refractory, delay=delay)
    monkeypatch.setattr(
        naive, "noise", np.random.Generator(np.random.PCG64(3)).standard_normal, raising=True
    )
    expected = outputs(text, naive.__name__)
    neurolab.seed(3)
    found = outputs(text, "neurolab")
    assert len(expected["S"].spikes) > 10
    assert_spikes_equal(found["S"], expected["S"].spikes)
    traces = {
        "times": np.array(expected["M"].times),
        **{str(i): expected["M"][i] for i in expected["M"].neurons},
    }
    assert_traces_agree(found["M"], traces, 1e-9)
