from neurolab import *

defaultclock.dt = 0.2*ms
El = 2.889*mV
tau = 14.942*ms
Vt = 10.971*mV
Vr = 0.397*mV
eqs = '''
      dV/dt = -(V-El)/tau : volt
      '''
spiketimes = [(0, 3.4*ms), (0, 14.0*ms), (1, 7.8*ms), (1, 16.4*ms), (1, 15.2*ms), (0, 10.2*ms), (0, 19.0*ms), (0, 11.2*ms), (1, 7.4*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(N=1, model=eqs)
C1 = Connection(G1, G2, 'V')
C1[0, 0] = 4.2602*mV
M_V = StateMonitor(G2, 'V', record=[0])
run(20*ms)
outputs = {'M_V': M_V}
