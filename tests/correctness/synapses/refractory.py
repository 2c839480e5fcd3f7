from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 2*ms), (0, 3*ms), (0, 4*ms), (0, 5*ms), (0, 6*ms), (0, 7*ms), (0, 8*ms), (0, 14*ms), (0, 15*ms), (0, 17.1*ms), (0, 18*ms), (0, 25*ms)])
cell = NeuronGroup(2, model='dV/dt = -V/(10*ms) : volt', threshold=9*mV, reset=1*mV, refractory=3*ms)
S = Synapses(src, cell, model='w : volt', pre='V += w')
S[:, :] = True
S.w[0, 0] = 5*mV
S.w[0, 1] = 10*mV
V = StateMonitor(cell, 'V', record=True)
F = SpikeMonitor(cell)
run(30*ms)
outputs = {'V': V, 'F': F}
