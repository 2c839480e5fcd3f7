from neurolab import *

tau1 = 12*ms
tau2 = 18*ms
src = SpikeGeneratorGroup(1, [(0, 5*ms), (0, 30*ms), (0, 60*ms), (0, 62*ms), (0, 64*ms), (0, 100*ms), (0, 130*ms)])
push = SpikeGeneratorGroup(1, [(0, 10*ms), (0, 24*ms), (0, 50*ms), (0, 70*ms), (0, 72*ms), (0, 74*ms), (0, 99*ms), (0, 120*ms)])
cell = NeuronGroup(1, model='dV/dt = -V/(5*ms) : volt', threshold=10*mV, reset=0*mV)
force = Connection(push, cell, 'V', weight=20*mV)
S = Synapses(src, cell, model='''w : 1
                                    da/dt = -a/tau1 : 1 (event-driven)
                                    db/dt = -b/tau2 : 1 (event-driven)''',
             pre='''V += w*mV
                    a = 0.2
                    w += w*b''',
             post='''b = -0.25
                     w += (2-w)*a''')
S[:, :] = True
S.w = 1
W = StateMonitor(S, 'w', record=True, timestep=5)
V = StateMonitor(cell, 'V', record=True, timestep=5)
run(150*ms)
outputs = {'W': W, 'V': V}
