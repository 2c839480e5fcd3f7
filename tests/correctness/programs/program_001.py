from neurolab import *

tau_a = 2.561*ms
tau_b = 19.688*ms
Vt = 4.793*mV
Vr = -1.288*mV
eqs = Equations('''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      ''')
spiketimes = [(0, 22.0*ms), (0, 14.8*ms), (0, 9.6*ms), (0, 38.4*ms), (0, 6.7*ms), (0, 6.9*ms), (0, 17.6*ms), (0, 15.8*ms), (0, 22.4*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(N=3, model=eqs, threshold='Va>Vt', reset='Va=Vr')
C1 = Connection(G1, G2, 'Vb')
C1[0, 1] = -1.2806*mV
C1[0, 2] = -1.4143*mV
C1[0, 0] = -1.3838*mV
C2 = Connection(G2[0:1], G2[1:3], 'Vb')
C2[0, 0] = -2.1347*mV
M_Va = StateMonitor(G2, 'Va', record=[0], timestep=5)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(40*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
