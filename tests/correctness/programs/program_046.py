from neurolab import *

defaultclock.dt = 0.2*ms
Vc = 4.997*mV
a = 0.018
tau = 10.956*ms
u0 = -0.193*mV
Vt = 6.901*mV
Vr = -0.978*mV
eqs = '''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      '''
spiketimes = [(0, 1.2*ms)]
G1 = SpikeGeneratorGroup(4, spiketimes)
G2 = NeuronGroup(5, model=eqs, threshold='V>Vt', reset='V=Vr')
C1 = Connection(G1, G2, 'V', weight=3.7118*mV, delay=2.2*ms)
M_V = StateMonitor(G2, 'V', record=True)
S = SpikeMonitor(G2)
run(10*ms)
outputs = {'M_V': M_V, 'S': S}
