from neurolab import *

src = NeuronGroup(1, model='dU/dt = (25*mV-U)/(10*ms) : volt', threshold=10*mV, reset=2*mV)
cell = NeuronGroup(1, model='V : volt')
S = Synapses(src, cell, model='w : 1', pre='V += w*U_pre')
S[:, :] = True
S.w = 0.5
S.delay = 1.6*ms
V = StateMonitor(cell, 'V', record=True)
F = SpikeMonitor(src)
run(30*ms)
outputs = {'V': V, 'F': F}
