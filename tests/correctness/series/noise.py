"""White noise on a leak: each neuron is an Ornstein-Uhlenbeck process."""

from neurolab import *

seed(12)
tau = 10 * ms
sigma = 5 * second**-0.5
G = NeuronGroup(500, model="dx/dt = -x/tau + sigma*xi : 1")
M = StateMonitor(G, "x", record=True, timestep=10)

run(100 * ms)  # forget the start
first = len(M.times)
run(400 * ms)
