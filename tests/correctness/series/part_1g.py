"""1g: the voltage of one neuron over time."""

from neurolab import *

tau = 20 * msecond
Vt = -50 * mvolt
Vr = -60 * mvolt
El = -49 * mvolt
psp = 0.5 * mvolt

G = NeuronGroup(N=40, model="dV/dt = -(V-El)/tau : volt", threshold=Vt, reset=Vr)

C = Connection(G, G)
C.connect_random(sparseness=0.1, weight=psp)

M = StateMonitor(G, "V", record=0)

G.V = Vr + rand(40) * (Vt - Vr)

run(200 * msecond)

plot(M.times / ms, M[0] / mV)
xlabel("Time (in ms)")
ylabel("Membrane potential (in mV)")
title("Membrane potential for neuron 0")
show()
