from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 12*ms), (0, 22*ms), (0, 32*ms), (0, 42*ms), (0, 52*ms), (0, 62*ms), (0, 72*ms), (0, 82*ms), (0, 92*ms), (0, 102*ms), (0, 112*ms)])
cell = NeuronGroup(1, model='V : volt')
C = Connection(src, cell, 'V', weight=12*mV)
stp = STP(C, taud=90*ms, tauf=4*ms, U=0.55)
M = StateMonitor(cell, 'V', record=True, timestep=50)
run(120*ms)
outputs = {'M': M}
