from neurolab import *

El = 3.697*mV
tau = 9.366*ms
Vt = 8.075*mV
Vr = 0.981*mV
eqs = '''
      dV/dt = -(V-El)/tau : volt
      '''
spiketimes = [(4, 27.4*ms), (0, 33.7*ms), (0, 7.9*ms), (1, 34.6*ms)]
G1 = SpikeGeneratorGroup(5, spiketimes)
G2 = NeuronGroup(1, model=eqs, threshold=Vt, reset=Vr, refractory=1*ms)
G2.V = -0.1515*mV
C1 = Connection(G1, G2, 'V')
C1[2, 0] = 3.4538*mV
C1[1, 0] = 0.1907*mV
C1[3, 0] = -2.594*mV
M_V = StateMonitor(G2, 'V', record=True)
S = SpikeMonitor(G2)
run(40*ms)
outputs = {'M_V': M_V, 'S': S}
