from neurolab import *

defaultclock.dt = 0.2*ms
tau_a = 3.172*ms
tau_b = 13.409*ms
Vt = 10.365*mV
Vr = -1.491*mV
eqs = Equations('''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      ''')
spiketimes = [(0, 7.0*ms), (0, 6.2*ms), (0, 6.0*ms), (0, 2.4*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(5, model=eqs, threshold=Vt, reset=Vr, refractory=5*ms)
C1 = Connection(G1, G2, 'Vb')
C1[0, 0] = -2.1998*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(5*ms)
run(5*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
