from neurolab import *

defaultclock.dt = 0.2*ms
tau_a = 1.276*ms
tau_b = 16.16*ms
Vt = 9.408*mV
Vr = 1.331*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(1, 16.2*ms), (2, 2.8*ms), (2, 11.6*ms)]
G1 = SpikeGeneratorGroup(3, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold=Vt, reset=Vr, refractory=2*ms)
C1 = Connection(G1, G2, 'Va')
C1.connect(G1, G2, array([[5.2935], [-1.9138], [-0.4258]])*mV)
C2 = Connection(G1, G2, 'Vb', delay=2.2*ms)
C2.connect(G1, G2, array([[0.9495], [5.7398], [1.4978]])*mV)
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(20*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
