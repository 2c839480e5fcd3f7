from neurolab import *

tau_a = 1.289*ms
tau_b = 12.251*ms
Vt = 7.607*mV
Vr = -1.784*mV
eqs = Equations('''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      ''')
spiketimes = [(2, 1.2*ms), (0, 21.1*ms), (3, 36.2*ms), (2, 32.8*ms), (2, 20.7*ms), (0, 16.3*ms), (1, 0.4*ms), (3, 12.9*ms)]
G1 = SpikeGeneratorGroup(4, spiketimes)
G2 = NeuronGroup(N=5, model=eqs, threshold='Va>Vt', reset='Va=Vr')
C1 = Connection(G1, G2, 'Va')
C1.connect_full(G1, G2, weight=lambda i, j: (1+cos(i-j))*0.9081*mV)
C2 = Connection(G1, G2, 'Vb')
C2[2, 2] = 7.4731*mV
C2[2, 4] = 2.4237*mV
C2[1, 3] = 6.7923*mV
C2[2, 1] = -1.6654*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(40*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
