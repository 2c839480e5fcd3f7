from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 2*ms), (0, 4*ms), (0, 7*ms)])
cell = NeuronGroup(1, model='V : volt')
A = Synapses(src, cell, model='w : volt', pre='V += w')
A[:, :] = True
A.w = 3*mV
B = Synapses(src, cell, model='w : 1', pre='V *= w')
B[:, :] = True
B.w = 0.5
V = StateMonitor(cell, 'V', record=True)
net = Network(src, cell, B, A, V)
net.run(10*ms)
outputs = {'V': V}
