from neurolab import *

defaultclock.dt = 0.05*ms
tau_a = 2.151*ms
tau_b = 12.567*ms
Vt = 8.806*mV
Vr = 1.61*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(0, 5.4*ms), (1, 1.9*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(N=2, model=eqs, threshold=Vt, reset=Vr)
G2.Vb = -0.6816*mV
C1 = Connection(G1, G2, 'Va')
C1[1, 1] = -2.2536*mV
C1[1, 0] = 7.2691*mV
C2 = Connection(G1, G2, 'Vb', weight=4.3975*mV)
C3 = Connection(G2, G2, 'Vb')
C3[0, 1] = 0.2205*mV
M_Va = StateMonitor(G2, 'Va', record=True, timestep=5)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(20*ms)
run(20*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
