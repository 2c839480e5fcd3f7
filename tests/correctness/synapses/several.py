from neurolab import *

src = SpikeGeneratorGroup(2, [(0, 2*ms), (1, 5*ms), (0, 9*ms), (1, 9*ms)])
cell = NeuronGroup(2, model='dV/dt = -V/(6*ms) : volt')
S = Synapses(src, cell, model='w : volt', pre='V += w')
S[0, 0] = 3
S[1, :] = 2
S.w[0, 0, 0] = 1*mV
S.w[0, 0, 1] = 2*mV
S.w[0, 0, 2] = -4*mV
S.delay[0, 0, 1] = 2*ms
S.delay[0, 0, 2] = 4*ms
S.w[1, 0] = [0.5*mV, 0.25*mV]
S.w[1, 1] = 3*mV
S.delay[1, 1, 0] = 1*ms
V = StateMonitor(cell, 'V', record=True)
run(20*ms)
outputs = {'V': V}
