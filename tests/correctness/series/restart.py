"""The clock set anew between two networks of one program, and two runs of the second."""

from neurolab import *

tau = 10 * ms
defaultclock.dt = 0.5 * ms
G = NeuronGroup(1, model="dV/dt = -V/tau : volt")
G.V = 1 * mV
M = StateMonitor(G, "V", record=True)
run(5 * ms)
coarse = M.times / ms

reinit_default_clock()
defaultclock.dt = 0.1 * ms
G = NeuronGroup(1, model="dV/dt = -V/tau : volt")
G.V = 1 * mV
M = StateMonitor(G, "V", record=True)
run(2 * ms)
G.V = 3 * mV
run(3 * ms)
