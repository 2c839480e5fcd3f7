"""1b: the same, and its spikes are counted."""

from neurolab import *

tau = 20 * msecond
Vt = -50 * mvolt
Vr = -60 * mvolt
El = -60 * mvolt

G = NeuronGroup(N=40, model="dV/dt = -(V-El)/tau : volt", threshold=Vt, reset=Vr)
M = SpikeMonitor(G)

run(1 * second)

print(M.nspikes)
