from neurolab import *

tau_a = 3.638*ms
tau_b = 14.875*ms
Vt = 10.238*mV
Vr = -0.239*mV
eqs = Equations('''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      ''')
spiketimes = [(3, 1.5*ms), (3, 3.8*ms), (2, 2.7*ms), (0, 7.8*ms), (3, 8.5*ms), (3, 0.1*ms), (2, 0.6*ms), (0, 3.0*ms), (3, 0.3*ms), (2, 1.5*ms), (1, 9.1*ms), (1, 3.5*ms)]
G1 = SpikeGeneratorGroup(4, spiketimes)
G2 = NeuronGroup(1, model=eqs, threshold='Va>Vt', reset='Va=Vr')
G2.Va = 1.1224*mV
C1 = Connection(G1, G2, 'Vb')
C1[2, 0] = 7.432*mV
C1[1, 0] = 4.3105*mV
C1[3, 0] = 1.9968*mV
C1[0, 0] = -0.1339*mV
M_Va = StateMonitor(G2, 'Va', record=True, timestep=5)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
