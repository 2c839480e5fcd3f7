from neurolab import *

tau1 = 12*ms
tau2 = 18*ms
src = SpikeGeneratorGroup(1, [(0, 2*ms), (0, 5*ms), (0, 8*ms)])
push = SpikeGeneratorGroup(1, [(0, 2*ms), (0, 4*ms), (0, 8*ms)])
cell = NeuronGroup(1, model='dV/dt = -V/(5*ms) : volt', threshold=10*mV, reset=0*mV)
force = Connection(push, cell, 'V', weight=20*mV)
S = Synapses(src, cell, model='''w : 1
                                    a : 1
                                    b : 1''',
             pre='''w = 2*w+1
                    a += w''',
             post='''w = 3*w
                     b += w''')
S[:, :] = True
S.w = 1
W = StateMonitor(S, 'w', record=True, timestep=5)
V = StateMonitor(cell, 'V', record=True, timestep=5)
run(12*ms)
outputs = {'W': W, 'V': V}
