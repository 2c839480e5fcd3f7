from neurolab import *

src = SpikeGeneratorGroup(4, [(0, 1*ms), (1, 3*ms), (2, 5*ms), (3, 7*ms)])
cell = NeuronGroup(4, model='V : volt')
reach = 1
S1 = Synapses(src, cell, model='w : volt', pre='V += w')
S1[:, :] = 'i == j'
S1.w = 1*mV
S2 = Synapses(src, cell, model='w : volt', pre='V += w')
S2[:, :] = 'abs(i-j) == reach'
S2.w = 16*mV
S3 = Synapses(src, cell, model='w : volt', pre='V += w')
S3[:, :] = '(i > 1) & (j < 2)'
S3.w = 256*mV
V = StateMonitor(cell, 'V', record=True)
run(10*ms)
outputs = {'V': V}
