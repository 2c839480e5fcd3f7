from neurolab import *

taue = 4.266*ms
taui = 5.706*ms
taum = 8.725*ms
Vt = 4.107*mV
Vr = 0.219*mV
eqs = '''
      dV/dt  = (-V+ge-gi)/taum : volt
      dge/dt = -ge/taue        : volt
      dgi/dt = -gi/taui        : volt
      '''
spiketimes = [(0, 5.8*ms), (0, 9.7*ms), (1, 8.0*ms), (0, 2.7*ms), (0, 6.2*ms), (0, 2.8*ms), (0, 0.7*ms), (0, 7.9*ms), (1, 1.4*ms), (1, 7.8*ms), (1, 1.6*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(N=2, model=eqs, threshold='V>Vt', reset='V=Vr')
C1 = Connection(G1, G2, 'gi')
C1.connect_one_to_one(G1, G2, weight=4.1905*mV)
C2 = Connection(G1, G2, 'V')
C2[1, 0] = 3.8972*mV
C3 = Connection(G1, G2, 'ge', delay=0.4*ms)
C3.connect(G1, G2, array([[4.8332, 1.476], [0.3189, -2.6762]])*mV)
M_V = StateMonitor(G2, 'V', record=[0])
M_ge = StateMonitor(G2, 'ge', record=True)
M_gi = StateMonitor(G2, 'gi', record=True)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(10*ms)
outputs = {'M_V': M_V, 'M_ge': M_ge, 'M_gi': M_gi, 'S': S, 'S_in': S_in}
