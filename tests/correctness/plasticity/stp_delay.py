from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 7*ms), (0, 17*ms), (0, 27*ms), (0, 37*ms), (0, 47*ms), (0, 57*ms), (0, 67*ms), (0, 77*ms), (0, 87*ms)])
cell = NeuronGroup(1, model='V : volt')
C = Connection(src, cell, 'V', weight=12*mV, delay=3.2*ms)
stp = STP(C, taud=50*ms, tauf=20*ms, U=0.4)
M = StateMonitor(cell, 'V', record=True, timestep=20)
X = StateMonitor(stp.vars, 'x', record=True, timestep=5)
run(100*ms)
outputs = {'M': M, 'X': X}
