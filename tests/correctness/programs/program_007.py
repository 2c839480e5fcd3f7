from neurolab import *

Vc = 6.314*mV
a = 0.044
tau = 11.888*ms
u0 = 0.079*mV
Vt = 11.176*mV
Vr = -1.688*mV
eqs = '''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      '''
spiketimes = [(1, 25.3*ms), (0, 16.7*ms), (2, 13.2*ms), (0, 10.3*ms), (1, 14.5*ms)]
G1 = SpikeGeneratorGroup(4, spiketimes)
G2 = NeuronGroup(3, model=eqs, threshold='V>Vt', reset='V=Vr')
C1 = Connection(G1, G2, 'V')
C1[1, 0] = 6.9799*mV
C1[3, 1] = 3.7541*mV
C1[2, 2] = -2.4584*mV
C1[2, 0] = -2.2439*mV
C1[2, 1] = 6.4621*mV
C1[3, 2] = 2.3073*mV
C2 = Connection(G2, G2, 'V', delay=0.5*ms)
C2[0, 1] = 0.7915*mV
M_V = StateMonitor(G2, 'V', record=[0])
S = SpikeMonitor(G2)
run(20*ms)
run(20*ms)
outputs = {'M_V': M_V, 'S': S}
