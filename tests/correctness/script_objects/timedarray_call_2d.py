from neurolab import *

table = array([[3.0, -1.0, 0.5*(k % 5)] for k in range(80)])*mV
table[30:] *= 2
I = TimedArray(table)
G = NeuronGroup(3, model='dV/dt = (I(t)-V)/(4*ms) : volt')
M = StateMonitor(G, 'V', record=True)
run(8*ms)
outputs = {'M': M}
