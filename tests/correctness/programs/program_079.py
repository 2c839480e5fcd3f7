from neurolab import *

defaultclock.dt = 0.05*ms
tau_a = 3.364*ms
tau_b = 21.11*ms
Vt = 8.722*mV
Vr = -1.538*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(1, 23.15*ms), (0, 35.9*ms), (4, 37.65*ms), (3, 34.25*ms), (0, 17.95*ms), (2, 39.3*ms), (0, 30.05*ms), (3, 33.65*ms)]
G1 = SpikeGeneratorGroup(5, spiketimes)
G2 = NeuronGroup(N=2, model=eqs, threshold=Vt, reset=Vr)
G2.Vb = array([1.87, 1.7966])*mV
C1 = Connection(G1, G2, 'Vb')
C1[2, 1] = 2.0861*mV
C2 = Connection(G1, G2, 'Va', weight=4.6501*mV)
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(40*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S, 'S_in': S_in}
