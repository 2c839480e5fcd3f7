from neurolab import *

k = 0.051
tau_a = 1.966*ms
tau_b = 6.988*ms
Vt = 4.702*mV
Vr = 1.281*mV
eqs = '''
      dVa/dt = (Vb-Va)/tau_a : volt
      dVb/dt = -(Vb+k*Va)/tau_b : volt
      '''
spiketimes = [(0, 0.4*ms), (0, 3.6*ms), (0, 2.0*ms), (0, 7.9*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(N=3, model=eqs, threshold=Vt, reset=Vr)
G2.Vb = 0.8756*mV
C1 = Connection(G1, G2, 'Vb')
C1[0, 0] = 3.1512*mV
C2 = Connection(G1, G2, 'Va')
C2.connect_full(G1, G2, weight=3.5347*mV)
C3 = Connection(G2, G2, 'Va')
C3[0, 1] = 3.8209*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
