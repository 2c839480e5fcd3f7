from neurolab import *

defaultclock.dt = 0.05*ms
tau_a = 2.911*ms
tau_b = 5.64*ms
Vt = 8.411*mV
Vr = 1.874*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(0, 34.0*ms), (0, 11.7*ms), (0, 22.55*ms), (0, 5.35*ms), (0, 21.65*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(3, model=eqs, threshold='Va>Vt', reset='Va=Vr')
C1 = Connection(G1, G2, 'Vb', delay=2.2*ms)
C1[0, 0] = -1.8216*mV
C2 = Connection(G2, G2, 'Va')
C2[0, 1] = 1.5324*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(40*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S, 'S_in': S_in}
