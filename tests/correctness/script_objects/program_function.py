from neurolab import *

def gate(v):
    return 1/(1+exp(-(v-4*mV)/(2*mV)))

G = NeuronGroup(3, model='''dV/dt = (I*gate(V)-V)/(4*ms) : volt
                            I : volt''')
G.I = array([5, 12, 20])*mV
G.V = array([0, 2, 6])*mV
M = StateMonitor(G, 'V', record=True)
run(12*ms)
outputs = {'M': M}
