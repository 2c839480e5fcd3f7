from neurolab import *

k = -0.219
tau_a = 2.664*ms
tau_b = 15.926*ms
Vt = 4.076*mV
Vr = -0.425*mV
eqs = Equations('''
      dVa/dt = (Vb-Va)/tau_a : volt
      dVb/dt = -(Vb+k*Va)/tau_b : volt
      ''')
spiketimes = [(2, 3.5*ms), (0, 3.6*ms), (2, 4.0*ms), (2, 31.1*ms), (0, 14.7*ms), (0, 35.2*ms), (1, 13.8*ms), (2, 6.8*ms), (1, 11.4*ms), (0, 19.5*ms), (2, 4.5*ms)]
G1 = SpikeGeneratorGroup(3, spiketimes)
G2 = NeuronGroup(1, model=eqs, threshold=Vt, reset=Vr)
G2.Vb = -0.3822*mV
G2.Va = 2.2611*mV
C1 = Connection(G1, G2, 'Vb')
C1[2, 0] = 2.5127*mV
C1[0, 0] = -1.8878*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(20*ms)
run(20*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S, 'S_in': S_in}
