from neurolab import *

defaultclock.dt = 0.05*ms
taue = 1.468*ms
taui = 8.568*ms
taum = 10.013*ms
Vt = 11.385*mV
Vr = 0.528*mV
eqs = '''
      dV/dt  = (-V+ge-gi)/taum : volt
      dge/dt = -ge/taue        : volt
      dgi/dt = -gi/taui        : volt
      '''
spiketimes = [(1, 9.05*ms), (0, 1.5*ms), (1, 6.15*ms), (1, 19.75*ms), (1, 12.75*ms), (0, 9.45*ms), (1, 7.55*ms), (1, 19.7*ms), (1, 16.15*ms), (1, 10.7*ms), (1, 14.9*ms), (0, 6.25*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold='V>Vt', reset='V=Vr')
G2.ge = 1.3087*mV
G2.gi = -0.7507*mV
G2.V = 2.9717*mV
C1 = Connection(G1, G2, 'ge', weight=2.0113*mV)
M_V = StateMonitor(G2, 'V', record=True)
M_ge = StateMonitor(G2, 'ge', record=True)
M_gi = StateMonitor(G2, 'gi', record=[0])
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(20*ms)
outputs = {'M_V': M_V, 'M_ge': M_ge, 'M_gi': M_gi, 'S': S, 'S_in': S_in}
