from neurolab import *

tau_a = 3.54*ms
tau_b = 19.859*ms
Vt = 4.274*mV
Vr = 0.4*mV
eqs = Equations('''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      ''')
spiketimes = [(3, 1.9*ms), (4, 3.9*ms), (4, 4.7*ms), (4, 1.8*ms), (1, 2.9*ms)]
G1 = SpikeGeneratorGroup(5, spiketimes, period=5.0*ms)
G2 = NeuronGroup(N=3, model=eqs, threshold=Vt, reset=Vr, refractory=5*ms)
C1 = Connection(G1, G2, 'Va', delay=1.0*ms)
C1.connect(G1, G2, array([[-2.4683, 3.5809, -2.6606], [-2.3383, 2.7761, 3.8049], [0.1279, 0.4479, 4.3319], [-2.2389, 1.8859, 3.2215], [5.8779, 5.3879, -0.3708]])*mV)
C2 = Connection(G2, G2, 'Va')
C2[0, 1] = 1.8952*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=[0])
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S, 'S_in': S_in}
