"""1d: each begins at a voltage of its own."""

from neurolab import *

tau = 20 * msecond
Vt = -50 * mvolt
Vr = -60 * mvolt
El = -49 * mvolt

G = NeuronGroup(N=40, model="dV/dt = -(V-El)/tau : volt", threshold=Vt, reset=Vr)
M = SpikeMonitor(G)

start = Vr + rand(40) * (Vt - Vr)
G.V = start

run(1 * second)

print(M.nspikes)
