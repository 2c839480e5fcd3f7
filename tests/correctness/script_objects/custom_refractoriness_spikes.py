from neurolab import *

G = NeuronGroup(1, model='dV/dt = (9*mV-V)/(4*ms) : volt', threshold=6*mV, reset=SimpleCustomRefractoriness(lambda P, spikes: P.V.__setitem__(spikes, 0.0065), period=1*ms))
M = StateMonitor(G, 'V', record=True)
S = SpikeMonitor(G)
run(7*ms)
outputs = {'M': M, 'S': S}
