from neurolab import *

src = SpikeGeneratorGroup(2, [(0, 2*ms), (0, 5*ms), (1, 6*ms), (0, 13*ms), (1, 14*ms), (1, 14.1*ms), (0, 25*ms)])
cell = NeuronGroup(1, model='V : volt')
tau = 6*ms
S = Synapses(src, cell, model='''w : volt
                                 dx/dt = -x/tau : 1 (event-driven)''', pre='x += 1; V += w*x')
S[:, :] = True
S.w[0, 0] = 2*mV
S.w[1, 0] = -1*mV
V = StateMonitor(cell, 'V', record=True)
X = StateMonitor(S, 'x', record=True)
run(30*ms)
outputs = {'V': V, 'X': X}
