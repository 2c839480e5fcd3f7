from neurolab import *

defaultclock.dt = 0.2*ms
Vc = 4.606*mV
a = 0.035
tau = 13.952*ms
u0 = -0.017*mV
Vt = 10.685*mV
Vr = 1.222*mV
eqs = Equations('''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      ''')
spiketimes = [(2, 1.0*ms), (0, 4.4*ms), (1, 34.8*ms), (1, 35.2*ms), (0, 29.6*ms), (0, 2.4*ms), (1, 4.6*ms), (1, 2.8*ms), (1, 24.6*ms), (1, 15.2*ms), (2, 9.0*ms)]
G1 = SpikeGeneratorGroup(3, spiketimes)
G2 = NeuronGroup(3, model=eqs, threshold=Vt, reset=Vr, refractory=3*ms, order=2)
C1 = Connection(G1, G2, 'V')
C1.connect_full(G1, G2, weight=3.3309*mV)
M_V = StateMonitor(G2, 'V', record=True)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(40*ms)
outputs = {'M_V': M_V, 'S': S, 'S_in': S_in}
