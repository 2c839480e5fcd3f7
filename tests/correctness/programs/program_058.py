from neurolab import *

taue = 2.667*ms
taui = 13.03*ms
taum = 14.39*ms
Vt = 4.572*mV
Vr = 1.381*mV
eqs = '''
      dV/dt  = (-V+ge-gi)/taum : volt
      dge/dt = -ge/taue        : volt
      dgi/dt = -gi/taui        : volt
      '''
spiketimes = [(1, 4.0*ms), (0, 2.9*ms), (2, 8.7*ms), (0, 3.9*ms), (0, 3.4*ms), (2, 7.1*ms), (4, 8.8*ms)]
G1 = SpikeGeneratorGroup(5, spiketimes)
G2 = NeuronGroup(2, model=eqs, threshold='V>Vt', reset='V=Vr')
C1 = Connection(G1, G2, 'ge', weight=3.2506*mV, delay=2.2*ms)
C2 = Connection(G1, G2, 'V')
C2.connect_full(G1, G2, weight=lambda i, j: (1+cos(i-j))*1.9538*mV)
C3 = Connection(G2, G2, 'V')
C3[0, 1] = 1.8844*mV
M_V = StateMonitor(G2, 'V', record=True)
M_ge = StateMonitor(G2, 'ge', record=[0])
M_gi = StateMonitor(G2, 'gi', record=True)
S = SpikeMonitor(G2)
run(5*ms)
run(5*ms)
outputs = {'M_V': M_V, 'M_ge': M_ge, 'M_gi': M_gi, 'S': S}
