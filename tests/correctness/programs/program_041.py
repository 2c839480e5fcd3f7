from neurolab import *

k = 0.191
tau_a = 5.29*ms
tau_b = 22.967*ms
Vt = 3.773*mV
Vr = -1.948*mV
eqs = '''
      dVa/dt = (Vb-Va)/tau_a : volt
      dVb/dt = -(Vb+k*Va)/tau_b : volt
      '''
spiketimes = [(0, 9.6*ms), (0, 4.8*ms), (0, 1.2*ms), (0, 6.9*ms), (0, 6.5*ms), (0, 9.5*ms), (0, 8.1*ms), (0, 4.3*ms), (0, 1.5*ms), (0, 3.5*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(N=5, model=eqs)
G2.Va = 0.7728*mV
C1 = Connection(G1, G2, 'Va')
C1.connect_full(G1, G2, weight=2.431*mV)
C2 = Connection(G1, G2, 'Vb')
C2[0, 4] = 3.8628*mV
C2[0, 3] = 2.8503*mV
C2[0, 0] = 5.9847*mV
C2[0, 2] = 4.1925*mV
C2[0, 1] = 4.406*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S_in = SpikeMonitor(G1)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S_in': S_in}
