from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 2*ms), (0, 9*ms), (0, 12*ms)])
cell = NeuronGroup(2, model='V : volt')
S = Synapses(src, cell, model='w : volt', pre='V += w', max_delay=5*ms)
S[:, :] = True
S.w = 2*mV
S.delay[0, 0] = 1*ms
S.delay[0, 1] = 2*ms
V = StateMonitor(cell, 'V', record=True)
run(10*ms)
S.delay[0, 0] = 4*ms
S.delay[0, 1] = 0*ms
run(10*ms)
outputs = {'V': V}
