"""All that is random in a network, drawn anew after each seed."""

from neurolab import *


def spikes(number):
    seed(number)
    tau, sigma = 10 * ms, 3 * mV
    P = PoissonGroup(30, rates=50 * Hz)
    G = NeuronGroup(
        30, model="dV/dt = -V/tau + sigma*(2/tau)**0.5*xi : volt", threshold=5 * mV, reset=0 * mV
    )
    C = Connection(
        P, G, "V", sparseness=0.3, weight=lambda: rand() * 4 * mV, delay=(0 * ms, 3 * ms)
    )
    G.V = randn(30) * mV
    S = SpikeMonitor(G)
    run(100 * ms)
    return [(i, float(t)) for i, t in S.spikes]


first, again, other = spikes(1), spikes(1), spikes(2)
