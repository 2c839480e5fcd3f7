from neurolab import *

src = SpikeGeneratorGroup(2, [(0, 2*ms), (1, 5*ms), (0, 9*ms), (0, 11*ms), (1, 25*ms)])
cell = NeuronGroup(1, model='''dV/dt = (total-V)/(10*ms) : 1
                               total : 1''', threshold=0.6, reset=0)
S = Synapses(src, cell, model='''dy/dt = -y/(40*ms)+0.5*x*(1-y)/ms : 1
                                 dx/dt = -x/(3*ms) : 1
                                 w : 1''', pre='x += w')
S[:, :] = True
S.w = [0.4, 1.5]
cell.total = S.y
V = StateMonitor(cell, 'V', record=True)
Y = StateMonitor(S, 'y', record=True)
F = SpikeMonitor(cell)
run(40*ms)
outputs = {'V': V, 'Y': Y, 'F': F}
