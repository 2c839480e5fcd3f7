from neurolab import *

tau_a = 2.729*ms
tau_b = 4.909*ms
Vt = 6.597*mV
Vr = -1.455*mV
eqs = '''
      dVa/dt = -Va/tau_a : volt
      dVb/dt = -Vb/tau_b : volt
      '''
spiketimes = [(3, 37.9*ms)]
G1 = SpikeGeneratorGroup(5, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold=Vt, reset=Vr)
G2.Va = 1.09*mV
G2.Vb = 0.5857*mV
C1 = Connection(G1, G2, 'Va')
C1[2, 0] = -0.8671*mV
C1[4, 0] = 4.1867*mV
M_Va = StateMonitor(G2, 'Va', record=True)
M_Vb = StateMonitor(G2, 'Vb', record=True)
S = SpikeMonitor(G2)
run(40*ms)
outputs = {'M_Va': M_Va, 'M_Vb': M_Vb, 'S': S}
