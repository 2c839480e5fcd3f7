from neurolab import *

src = SpikeGeneratorGroup(3, [(0, 2*ms), (1, 6*ms), (2, 10*ms), (0, 14*ms), (1, 18*ms), (2, 22*ms), (0, 26*ms), (1, 30*ms), (2, 34*ms), (0, 38*ms), (1, 42*ms), (2, 46*ms), (0, 50*ms), (1, 54*ms), (2, 58*ms), (0, 62*ms), (1, 66*ms), (2, 70*ms), (0, 74*ms)])
cell = NeuronGroup(1, model='''dV/dt = -V/(10*ms) : volt
                               dr/dt = -r/(50*ms) : 1''', threshold=9*mV, reset='''V = 0*mV
                                                                            r += 1''')
S = Synapses(src, cell, model='w : volt', pre='V += w', post='w *= 1+0.2*(0.5-r_post)')
S[:, :] = True
S.w = '(7+2*i)*mV'
V = StateMonitor(cell, 'V', record=True, timestep=5)
W = StateMonitor(S, 'w', record=True, timestep=5)
F = SpikeMonitor(cell)
run(80*ms)
outputs = {'V': V, 'W': W, 'F': F}
