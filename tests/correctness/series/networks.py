"""Two networks, each run by itself, on clocks of their own."""

from neurolab import *

tau = 10 * ms
fine = Clock(dt=0.05 * ms)
coarse = Clock(dt=0.5 * ms)


def made(clock):
    source = SpikeGeneratorGroup(1, [(0, 2 * ms), (0, 11 * ms)], clock=clock)
    G = NeuronGroup(1, model="dV/dt = -V/tau : volt", clock=clock)
    C = Connection(source, G, "V", weight=1 * mV)
    return Network(source, G, C), StateMonitor(G, "V", record=True), SpikeMonitor(source)


first, M1, S1 = made(fine)
second, M2, S2 = made(coarse)
first.add(M1, S1)
second.add(M2, S2)

first.run(10 * ms)
halfway = S1.nspikes, S2.nspikes
second.run(10 * ms)
first.run(10 * ms)
