from neurolab import *

src = SpikeGeneratorGroup(2, [(0, 2*ms), (1, 5*ms), (0, 9*ms), (1, 9*ms), (0, 20*ms)])
cell = NeuronGroup(2, model='''dV/dt = (I-V)/(10*ms) : volt
                               I : volt''', threshold=9*mV, reset=0*mV)
S = Synapses(src, cell, model='''dy/dt = -y/(4*ms) : 1
                                 w : 1
                                 J = y*(40*mV-V_post) : volt''', pre='y += w')
S[:, :] = True
S.w = '0.4+0.3*i+0.2*j'
cell.I = S.J
V = StateMonitor(cell, 'V', record=True)
J = StateMonitor(S, 'J', record=True)
F = SpikeMonitor(cell)
run(30*ms)
outputs = {'V': V, 'J': J, 'F': F}
