"""Neurons with drives from weak to strong, and every monitor that counts."""

from neurolab import *

N = 50
tau = 10 * ms
eqs = """
dv/dt = (v0 - v)/tau : volt
v0                   : volt
"""
G = NeuronGroup(N, model=eqs, threshold=10 * mV, reset=0 * mV, refractory=5 * ms)
G.v0 = linspace(0, 20, N) * mV

counter = SpikeCounter(G)
total = PopulationSpikeCounter(G)
rate = PopulationRateMonitor(G, bin=20 * ms)
upper = SpikeMonitor(G[N // 2 :])

duration = 500 * ms
run(duration)

plot(G.v0 / mV, counter.count / duration)
xlabel("v0 (mV)")
ylabel("Firing rate (sp/s)")
