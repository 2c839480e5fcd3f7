from neurolab import *

pre = SpikeGeneratorGroup(1, [(0, 8*ms), (0, 15*ms), (0, 21*ms)])
drive = SpikeGeneratorGroup(1, [(0, 5*ms), (0, 12*ms)])
cell = NeuronGroup(1, model='''dV/dt = -V/(5*ms) : volt
                               x : volt''', threshold=10*mV, reset='V = 0*mV')
force = Connection(drive, cell, 'V', weight=20*mV)
C = Connection(pre, cell, 'x', weight=1*mV)
rule = ExponentialSTDP(C, taup=12*ms, taum=18*ms, Ap=0.1, Am=-0.3, wmax=2*mV)
M = StateMonitor(cell, 'x', record=True, timestep=2)
run(30*ms)
outputs = {'M': M}
