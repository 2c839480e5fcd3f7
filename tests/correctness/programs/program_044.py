from neurolab import *

Vc = 7.561*mV
a = 0.012
tau = 17.7*ms
u0 = -0.03*mV
Vt = 10.989*mV
Vr = -0.414*mV
eqs = '''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      '''
spiketimes = [(0, 0.3*ms), (0, 1.7*ms), (0, 6.1*ms), (0, 1.5*ms), (0, 6.4*ms), (0, 4.6*ms), (0, 1.4*ms), (0, 3.1*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold='V>Vt', reset='V=Vr', method='RK')
C1 = Connection(G1, G2, 'V', delay=2.2*ms)
C1[0, 0] = 1.1942*mV
M_V = StateMonitor(G2, 'V', record=True)
S = SpikeMonitor(G2)
run(10*ms)
outputs = {'M_V': M_V, 'S': S}
