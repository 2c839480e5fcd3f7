from neurolab import *

Vc = 5.985*mV
a = 0.03
tau = 11.302*ms
u0 = -0.429*mV
Vt = 3.015*mV
Vr = -1.807*mV
eqs = Equations('''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      ''')
spiketimes = [(0, 33.2*ms), (1, 12.7*ms), (1, 21.9*ms), (0, 27.9*ms), (0, 18.3*ms), (0, 17.7*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(2, model=eqs, threshold=Vt, reset=Vr, refractory=3*ms)
G2.V = array([0.0207, -0.2049])*mV
C1 = Connection(G1, G2, 'V')
C1.connect_one_to_one(G1, G2, weight=2.9536*mV)
M_V = StateMonitor(G2, 'V', record=True, timestep=5)
S = SpikeMonitor(G2)
run(40*ms)
outputs = {'M_V': M_V, 'S': S}
