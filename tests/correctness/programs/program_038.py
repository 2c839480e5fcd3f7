from neurolab import *

taue = 2.875*ms
taui = 12.233*ms
taum = 29.428*ms
Vt = 7.151*mV
Vr = 1.166*mV
eqs = Equations('''
      dV/dt  = (-V+ge-gi)/taum : volt
      dge/dt = -ge/taue        : volt
      dgi/dt = -gi/taui        : volt
      ''')
spiketimes = [(1, 8.3*ms), (0, 6.0*ms), (1, 9.5*ms), (1, 10.8*ms), (1, 1.4*ms), (1, 8.0*ms), (1, 1.2*ms), (1, 11.4*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(N=2, model=eqs, threshold='V>Vt', reset='V=Vr')
C1 = Connection(G1, G2, 'V')
C1[0, 1] = 1.1573*mV
C1[1, 1] = -0.8887*mV
C1[0, 0] = 2.3881*mV
C1[1, 0] = 6.4995*mV
C2 = Connection(G1, G2, 'gi', delay=0.4*ms)
C2.connect_one_to_one(G1, G2, weight=7.7579*mV)
C3 = Connection(G1, G2, 'ge')
C3[1, 1] = 1.9958*mV
M_V = StateMonitor(G2, 'V', record=True)
M_ge = StateMonitor(G2, 'ge', record=True)
M_gi = StateMonitor(G2, 'gi', record=True)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(20*ms)
outputs = {'M_V': M_V, 'M_ge': M_ge, 'M_gi': M_gi, 'S': S, 'S_in': S_in}
