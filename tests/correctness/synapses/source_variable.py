from neurolab import *

src = NeuronGroup(2, model='''dU/dt = (k-U)/(10*ms) : volt
                              k : volt''', threshold=10*mV, reset=2*mV)
src.k = array([25, 14])*mV
cell = NeuronGroup(1, model='V : volt')
S = Synapses(src, cell, model='w : 1', pre='V += w*U_pre')
S[:, :] = True
S.w = [0.5, -0.25]
V = StateMonitor(cell, 'V', record=True)
F = SpikeMonitor(src)
run(30*ms)
outputs = {'V': V, 'F': F}
