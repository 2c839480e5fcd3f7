from neurolab import *

defaultclock.dt = 0.05*ms
taue = 4.422*ms
taui = 11.274*ms
taum = 29.345*ms
Vt = 3.223*mV
Vr = 0.506*mV
eqs = Equations('''
      dV/dt  = (-V+ge-gi)/taum : volt
      dge/dt = -ge/taue        : volt
      dgi/dt = -gi/taui        : volt
      ''')
spiketimes = [(0, 5.65*ms), (1, 2.7*ms), (1, 5.65*ms), (1, 16.65*ms), (1, 15.9*ms), (1, 4.05*ms), (1, 14.4*ms), (0, 7.2*ms), (1, 1.55*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(2, model=eqs)
C1 = Connection(G1, G2, 'ge')
C1[0, 0] = -2.8657*mV
M_V = StateMonitor(G2, 'V', record=True, timestep=5)
M_ge = StateMonitor(G2, 'ge', record=True)
M_gi = StateMonitor(G2, 'gi', record=True)
run(20*ms)
outputs = {'M_V': M_V, 'M_ge': M_ge, 'M_gi': M_gi}
