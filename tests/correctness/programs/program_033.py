from neurolab import *

Vc = 5.792*mV
a = 0.024
tau = 10.498*ms
u0 = -0.457*mV
Vt = 7.287*mV
Vr = 1.98*mV
eqs = Equations('''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      ''')
spiketimes = [(1, 32.5*ms)]
G1 = SpikeGeneratorGroup(3, spiketimes)
G2 = NeuronGroup(N=5, model=eqs, threshold=Vt, reset=Vr)
C1 = Connection(G1, G2, 'V')
C1[0, 3] = 1.6928*mV
C1[1, 4] = 2.7849*mV
C1[0, 0] = -1.4995*mV
C1[2, 4] = 6.1325*mV
C1[2, 3] = -2.7274*mV
C1[0, 1] = 3.0656*mV
C1[0, 2] = 5.0921*mV
C1[2, 0] = 7.157*mV
C1[1, 3] = 2.2083*mV
C1[2, 2] = -2.8736*mV
C2 = Connection(G2, G2, 'V')
C2[0, 1] = -2.8717*mV
M_V = StateMonitor(G2, 'V', record=[0])
S = SpikeMonitor(G2)
run(40*ms)
outputs = {'M_V': M_V, 'S': S}
