from neurolab import *

defaultclock.dt = 0.05*ms
Vc = 6.9*mV
a = 0.045
tau = 15.675*ms
u0 = -0.488*mV
Vt = 4.431*mV
Vr = -0.96*mV
eqs = Equations('''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      ''')
spiketimes = [(4, 14.2*ms), (2, 7.25*ms), (4, 7.15*ms), (4, 6.9*ms)]
G1 = SpikeGeneratorGroup(5, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold=Vt, reset=Vr)
G2.V = 1.8894*mV
C1 = Connection(G1, G2, 'V')
C1.connect(G1, G2, array([[3.1106], [3.1504], [5.6674], [6.1926], [6.4479]])*mV)
M_V = StateMonitor(G2, 'V', record=[0])
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(10*ms)
run(10*ms)
outputs = {'M_V': M_V, 'S': S, 'S_in': S_in}
