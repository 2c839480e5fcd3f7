from neurolab import *

src = SpikeGeneratorGroup(4, [(0, 1*ms), (1, 3*ms), (2, 5*ms), (3, 7*ms), (2, 9*ms), (1, 9*ms), (2, 11*ms), (2, 12*ms)])
cell = NeuronGroup(5, model='dV/dt = -V/(7*ms) : volt', threshold=9*mV, reset=1*mV)
S = Synapses(src[1:3], cell[2:5], model='w : volt', pre='V += w')
S[:, :] = True
S.w = '(1+3*i+j)*mV'
V = StateMonitor(cell, 'V', record=True)
F = SpikeMonitor(cell)
run(20*ms)
outputs = {'V': V, 'F': F}
