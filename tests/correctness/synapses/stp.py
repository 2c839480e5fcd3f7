from neurolab import *

src = SpikeGeneratorGroup(2, [(0, 2*ms), (0, 12*ms), (1, 17*ms), (0, 22*ms), (1, 27*ms), (1, 32*ms), (0, 32*ms), (0, 80*ms), (1, 100*ms)])
cell = NeuronGroup(2, model='dV/dt = -V/(15*ms) : volt')
taud = 60*ms
tauf = 25*ms
U = 0.3
S = Synapses(src, cell, model='''w : volt
                                 dx/dt = (1-x)/taud : 1 (event-driven)
                                 du/dt = (U-u)/tauf : 1 (event-driven)''',
             pre='''V += w*u*x
                    x *= 1-u
                    u += U*(1-u)''')
S[:, :] = True
S.w = '(10-4*i+2*j)*mV'
S.x = 1
S.u = U
V = StateMonitor(cell, 'V', record=True, timestep=10)
X = StateMonitor(S, 'x', record=True, timestep=10)
R = StateMonitor(S, 'u', record=True, timestep=10)
run(120*ms)
outputs = {'V': V, 'X': X, 'R': R}
