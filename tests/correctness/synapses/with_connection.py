from neurolab import *

src = SpikeGeneratorGroup(2, [(0, 1*ms), (1, 3*ms), (0, 6*ms), (1, 6*ms), (1, 9*ms)])
cell = NeuronGroup(1, model='dV/dt = -V/(10*ms) : volt')
C = Connection(src, cell, 'V', weight=2*mV)
S = Synapses(src, cell, model='w : volt', pre='V = 0.5*V+w')
S[:, :] = True
S.w = 1*mV
V = StateMonitor(cell, 'V', record=True)
run(12*ms)
outputs = {'V': V}
