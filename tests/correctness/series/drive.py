"""A current that swings with the time drives a membrane, which follows late and less."""

from neurolab import *

tau = 10 * ms
f = 20 * Hz
A = 5 * mV
G = NeuronGroup(1, model="dV/dt = (A*sin(2*pi*f*t) - V)/tau : volt", method="RK")
M = StateMonitor(G, "V", record=0)

run(300 * ms)

plot(M.times / ms, M[0] / mV)
