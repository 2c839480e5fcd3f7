from neurolab import *

defaultclock.dt = 0.05*ms
k = 0.613
tau_a = 3.887*ms
tau_b = 24.507*ms
Vt = 3.997*mV
Vr = -0.376*mV
eqs = Equations('''
      dVa/dt = (Vb-Va)/tau_a : volt
      dVb/dt = -(Vb+k*Va)/tau_b : volt
      ''')
spiketimes = [(0, 4.95*ms), (0, 5.95*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(N=1, model=eqs)
G2.Vb = 1.2487*mV
G2.Va = 1.5075*mV
C1 = Connection(G1, G2, 'Vb')
C1.connect_one_to_one(G1, G2, weight=6.7395*mV)
C2 = Connection(G1, G2, 'Va')
C2.connect_one_to_one(G1, G2, weight=5.1783*mV)
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True, timestep=5)
run(20*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb}
