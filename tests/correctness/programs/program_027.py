from neurolab import *

tau_a = 0.674*ms
tau_b = 9.758*ms
Vt = 11.531*mV
Vr = 0.087*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(0, 0.7*ms), (0, 7.5*ms), (1, 2.9*ms), (1, 7.1*ms), (0, 7.0*ms), (0, 2.2*ms), (0, 1.2*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(N=2, model=eqs, threshold=Vt, reset=Vr, refractory=1*ms)
C1 = Connection(G1, G2, 'Va', weight=4.8003*mV, delay=2.2*ms)
C2 = Connection(G1, G2, 'Vb', weight=2.6445*mV)
M_Va = StateMonitor(G2, 'Va', record=[0])
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
