from neurolab import *

G = NeuronGroup(3, model='''dV/dt = (I-V)/(4*ms) : volt
                            I : volt''', threshold=lambda v: v >= 0.006, reset=1*mV)
G.I = array([5, 8, 13])*mV
M = StateMonitor(G, 'V', record=True)
S = SpikeMonitor(G)
run(12*ms)
outputs = {'M': M, 'S': S}
