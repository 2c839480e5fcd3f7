"""A function that is called after every step sees the state and the time, and may change the state."""

from neurolab import *

tau = 10 * ms
G = NeuronGroup(2, model="dV/dt = -V/tau : volt")
M = StateMonitor(G, "V", record=True)
times = []
calls = []


@network_operation
def kick(clock):
    times.append(clock.t)
    if len(times) % 50 == 0:
        G.V += 1 * mV


@network_operation
def count():
    calls.append(float(G.V[0]))


run(10 * ms)
run(10 * ms)
