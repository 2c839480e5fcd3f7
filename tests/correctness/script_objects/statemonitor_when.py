from neurolab import *

src = SpikeGeneratorGroup(1, [(0, 1*ms), (0, 1.5*ms), (0, 2*ms)])
G = NeuronGroup(1, model='dV/dt = -V/(5*ms) : volt', threshold=6*mV, reset=-2*mV)
C = Connection(src, G, 'V', weight=4*mV)
M1 = StateMonitor(G, 'V', record=True, when='start')
M2 = StateMonitor(G, 'V', record=True, when='before_groups')
M3 = StateMonitor(G, 'V', record=True, when='after_groups')
M4 = StateMonitor(G, 'V', record=True, when='middle')
M5 = StateMonitor(G, 'V', record=True, when='before_connections')
M6 = StateMonitor(G, 'V', record=True, when='after_connections')
M7 = StateMonitor(G, 'V', record=True, when='before_resets')
M8 = StateMonitor(G, 'V', record=True, when='after_resets')
M9 = StateMonitor(G, 'V', record=True, when='end')
run(4*ms)
outputs = {'M1': M1, 'M2': M2, 'M3': M3, 'M4': M4, 'M5': M5, 'M6': M6, 'M7': M7, 'M8': M8, 'M9': M9}
