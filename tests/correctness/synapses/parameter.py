from neurolab import *

src = SpikeGeneratorGroup(2, [(0, 2*ms), (1, 4*ms), (0, 7*ms), (1, 7*ms), (0, 9.1*ms)])
cell = NeuronGroup(3, model='V : volt')
S = Synapses(src, cell, model='w : 1', pre='V += w*mV')
S[:, :] = True
S.w[0, 0] = 1.5
S.w[0, 1] = -2
S.w[0, 2] = 0.25
S.w[1, 0] = 4
S.w[1, 2] = -0.5
V = StateMonitor(cell, 'V', record=True)
run(12*ms)
outputs = {'V': V}
