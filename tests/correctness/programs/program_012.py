from neurolab import *

Vc = 7.069*mV
a = 0.049
tau = 14.714*ms
u0 = -0.34*mV
Vt = 3.546*mV
Vr = 1.409*mV
eqs = '''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      '''
spiketimes = [(0, 1.8*ms), (1, 9.5*ms), (0, 9.4*ms), (0, 4.6*ms), (1, 0.7*ms), (0, 9.2*ms), (1, 1.0*ms), (0, 0.2*ms), (0, 2.7*ms), (1, 3.6*ms), (0, 6.8*ms), (0, 9.3*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(2, model=eqs, threshold=Vt, reset=Vr, refractory=5*ms)
C1 = Connection(G1, G2, 'V')
C1[1, 0] = 2.1763*mV
C1[1, 1] = 1.3018*mV
C1[0, 0] = 6.5981*mV
M_V = StateMonitor(G2, 'V', record=[0])
S = SpikeMonitor(G2)
run(5*ms)
run(5*ms)
outputs = {'M_V': M_V, 'S': S}
