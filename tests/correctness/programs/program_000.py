from neurolab import *

El = 2.208*mV
tau = 7.057*ms
Vt = 8.066*mV
Vr = -1.483*mV
eqs = Equations('''
      dV/dt = -(V-El)/tau : volt
      ''')
spiketimes = [(0, 1.0*ms), (0, 2.4*ms), (0, 1.2*ms), (0, 7.4*ms), (0, 7.8*ms), (0, 7.5*ms), (0, 8.8*ms), (0, 5.7*ms), (0, 3.7*ms), (0, 2.0*ms), (0, 3.5*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(N=5, model=eqs)
G2.V = 1.2684*mV
C1 = Connection(G1, G2, 'V')
C1.connect(G1, G2, array([[5.7145, 6.4106, 2.0317, 6.0326, 1.1418]])*mV)
M_V = StateMonitor(G2, 'V', record=[0])
run(10*ms)
outputs = {'M_V': M_V}
