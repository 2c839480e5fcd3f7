from neurolab import *

Vc = 7.856*mV
a = 0.038
tau = 10.005*ms
u0 = -0.305*mV
Vt = 10.078*mV
Vr = -0.297*mV
eqs = Equations('''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      ''')
spiketimes = [(1, 15.0*ms), (0, 11.1*ms), (1, 3.6*ms), (1, 0.8*ms), (0, 18.4*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(N=2, model=eqs, threshold='V>Vt', reset='V=Vr')
C1 = Connection(G1, G2, 'V', delay=1.0*ms)
C1[1, 1] = 4.3677*mV
C1[0, 0] = 2.4562*mV
C1[0, 1] = 4.141*mV
C1[1, 0] = -2.4349*mV
C2 = Connection(G2, G2, 'V')
C2[0, 1] = -1.4915*mV
M_V = StateMonitor(G2, 'V', record=True)
S = SpikeMonitor(G2)
S_in = SpikeMonitor(G1)
run(20*ms)
outputs = {'M_V': M_V, 'S': S, 'S_in': S_in}
