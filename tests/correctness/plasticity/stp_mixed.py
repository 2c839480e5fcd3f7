from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 3*ms), (0, 8*ms), (0, 12*ms), (0, 33*ms), (0, 37*ms), (0, 58*ms), (0, 62*ms), (0, 63*ms), (0, 97*ms)])
cell = NeuronGroup(2, model='V : volt')
C = Connection(src, cell, 'V')
C[0, 0] = 10*mV
C[0, 1] = -4*mV
stp = STP(C, taud=45*ms, tauf=70*ms, U=0.2)
M = StateMonitor(cell, 'V', record=True, timestep=50)
run(120*ms)
outputs = {'M': M}
