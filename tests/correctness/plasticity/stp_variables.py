from neurolab import *

src = SpikeGeneratorGroup(2, [(0, 2*ms), (0, 6*ms), (0, 6.1*ms), (0, 6.2*ms), (1, 4*ms), (1, 9*ms), (0, 15*ms)])
cell = NeuronGroup(1, model='V : volt')
C = Connection(src, cell, 'V', weight=12*mV)
stp = STP(C, taud=12*ms, tauf=8*ms, U=0.25)
X = StateMonitor(stp.vars, 'x', record=True)
U = StateMonitor(stp.vars, 'u', record=True)
UX = StateMonitor(stp.vars, 'ux', record=True)
run(20*ms)
outputs = {'X': X, 'U': U, 'UX': UX}
