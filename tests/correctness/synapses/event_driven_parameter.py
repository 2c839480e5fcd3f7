from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 2*ms), (0, 5*ms), (0, 11*ms), (0, 26*ms)])
cell = NeuronGroup(3, model='V : volt')
S = Synapses(src, cell, model='''T : second
                                 dx/dt = (0.5-x)/T : 1 (event-driven)
                                 dz/dt = 3/second : 1 (event-driven)''', pre='''V += (x+z)*mV
                                                                      x += 1''')
S[:, :] = True
S.T = '(4+3*j)*ms'
V = StateMonitor(cell, 'V', record=True)
X = StateMonitor(S, 'x', record=True)
run(30*ms)
outputs = {'V': V, 'X': X}
