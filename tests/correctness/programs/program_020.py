from neurolab import *

k = 0.316
tau_a = 2.239*ms
tau_b = 12.618*ms
Vt = 3.496*mV
Vr = -0.782*mV
eqs = Equations('''
      dVa/dt = (Vb-Va)/tau_a : volt
      dVb/dt = -(Vb+k*Va)/tau_b : volt
      ''')
spiketimes = [(1, 7.8*ms), (2, 28.5*ms), (2, 30.1*ms), (0, 1.4*ms), (0, 11.0*ms), (2, 33.5*ms)]
G1 = SpikeGeneratorGroup(3, spiketimes)
G2 = NeuronGroup(1, model=eqs)
C1 = Connection(G1, G2, 'Va', weight=2.5403*mV)
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
run(20*ms)
run(20*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb}
