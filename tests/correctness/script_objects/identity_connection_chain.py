from neurolab import *

G = NeuronGroup(2, model='dV/dt = (I-V)/(5*ms) : volt\nI : volt', threshold='V > 6*mV', reset='V = 0*mV')
G.I = array([9, 12])*mV
H = NeuronGroup(2, model='dx/dt = -x/(3*ms) : volt')
own = IdentityConnection(G, G, 'V', weight=2*mV, delay=0.5*ms)
out = IdentityConnection(G, H, 0, weight=1*mV, delay=2*ms)
M = StateMonitor(G, 'V', record=True)
X = StateMonitor(H, 'x', record=True)
S = SpikeMonitor(G)
run(20*ms)
outputs = {'M': M, 'X': X, 'S': S}
