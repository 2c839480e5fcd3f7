from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 2*ms), (0, 4*ms)])
cell = NeuronGroup(1, model='V : volt')
S = Synapses(src, cell, model='w : volt', pre='V += w; w += 1*mV')
S[:, :] = True
S.w = 3*mV
V = StateMonitor(cell, 'V', record=True)
W = StateMonitor(S, 'w', record=True)
net = Network(src, cell, S, V, W)
net.run(6*ms)
net.reinit()
net.run(6*ms)
outputs = {'V': V, 'W': W}
