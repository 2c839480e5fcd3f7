from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 3*ms), (0, 9*ms), (0, 12*ms)])
cell = NeuronGroup(1, model='''dV/dt = (g-V)/(10*ms) : volt
                               g : volt''')
S = Synapses(src, cell, model='''dy/dt = (z-y)/(4*ms) : volt
                                 dz/dt = -z/(4*ms) : volt''', pre='z += 5*mV')
S[:, :] = True
cell.g = S.y
V = StateMonitor(cell, 'V', record=True)
Y = StateMonitor(S, 'y', record=True)
Z = StateMonitor(S, 'z', record=True)
run(30*ms)
outputs = {'V': V, 'Y': Y, 'Z': Z}
