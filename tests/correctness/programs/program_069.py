from neurolab import *

El = 3.287*mV
tau = 13.66*ms
Vt = 3.144*mV
Vr = 1.857*mV
eqs = '''
      dV/dt = -(V-El)/tau : volt
      '''
spiketimes = [(0, 1.9*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes, period=5.0*ms)
G2 = NeuronGroup(2, model=eqs)
C1 = Connection(G1, G2, 'V', delay=2.2*ms)
C1[0, 0] = 3.1879*mV
C1[0, 1] = -2.8393*mV
M_V = StateMonitor(G2, 'V', record=[0])
run(10*ms)
outputs = {'M_V': M_V}
