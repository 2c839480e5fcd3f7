from neurolab import *

tau_a = 1.734*ms
tau_b = 21.343*ms
Vt = 8.835*mV
Vr = 1.572*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(0, 8.3*ms), (4, 12.6*ms), (3, 12.2*ms), (1, 9.3*ms), (0, 14.2*ms)]
G1 = SpikeGeneratorGroup(5, spiketimes)
G2 = NeuronGroup(N=3, model=eqs)
C1 = Connection(G1, G2, 'Va')
C1[0, 0] = 0.5633*mV
C1[2, 1] = 5.6627*mV
C1[2, 2] = 0.5124*mV
C1[0, 2] = 4.5204*mV
C1[0, 1] = 7.8501*mV
C1[1, 2] = 3.453*mV
C1[3, 0] = 6.6397*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
run(20*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb}
