from neurolab import *

defaultclock.dt = 0.2*ms
k = 0.613
tau_a = 3.91*ms
tau_b = 15.439*ms
Vt = 5.298*mV
Vr = -0.855*mV
eqs = Equations('''
      dVa/dt = (Vb-Va)/tau_a : volt
      dVb/dt = -(Vb+k*Va)/tau_b : volt
      ''')
spiketimes = [(1, 14.2*ms), (2, 24.0*ms), (2, 0.8*ms), (1, 38.8*ms), (0, 22.4*ms), (2, 27.8*ms), (2, 36.0*ms), (2, 5.4*ms), (2, 29.0*ms)]
G1 = SpikeGeneratorGroup(3, spiketimes)
G2 = NeuronGroup(1, model=eqs, threshold=Vt, reset=Vr)
C1 = Connection(G1, G2, 'Vb')
C1[0, 0] = 5.8732*mV
C1[1, 0] = 6.7833*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True, timestep=2)
S = SpikeMonitor(G2)
run(40*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
