from neurolab import *

src = SpikeGeneratorGroup(2, [(0, 1*ms), (1, 2*ms), (0, 4*ms), (1, 5*ms), (0, 8*ms)])
cell = NeuronGroup(2, model='V : volt')
low = 0.5
S = Synapses(src, cell, model='''w : 1
                                 k : 1''',
             pre='''k += 0.4
                    w = clip(w*exp(-k), low, 3)
                    V += w*mV
                    V *= 0.9
                    w -= 0.05''')
S[:, :] = True
S.w[0, :] = 4
S.w[1, :] = 0.55
S.k = 0.1
V = StateMonitor(cell, 'V', record=True)
W = StateMonitor(S, 'w', record=True)
K = StateMonitor(S, 'k', record=True)
run(10*ms)
outputs = {'V': V, 'W': W, 'K': K}
