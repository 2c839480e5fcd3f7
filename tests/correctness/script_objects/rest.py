from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 1*ms)])
G = NeuronGroup(2, model='''dV/dt = (g+4*mV-V)/(6*ms) : volt
                            dg/dt = -g/(2*ms) : volt''')
G.V = array([1, 9])*mV
G.g = 3*mV
G.rest()
C = Connection(src, G, 'g', weight=5*mV)
M = StateMonitor(G, 'V', record=True)
N = StateMonitor(G, 'g', record=True)
run(6*ms)
outputs = {'M': M, 'N': N}
