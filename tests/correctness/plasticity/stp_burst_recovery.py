from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 2*ms), (0, 4*ms), (0, 6*ms), (0, 8*ms), (0, 58*ms), (0, 62*ms), (0, 64*ms), (0, 66*ms), (0, 68*ms), (0, 188*ms)])
cell = NeuronGroup(1, model='V : volt')
C = Connection(src, cell, 'V', weight=12*mV)
stp = STP(C, taud=40*ms, tauf=25*ms, U=0.35)
M = StateMonitor(cell, 'V', record=True, timestep=50)
run(200*ms)
outputs = {'M': M}
