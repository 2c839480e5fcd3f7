from neurolab import *

src = SpikeGeneratorGroup(2, [(0, 2*ms), (1, 4*ms), (1, 8*ms), (0, 13*ms)])
cell = NeuronGroup(1, model='''dV/dt = (g-V)/(10*ms) : volt
                               g : volt''')
S = Synapses(src, cell, model='''dy/dt = -y/(5*ms) : volt
                                 w : volt''', pre='y += w')
S[:, :] = True
S.w[0, 0] = 3*mV
S.w[1, 0] = -1*mV
cell.g = S.y
V = StateMonitor(cell, 'V', record=True)
Y = StateMonitor(S, 'y', record=True)
run(25*ms)
outputs = {'V': V, 'Y': Y}
