from neurolab import *

defaultclock.dt = 0.2*ms
taue = 4.333*ms
taui = 12.075*ms
taum = 21.019*ms
Vt = 9.132*mV
Vr = -0.726*mV
eqs = Equations('''
      dV/dt  = (-V+ge-gi)/taum : volt
      dge/dt = -ge/taue        : volt
      dgi/dt = -gi/taui        : volt
      ''')
spiketimes = [(0, 15.8*ms), (0, 6.6*ms), (0, 18.4*ms), (2, 8.2*ms), (0, 12.6*ms), (0, 14.0*ms), (2, 19.0*ms), (0, 17.4*ms), (0, 16.4*ms)]
G1 = SpikeGeneratorGroup(3, spiketimes)
G2 = NeuronGroup(1, model=eqs, threshold=Vt, reset=Vr)
G2.ge = 0.9591*mV
G2.V = 2.8427*mV
G2.gi = 0.7391*mV
C1 = Connection(G1, G2, 'ge', delay=0.4*ms)
C1[2, 0] = 5.6865*mV
C1[0, 0] = 2.5659*mV
C1[1, 0] = 2.3336*mV
C2 = Connection(G1, G2, 'V', weight=3.9727*mV)
C3 = Connection(G1, G2, 'gi', delay=2.2*ms)
C3[1, 0] = 5.7813*mV
C3[2, 0] = 6.1824*mV
M_V = StateMonitor(G2, 'V', record=True)
M_ge = StateMonitor(G2, 'ge', record=True)
M_gi = StateMonitor(G2, 'gi', record=True, timestep=5)
S = SpikeMonitor(G2)
run(20*ms)
outputs = {'M_V': M_V, 'M_ge': M_ge, 'M_gi': M_gi, 'S': S}
