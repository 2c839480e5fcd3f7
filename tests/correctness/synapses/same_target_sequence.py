from neurolab import *

src = SpikeGeneratorGroup(4, [(0, 1*ms), (1, 1*ms), (2, 1*ms), (3, 1*ms), (3, 4*ms), (1, 4*ms), (0, 6*ms), (2, 6*ms)])
cell = NeuronGroup(2, model='V : volt')
S = Synapses(src, cell, model='w : volt', pre='V = 0.5*V+w')
S[:, :] = True
S.w = '(1+i+4*j)*mV'
V = StateMonitor(cell, 'V', record=True)
run(8*ms)
outputs = {'V': V}
