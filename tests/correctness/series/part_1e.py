"""1e: a tenth of all pairs is connected, and a spike lifts its targets by psp."""

from neurolab import *

tau = 20 * msecond
Vt = -50 * mvolt
Vr = -60 * mvolt
El = -49 * mvolt
psp = 0.5 * mvolt

G = NeuronGroup(N=40, model="dV/dt = -(V-El)/tau : volt", threshold=Vt, reset=Vr)

C = Connection(G, G)
C.connect_random(sparseness=0.1, weight=psp)

M = SpikeMonitor(G)

start = Vr + rand(40) * (Vt - Vr)
G.V = start

run(1 * second)

print(M.nspikes)
