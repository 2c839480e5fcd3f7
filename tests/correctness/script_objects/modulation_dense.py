from neurolab import *

G = NeuronGroup(2, model='''dV/dt = (I-V)/(4*ms) : volt
                            dg/dt = (1-g)/(15*ms) : 1
                            I : volt''', threshold='V > 6*mV', reset='V = 0*mV; g *= 0.6')
G.I = array([9, 14])*mV
G.g = array([1, 0.5])
H = NeuronGroup(2, model='''dx/dt = -x/(6*ms) : volt
                            dy/dt = -y/(6*ms) : volt''')
C = Connection(G, H, 'x', modulation='g', structure='dense')
C[0, 0] = 3*mV
C[1, 0] = -1*mV
D = Connection(G, H, 'y', modulation='g', delay=True, max_delay=5*ms)
D[0, 1] = 3*mV
D[1, 0] = 2*mV
D.delay[0, 1] = 2.2*ms
D.delay[1, 0] = 4*ms
M = StateMonitor(H, 'x', record=True)
N = StateMonitor(H, 'y', record=True)
run(25*ms)
outputs = {'M': M, 'N': N}
