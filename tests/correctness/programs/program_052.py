from neurolab import *

tau_a = 3.063*ms
tau_b = 19.642*ms
Vt = 8.956*mV
Vr = 1.481*mV
eqs = Equations('''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      ''')
spiketimes = [(1, 0.3*ms), (1, 6.3*ms), (2, 1.7*ms), (3, 13.1*ms), (0, 0.1*ms), (0, 5.5*ms)]
G1 = SpikeGeneratorGroup(4, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold='Va>Vt', reset='Va=Vr')
C1 = Connection(G1, G2, 'Va')
C1.connect(G1, G2, array([[2.4882], [6.6462], [3.7674], [3.4527]])*mV)
C2 = Connection(G1, G2, 'Vb')
C2.connect(G1, G2, array([[2.7525], [-2.1748], [-2.5659], [3.5674]])*mV)
M_Va = StateMonitor(G2, 'Va', record=[0])
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(20*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
