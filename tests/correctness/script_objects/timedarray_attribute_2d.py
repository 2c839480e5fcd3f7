from neurolab import *

G = NeuronGroup(3, model='''dV/dt = (I-V)/(3*ms) : volt
                            I : volt''', threshold=6*mV, reset=1*mV)
G.I = TimedArray(array([[0.2*k, 12, 10*(k % 2)] for k in range(120)])*mV)
M = StateMonitor(G, 'V', record=True)
S = SpikeMonitor(G)
run(12*ms)
outputs = {'M': M, 'S': S}
