from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 1*ms), (0, 2*ms), (0, 3.5*ms)])
G = NeuronGroup(2, model='dV/dt = -V/(5*ms) : volt', threshold=6*mV, reset=-1*mV)
G.V = array([1, 3])*mV
C = Connection(src, G, 'V', weight=4*mV)
M = StateMonitor(G, 'V', record=True)
S = SpikeMonitor(G)

run(3*ms)
defaultclock.reinit()
run(1*ms)
defaultclock.t = 10*ms
run(1*ms)
outputs = {'M': M, 'S': S}
