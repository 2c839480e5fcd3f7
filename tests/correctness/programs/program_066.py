from neurolab import *

Vc = 5.888*mV
a = 0.037
tau = 17.733*ms
u0 = -0.159*mV
Vt = 7.543*mV
Vr = -0.952*mV
eqs = '''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      '''
spiketimes = [(1, 7.4*ms), (1, 6.3*ms), (0, 5.1*ms), (1, 7.0*ms), (0, 7.5*ms), (2, 8.6*ms), (1, 2.8*ms), (1, 9.3*ms), (1, 4.5*ms)]
G1 = SpikeGeneratorGroup(3, spiketimes)
G2 = NeuronGroup(N=3, model=eqs, order=2)
C1 = Connection(G1, G2, 'V', delay=1.0*ms)
C1[0, 2] = 0.0105*mV
C1[0, 0] = 3.9583*mV
C1[2, 0] = -1.7816*mV
M_V = StateMonitor(G2, 'V', record=[0])
S_in = SpikeMonitor(G1)
run(10*ms)
outputs = {'M_V': M_V, 'S_in': S_in}
