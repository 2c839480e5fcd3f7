from neurolab import *

def slope(v):
    return v*v/(3*mV)

G = NeuronGroup(2, model='dV/dt = (slope(V)-V)/(4*ms) : volt', threshold=20*mV, reset=1*mV, order=2)
G.V = array([2, 5])*mV
M = StateMonitor(G, 'V', record=True)
S = SpikeMonitor(G)
run(12*ms)
outputs = {'M': M, 'S': S}
