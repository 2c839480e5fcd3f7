from neurolab import *

tick = EventClock(dt=0.2*ms)
src = SpikeGeneratorGroup(1, [(0, 2*ms), (0, 5*ms), (0, 9*ms)], clock=tick)
cell = NeuronGroup(1, model='dV/dt = -V/(10*ms) : volt', clock=tick)
S = Synapses(src, cell, model='w : volt', pre='V += w', clock=tick)
S[:, :] = True
S.w = 2*mV
S.delay = 1*ms
V = StateMonitor(cell, 'V', record=True, clock=tick)
run(14*ms)
outputs = {'V': V}
