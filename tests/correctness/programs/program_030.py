from neurolab import *

tau_a = 3.883*ms
tau_b = 22.423*ms
Vt = 4.88*mV
Vr = -1.545*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(0, 12.7*ms), (0, 8.2*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(N=3, model=eqs, threshold=Vt, reset=Vr, refractory=3*ms)
G2.Va = 2.1847*mV
C1 = Connection(G1, G2, 'Va')
C1[0, 0] = 7.0001*mV
C1[0, 2] = 7.5482*mV
C1[0, 1] = 0.5395*mV
C2 = Connection(G1, G2, 'Vb')
C2.connect(G1, G2, array([[6.2734, 4.4602, 0.0962]])*mV)
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(10*ms)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
