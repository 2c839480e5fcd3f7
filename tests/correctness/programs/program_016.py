from neurolab import *

El = 3.124*mV
tau = 16.874*ms
Vt = 11.245*mV
Vr = 1.339*mV
eqs = Equations('''
      dV/dt = -(V-El)/tau : volt
      ''')
spiketimes = [(0, 5.3*ms), (0, 8.0*ms), (0, 0.4*ms), (0, 1.8*ms), (0, 7.4*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold=Vt, reset=Vr, refractory=1*ms)
G2.V = 0.1192*mV
C1 = Connection(G1, G2, 'V', weight=4.007*mV, delay=0.4*ms)
M_V = StateMonitor(G2, 'V', record=True)
S = SpikeMonitor(G2)
run(10*ms)
outputs = {'M_V': M_V, 'S': S}
