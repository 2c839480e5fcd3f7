from neurolab import *

drive = 5.295*mV
g = 0.025
tau = 10.549*ms
tau_w = 72.633*ms
Vt = 3.172*mV
Vr = 0.214*mV
eqs = Equations('''
      dV/dt = (-V-w+drive)/tau : volt
      dw/dt = (g*V-w)/tau_w : volt
      ''')
spiketimes = [(3, 27.2*ms)]
G1 = SpikeGeneratorGroup(4, spiketimes)
G2 = NeuronGroup(N=5, model=eqs)
C1 = Connection(G1, G2, 'w', weight=3.3641*mV)
M_V = StateMonitor(G2, 'V', record=True)
M_w = StateMonitor(G2, 'w', record=True)
run(40*ms)
outputs = {'M_V': M_V, 'M_w': M_w}
