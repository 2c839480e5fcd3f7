from neurolab import *

defaultclock.dt = 0.05*ms
k = 0.681
tau_a = 1.456*ms
tau_b = 9.284*ms
Vt = 11.892*mV
Vr = -0.784*mV
eqs = '''
      dVa/dt = (Vb-Va)/tau_a : volt
      dVb/dt = -(Vb+k*Va)/tau_b : volt
      '''
spiketimes = [(0, 19.0*ms), (0, 5.5*ms), (4, 16.55*ms), (0, 0.4*ms), (4, 0.75*ms), (2, 7.2*ms)]
G1 = SpikeGeneratorGroup(5, spiketimes)
G2 = NeuronGroup(1, model=eqs)
G2.Va = 1.9157*mV
C1 = Connection(G1, G2, 'Va')
C1[3, 0] = 3.8232*mV
C1[1, 0] = 5.3024*mV
C1[0, 0] = 0.1882*mV
C1[2, 0] = 4.841*mV
C2 = Connection(G1, G2, 'Vb', weight=4.3155*mV)
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
run(20*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb}
