from neurolab import *

Vc = 4.255*mV
a = 0.011
tau = 16.1*ms
u0 = -0.134*mV
Vt = 9.463*mV
Vr = 0.959*mV
eqs = '''
      dV/dt = (a*V*(V-Vc)/mV - u0)/tau : volt
      '''
spiketimes = [(1, 11.6*ms), (0, 0.2*ms)]
G1 = SpikeGeneratorGroup(2, spiketimes)
G2 = NeuronGroup(N=1, model=eqs)
G2.V = 0.8446*mV
C1 = Connection(G1, G2, 'V')
C1.connect(G1, G2, array([[5.8262], [-2.5324]])*mV)
M_V = StateMonitor(G2, 'V', record=[0])
run(20*ms)
run(20*ms)
outputs = {'M_V': M_V}
