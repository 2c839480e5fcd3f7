from neurolab import *

tau_a = 3.302*ms
tau_b = 6.03*ms
Vt = 10.105*mV
Vr = -0.77*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(4, 0.5*ms), (0, 4.5*ms), (3, 4.6*ms), (1, 1.5*ms)]
G1 = SpikeGeneratorGroup(5, spiketimes, period=5.0*ms)
G2 = NeuronGroup(1, model=eqs, threshold=Vt, reset=Vr)
C1 = Connection(G1, G2, 'Vb')
C1[3, 0] = 6.0961*mV
C2 = Connection(G1, G2, 'Va')
C2.connect(G1, G2, array([[3.0464], [4.1641], [2.724], [5.8815], [-1.3108]])*mV)
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(10*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S, 'S_in': S_in}
