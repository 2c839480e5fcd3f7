from neurolab import *

Vc = 7.484*mV
a = 0.047
tau = 13.869*ms
u0 = 0.037*mV
Vt = 10.891*mV
Vr = 0.03*mV
eqs = '''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      '''
spiketimes = [(0, 8.6*ms), (0, 8.9*ms), (0, 9.0*ms), (1, 9.1*ms), (1, 0.5*ms), (1, 3.5*ms), (1, 5.5*ms), (0, 9.7*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(5, model=eqs, threshold=Vt, reset=Vr, refractory=3*ms, method='RK')
C1 = Connection(G1, G2, 'V')
C1[1, 2] = 2.7676*mV
C1[0, 4] = -0.3948*mV
C1[0, 1] = 4.8604*mV
C1[1, 3] = 4.3289*mV
C1[1, 0] = -1.656*mV
C1[0, 0] = 7.6015*mV
M_V = StateMonitor(G2, 'V', record=True)
S = SpikeMonitor(G2)
run(10*ms)
outputs = {'M_V': M_V, 'S': S}
