from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 1*ms), (0, 2*ms), (0, 5*ms), (0, 5.1*ms)])
cell = NeuronGroup(1, model='dV/dt = (12*mV-V)/(10*ms) : volt', threshold=10*mV, reset=0*mV)
S = Synapses(src, cell, model='''dy/dt = -y/(3*ms) : 1
                                 w : 1''', pre='V += 4*mV; y += 1; w += y', post='w += 100')
S[:, :] = True
V1 = StateMonitor(cell, 'V', record=True, when='before_connections')
V2 = StateMonitor(cell, 'V', record=True, when='after_connections')
V3 = StateMonitor(cell, 'V', record=True, when='before_resets')
V4 = StateMonitor(cell, 'V', record=True, when='after_resets')
Y1 = StateMonitor(S, 'y', record=True, when='before_groups')
Y2 = StateMonitor(S, 'y', record=True, when='after_connections')
Y3 = StateMonitor(S, 'y', record=True, when='before_resets')
W2 = StateMonitor(S, 'w', record=True, when='after_connections')
W3 = StateMonitor(S, 'w', record=True, when='before_resets')
run(8*ms)
outputs = {'V1': V1, 'V2': V2, 'V3': V3, 'V4': V4, 'Y1': Y1, 'Y2': Y2, 'Y3': Y3, 'W2': W2, 'W3': W3}
