from neurolab import *

src = SpikeGeneratorGroup(2, [(0, 5*ms), (1, 9*ms), (0, 20*ms), (1, 22*ms), (0, 60*ms)])
push = SpikeGeneratorGroup(1, [(0, 10*ms), (0, 21*ms), (0, 24*ms), (0, 70*ms)])
cell = NeuronGroup(1, model='''dV/dt = -V/(5*ms) : volt
                               dD/dt = -D/(30*ms) : 1''', threshold=10*mV, reset=0*mV)
force = Connection(push, cell, 'V', weight=20*mV)
reward = SpikeGeneratorGroup(1, [(0, 40*ms)])
give = Connection(reward, cell, 'D', weight=1)
S = Synapses(src, cell, model='''dw/dt = c*D_post/(20*ms) : 1
                                 dc/dt = -c/(50*ms) : 1
                                 da/dt = -a/(12*ms) : 1''', pre='a += 0.5', post='c += a')
S[:, :] = True
S.w = 0.2
W = StateMonitor(S, 'w', record=True, timestep=10)
E = StateMonitor(S, 'c', record=True, timestep=10)
run(100*ms)
outputs = {'W': W, 'E': E}
