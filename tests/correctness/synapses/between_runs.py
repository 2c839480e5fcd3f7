from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 2*ms), (0, 9*ms), (0, 14*ms), (0, 25*ms)])
cell = NeuronGroup(2, model='dV/dt = -V/(10*ms) : volt')
tau = 10*ms
S = Synapses(src, cell, model='''w : volt
                                 dx/dt = -x/tau : 1 (event-driven)''', pre='''x += 1
                                                                      V += w*x''')
S[:, :] = True
S.w = 2*mV
S.delay = 3*ms
V = StateMonitor(cell, 'V', record=True)
X = StateMonitor(S, 'x', record=True)
run(10*ms)
S.w[0, 0] = -1*mV
S.w[0, 1] = 5*mV
run(10*ms)
S.x = 4
run(10*ms)
outputs = {'V': V, 'X': X}
