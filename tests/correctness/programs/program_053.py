from neurolab import *

tau_a = 1.317*ms
tau_b = 16.291*ms
Vt = 7.99*mV
Vr = 1.224*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(3, 6.7*ms), (3, 9.2*ms), (4, 17.9*ms), (3, 11.1*ms), (3, 8.0*ms), (4, 1.1*ms), (1, 18.7*ms), (4, 0.6*ms)]
G1 = SpikeGeneratorGroup(5, spiketimes)
G2 = NeuronGroup(1, model=eqs, threshold='Va>Vt', reset='Va=Vr')
G2.Va = 2.6019*mV
G2.Vb = 1.1838*mV
C1 = Connection(G1, G2, 'Vb', weight=3.1983*mV)
M_Va = StateMonitor(G2, 'Va', record=[0])
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(10*ms)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
