from neurolab import *

Vc = 6.02*mV
a = 0.035
tau = 17.571*ms
u0 = 0.166*mV
Vt = 11.307*mV
Vr = 0.942*mV
eqs = Equations('''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      ''')
spiketimes = [(0, 0.9*ms), (0, 3.3*ms), (0, 6.7*ms), (0, 2.5*ms), (0, 3.6*ms), (0, 5.6*ms), (0, 1.2*ms), (0, 2.9*ms), (0, 4.0*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(1, model=eqs, threshold=Vt, reset=Vr, refractory=1*ms, method='RK')
G2.V = -0.3285*mV
C1 = Connection(G1, G2, 'V')
C1.connect(G1, G2, array([[2.1089]])*mV)
M_V = StateMonitor(G2, 'V', record=[0], timestep=5)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(10*ms)
outputs = {'M_V': M_V, 'S': S, 'S_in': S_in}
