from neurolab import *

packet = PulsePacket(t=2*ms, n=4, sigma=0*ms)
G = NeuronGroup(1, model='dV/dt = -V/(5*ms) : volt', threshold=5*mV, reset=0*mV)
C = Connection(packet, G, 'V', weight=1.5*mV)
M = StateMonitor(G, 'V', record=True)
S = SpikeMonitor(G)
run(5*ms)
packet.generate(7*ms, 4, 0*ms)
run(5*ms)
outputs = {'M': M, 'S': S}
