from neurolab import *

G = NeuronGroup(2, model='''dV/dt = (I-V)/(4*ms) : volt
                            dg/dt = (1-g)/(15*ms) : 1
                            I : volt''', threshold='V > 6*mV', reset='V = 0*mV; g *= 0.6')
G.I = array([9, 14])*mV
G.g = array([1, 0.5])
H = NeuronGroup(3, model='dx/dt = -x/(6*ms) : volt')
C = Connection(G, H, 'x', modulation='g', weight=lambda i, j: (1+i+2*j)*mV)
M = StateMonitor(H, 'x', record=True)
N = StateMonitor(G, 'g', record=True)
run(25*ms)
outputs = {'M': M, 'N': N}
