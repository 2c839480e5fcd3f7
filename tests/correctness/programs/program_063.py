from neurolab import *

defaultclock.dt = 0.2*ms
Vc = 5.012*mV
a = 0.035
tau = 18.772*ms
u0 = 0.173*mV
Vt = 5.321*mV
Vr = 0.512*mV
eqs = Equations('''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      ''')
spiketimes = [(0, 1.8*ms), (0, 18.2*ms), (0, 17.4*ms), (0, 5.6*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes, period=20.0*ms)
G2 = NeuronGroup(N=1, model=eqs, threshold=Vt, reset=Vr)
G2.V = 2.9741*mV
C1 = Connection(G1, G2, 'V', delay=2.2*ms)
C1[0, 0] = 5.2183*mV
M_V = StateMonitor(G2, 'V', record=True)
S = SpikeMonitor(G2)
run(40*ms)
outputs = {'M_V': M_V, 'S': S}
