from neurolab import *

tau_a = 0.678*ms
tau_b = 24.531*ms
Vt = 6.184*mV
Vr = -1.158*mV
eqs = Equations('''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      ''')
spiketimes = [(2, 3.7*ms), (1, 0.2*ms), (0, 26.0*ms), (3, 12.6*ms), (3, 0.6*ms), (2, 25.1*ms), (1, 15.0*ms), (2, 8.1*ms), (2, 29.0*ms), (1, 16.2*ms), (1, 27.6*ms)]
G1 = SpikeGeneratorGroup(4, spiketimes)
G2 = NeuronGroup(5, model=eqs, threshold=Vt, reset=Vr)
G2.Vb = array([1.5147, 0.7035, -0.8889, -0.1649, -0.2583])*mV
G2.Va = 2.4107*mV
C1 = Connection(G1, G2, 'Va', weight=0.8837*mV)
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(40*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
