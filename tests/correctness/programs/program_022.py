from neurolab import *

defaultclock.dt = 0.2*ms
tau_a = 2.378*ms
tau_b = 6.626*ms
Vt = 7.747*mV
Vr = -1.664*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(1, 38.4*ms)]
G1 = SpikeGeneratorGroup(3, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold='Va>Vt', reset='Va=Vr')
G2.Va = 0.6281*mV
C1 = Connection(G1, G2, 'Va')
C1[0, 0] = 4.0929*mV
C1[2, 0] = 3.7869*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(20*ms)
run(20*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
