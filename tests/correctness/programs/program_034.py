from neurolab import *

El = 1.888*mV
tau = 12.769*ms
Vt = 10.836*mV
Vr = 1.117*mV
eqs = '''
      dV/dt = -(V-El)/tau : volt
      '''
spiketimes = [(0, 4.6*ms), (0, 6.8*ms)]
G1 = SpikeGeneratorGroup(1, spiketimes)
G2 = NeuronGroup(N=1, model=eqs, threshold=Vt, reset=Vr)
G2.V = -0.7445*mV
C1 = Connection(G1, G2, 'V')
C1[0, 0] = 1.587*mV
M_V = StateMonitor(G2, 'V', record=True)
S = SpikeMonitor(G2)
run(10*ms)
outputs = {'M_V': M_V, 'S': S}
