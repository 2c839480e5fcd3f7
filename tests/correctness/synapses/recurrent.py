from neurolab import *

cell = NeuronGroup(4, model='dV/dt = -V/(10*ms) : volt', threshold=9*mV, reset=-2*mV)
kick = SpikeGeneratorGroup(1, [(0, 2*ms)])
C = Connection(kick, cell[0:1], 'V', weight=10*mV)
S = Synapses(cell, model='w : volt', pre='V += w')
S[:, :] = '(j == (i+1)%4) | (j == (i+2)%4)'
S.w = '(12-13*((j-i)%4 == 2))*mV'
S.delay = '(1+0.5*i)*ms'
V = StateMonitor(cell, 'V', record=True)
F = SpikeMonitor(cell)
run(40*ms)
outputs = {'V': V, 'F': F}
