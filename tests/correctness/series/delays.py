"""A neuron that fires once, and a thousand that hear of it each after a time of its own."""

from neurolab import *

seed(13)
G = SpikeGeneratorGroup(1, [(0, 2 * ms)])
H = NeuronGroup(1000, model="dV/dt = 0*volt/second : volt")
C = Connection(G, H, "V", weight=1 * mV, delay=(1 * ms, 9 * ms))
C.delay[0, 0] = 0 * ms
C.delay[0, 1:4] = [5, 6, 7] * ms
M = StateMonitor(H, "V", record=True)

run(12 * ms)
